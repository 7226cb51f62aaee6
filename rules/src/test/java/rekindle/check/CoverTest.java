package rekindle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What of a box lies in none of others, held against trying every point; and the bound on work. */
final class CoverTest {
  private static final long SEED = 4;
  private static final int SPACES = 300;

  /** A dimension that is nothing but its size. */
  private record Plain(int size) implements Dimension {
    @Override
    public String label() {
      return "plain";
    }

    @Override
    public BitSet matching(CellTest test) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String words(int piece) {
      return String.valueOf(piece);
    }
  }

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void boxes_everyPointTried_agree() {
    for (int n = 0; n < SPACES; n++) {
      // Some dimensions need more than one word of bits.
      var space = space(1 + random.nextInt(3), random.nextInt(4) == 0 ? 70 : 4);
      Box target = box(space, 2);
      var boxes = new ArrayList<Box>();
      int count = random.nextInt(8);
      for (int i = 0; i < count; i++) {
        boxes.add(box(space, 3));
      }
      var cover = new Cover(space);
      Cover.Answer all = cover.outside(target, boxes, Integer.MAX_VALUE);
      Cover.Answer any = cover.anyOutside(target, boxes);
      int open = 0;
      for (Box point : points(space)) {
        boolean outside =
            target.contains(point) && boxes.stream().noneMatch(box -> box.contains(point));
        long parts = all.parts().stream().filter(part -> part.contains(point)).count();
        assertThat(parts).as("space %d of seed %d", n, SEED).isEqualTo(outside ? 1 : 0);
        open += outside ? 1 : 0;
      }
      assertThat(any.isCovered()).isEqualTo(open == 0);
      if (any.isCovered()) {
        var used = any.used().stream().mapToObj(boxes::get).toList();
        assertThat(cover.anyOutside(target, used).isCovered()).isTrue();
      } else {
        assertThat(all.parts().stream().anyMatch(p -> p.contains(point(space, any.parts().get(0)))))
            .isTrue();
      }
    }
  }

  /**
   * Boxes that each fix three of many yes-or-no dimensions, as many as make the question hardest.
   */
  @Test
  void boxes_thatNeedTooMuchWork_areLeftOpen() {
    int dimensions = 250;
    var space = space(dimensions, 2);
    var boxes = new ArrayList<Box>();
    for (int i = 0; i < dimensions * 43 / 10; i++) {
      var pieces = new ArrayList<BitSet>();
      for (int d = 0; d < dimensions; d++) {
        pieces.add(space.dimension(d).all());
      }
      for (int fixed = 0; fixed < 3; fixed++) {
        var one = new BitSet();
        one.set(random.nextInt(2));
        pieces.set(random.nextInt(dimensions), one);
      }
      boxes.add(space.box(pieces));
    }
    var cover = new Cover(space);
    assertThat(cover.anyOutside(space.everything(), boxes).outcome())
        .isEqualTo(Cover.Outcome.UNKNOWN);
    assertThat(cover.unanswered()).isEqualTo(1);
  }

  private Space space(int dimensions, int size) {
    var all = new ArrayList<Dimension>();
    for (int d = 0; d < dimensions; d++) {
      all.add(new Plain(d == 0 ? size : Math.min(size, 4)));
    }
    return new Space(all);
  }

  /** A random box that has some of each dimension, all of it in one case of so many. */
  private Box box(Space space, int allOf) {
    var pieces = new ArrayList<BitSet>();
    for (int d = 0; d < space.dimensions(); d++) {
      var some = new BitSet();
      for (int piece = 0; piece < space.dimension(d).size(); piece++) {
        some.set(piece, random.nextBoolean());
      }
      some.set(random.nextInt(space.dimension(d).size()));
      pieces.add(random.nextInt(allOf) == 0 ? space.dimension(d).all() : some);
    }
    return space.box(pieces);
  }

  private static List<Box> points(Space space) {
    var points = new ArrayList<Box>();
    var pieces = new int[space.dimensions()];
    while (true) {
      points.add(point(space, pieces));
      int d = 0;
      while (d < pieces.length && ++pieces[d] == space.dimension(d).size()) {
        pieces[d++] = 0;
      }
      if (d == pieces.length) {
        return points;
      }
    }
  }

  private static Box point(Space space, Box within) {
    var pieces = new int[space.dimensions()];
    for (int d = 0; d < pieces.length; d++) {
      pieces[d] = space.first(within, d);
    }
    return point(space, pieces);
  }

  private static Box point(Space space, int[] pieces) {
    var bits = new ArrayList<BitSet>();
    for (int piece : pieces) {
      var one = new BitSet();
      one.set(piece);
      bits.add(one);
    }
    return space.box(bits);
  }
}

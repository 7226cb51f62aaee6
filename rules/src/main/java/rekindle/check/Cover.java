package rekindle.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds what of a box lies in none of some other boxes, by splitting it along the bounds of those.
 * Calvanese et al. (2016, 2018) find missing and overlapping rules of decision tables by sweeping
 * over one attribute after another; splitting by the box that takes away most, as solvers of
 * logical formulas do, stays quick where rows leave most attributes open. Whether boxes cover
 * another is hard in general, so the work is bounded and the answer may be that it is not known.
 * Confined to one thread.
 */
final class Cover {
  /** Comparisons of two boxes for one question, and for all questions of a table. */
  private static final int QUESTION_MAX = 100_000;

  private static final int TABLE_MAX = 3_000_000;

  private final Space space;
  private int left = TABLE_MAX;
  private int questionLeft;
  private int unanswered;

  // The question at hand.
  private List<Box> boxes = List.of();
  private BitSet used = new BitSet();
  private List<Box> found = new ArrayList<>();
  private int foundMax;

  /** What came of a question. */
  enum Outcome {
    COVERED,
    UNCOVERED,
    UNKNOWN
  }

  /**
   * The answer to a question.
   *
   * @param parts what is not covered, as boxes that share nothing; of a search for one part, one
   * @param used which of the boxes sufficed to cover the rest
   */
  record Answer(Outcome outcome, List<Box> parts, BitSet used) {
    boolean isCovered() {
      return outcome == Outcome.COVERED;
    }

    /** Whether some point certainly lies in none of the boxes. */
    boolean isUncovered() {
      return outcome == Outcome.UNCOVERED;
    }
  }

  Cover(Space space) {
    this.space = space;
  }

  /** How many questions remained open because the work would have been too much. */
  int unanswered() {
    return unanswered;
  }

  /** Some part of the box that lies in none of the others, if there is one. */
  Answer anyOutside(Box box, List<Box> others) {
    return outside(box, others, 1);
  }

  /** All that lies in none of the others, or as many parts of it as asked for. */
  Answer outside(Box box, List<Box> others, int partsMax) {
    boxes = others;
    used = new BitSet(others.size());
    found = new ArrayList<>();
    foundMax = partsMax;
    questionLeft = Math.min(QUESTION_MAX, left);
    int before = questionLeft;
    int[] all = new int[others.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    boolean known = space.isEmpty(box) || split(box.words().clone(), all, all.length);
    left -= before - questionLeft;
    if (!known && found.isEmpty()) {
      unanswered++;
      return new Answer(Outcome.UNKNOWN, List.of(), used);
    }
    return new Answer(
        found.isEmpty() ? Outcome.COVERED : Outcome.UNCOVERED, List.copyOf(found), used);
  }

  /** Goes through one part; false if the work was too much. Ends early when enough was found. */
  private boolean split(long[] part, int[] live, int count) {
    var node = new CoverNode(space);
    while (found.size() < foundMax) {
      int kept = reduce(node, part, live, count);
      if (kept == COVERED) {
        return true;
      }
      if (kept == TOO_MUCH) {
        return false;
      }
      if (kept == 0) {
        found.add(new Box(part));
        return true;
      }
      count = kept;
      node.choose(part, boxes, live, count);
      long[] box = boxes.get(node.box()).words();
      long[] outside = node.cut(part, box, false);
      long[] inside = node.cut(part, box, true);
      if (foundMax == 1 && node.isSurelyOpen()) {
        // The boxes are too small to cover the part: follow the half that they fill less.
        part =
            node.fill(outside, boxes, live, count) <= node.fill(inside, boxes, live, count)
                ? outside
                : inside;
        continue;
      }
      if (!split(outside, live.clone(), count)) {
        return false;
      }
      part = inside;
    }
    return true;
  }

  private static final int COVERED = -1;
  private static final int TOO_MUCH = -2;

  /**
   * Drops boxes that the part does not meet, and cuts off what a box covers by one dimension alone,
   * until nothing changes. Answers how many boxes are left, in front of {@code live}.
   */
  private int reduce(CoverNode node, long[] part, int[] live, int count) {
    int kept = count;
    boolean again = true;
    while (again) {
      again = false;
      int next = 0;
      questionLeft -= kept;
      if (questionLeft < 0) {
        return TOO_MUCH;
      }
      for (int i = 0; i < kept; i++) {
        long[] box = boxes.get(live[i]).words();
        int cuts = node.cuts(part, box);
        if (cuts == 0) {
          used.set(live[i]);
          return COVERED;
        }
        if (cuts == 1) {
          node.cutOff(part, box);
          used.set(live[i]);
          again = true;
        } else if (cuts > 1) {
          live[next++] = live[i];
        }
      }
      kept = next;
    }
    return kept;
  }
}

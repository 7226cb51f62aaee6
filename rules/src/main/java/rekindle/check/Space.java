package rekindle.check;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that may be known of a case, as far as the rows of one table tell cases apart: the product of
 * its dimensions. Regions are boxes: a set of pieces for each dimension. Immutable.
 */
final class Space {
  private final List<Dimension> dimensions;

  /** Where the words of each dimension begin in a box; one more for the end. */
  private final int[] starts;

  Space(List<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
    this.starts = new int[dimensions.size() + 1];
    for (int d = 0; d < dimensions.size(); d++) {
      starts[d + 1] = starts[d] + (dimensions.get(d).size() + Long.SIZE - 1) / Long.SIZE;
    }
  }

  int dimensions() {
    return dimensions.size();
  }

  Dimension dimension(int d) {
    return dimensions.get(d);
  }

  /** Index of the first word of a dimension in a box. */
  int start(int d) {
    return starts[d];
  }

  /** The box of everything. */
  Box everything() {
    return box(dimensions.stream().map(Dimension::all).toList());
  }

  /** The box of the given pieces, one set for each dimension. */
  Box box(List<BitSet> pieces) {
    var words = new long[starts[dimensions.size()]];
    for (int d = 0; d < dimensions.size(); d++) {
      long[] bits = pieces.get(d).toLongArray();
      System.arraycopy(bits, 0, words, starts[d], bits.length);
    }
    return new Box(words);
  }

  /** A dimension of which the box has no piece; -1 if it has some of each. */
  int emptyDimension(Box box) {
    for (int d = 0; d < dimensions.size(); d++) {
      if (count(box.words(), d) == 0) {
        return d;
      }
    }
    return -1;
  }

  boolean isEmpty(Box box) {
    return emptyDimension(box) >= 0;
  }

  /** What both boxes share; null if nothing. */
  @Nullable Box intersection(Box one, Box other) {
    if (!intersects(one, other)) {
      return null;
    }
    long[] words = one.words().clone();
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words()[i];
    }
    return new Box(words);
  }

  boolean intersects(Box one, Box other) {
    for (int d = 0; d < dimensions.size(); d++) {
      long shared = 0;
      for (int i = starts[d]; i < starts[d + 1]; i++) {
        shared |= one.words()[i] & other.words()[i];
      }
      if (shared == 0) {
        return false;
      }
    }
    return true;
  }

  /** The part of one box that lies outside another in one dimension. */
  Box outside(Box box, Box other, int d) {
    long[] words = box.words().clone();
    for (int i = starts[d]; i < starts[d + 1]; i++) {
      words[i] &= ~other.words()[i];
    }
    return new Box(words);
  }

  /** Whether both boxes have the same pieces of every dimension but one. */
  boolean sameBut(Box one, Box other, int except) {
    for (int d = 0; d < dimensions.size(); d++) {
      for (int i = starts[d]; d != except && i < starts[d + 1]; i++) {
        if (one.words()[i] != other.words()[i]) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many pieces of a dimension a box has. */
  int count(long[] words, int d) {
    int count = 0;
    for (int i = starts[d]; i < starts[d + 1]; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  /** Whether a box has a piece. */
  boolean has(Box box, int d, int piece) {
    return (box.words()[starts[d] + piece / Long.SIZE] & (1L << piece)) != 0;
  }

  /** The first piece of a dimension that a box has; -1 for none. */
  int first(Box box, int d) {
    for (int piece = 0; piece < dimensions.get(d).size(); piece++) {
      if (has(box, d, piece)) {
        return piece;
      }
    }
    return -1;
  }
}

package rekindle.check;

import java.util.List;

/** How boxes lie to one part while {@link Cover} splits it. Confined to one thread. */
final class CoverNode {
  /** Rounding must not make boxes look too small. */
  private static final double SURELY = 0.999_999;

  private final Space space;
  private int lastCut;
  private int box;
  private int dimension;
  private boolean surelyOpen;

  CoverNode(Space space) {
    this.space = space;
  }

  /** In how many dimensions the box leaves out pieces of the part; -1 if they share nothing. */
  int cuts(long[] part, long[] other) {
    int cuts = 0;
    for (int d = 0; d < space.dimensions(); d++) {
      long shared = 0;
      long left = 0;
      for (int i = space.start(d); i < space.start(d + 1); i++) {
        shared |= part[i] & other[i];
        left |= part[i] & ~other[i];
      }
      if (shared == 0) {
        return -1;
      }
      if (left != 0) {
        cuts++;
        lastCut = d;
      }
    }
    return cuts;
  }

  /** Takes from the part what the box covers by the one dimension it cuts; some always is left. */
  void cutOff(long[] part, long[] other) {
    for (int i = space.start(lastCut); i < space.start(lastCut + 1); i++) {
      part[i] &= ~other[i];
    }
  }

  /** Chooses the box that covers most of the part, and of its dimensions the one most boxes cut. */
  void choose(long[] part, List<Box> boxes, int[] live, int count) {
    var cutting = new int[space.dimensions()];
    double filled = 0;
    double most = -1;
    for (int i = 0; i < count; i++) {
      double fill = fill(part, boxes.get(live[i]).words());
      filled += fill;
      if (fill > most) {
        most = fill;
        box = live[i];
      }
      for (int d = 0; d < cutting.length; d++) {
        cutting[d] += isCut(part, boxes.get(live[i]).words(), d) ? 1 : 0;
      }
    }
    surelyOpen = filled < SURELY;
    int cuts = -1;
    for (int d = 0; d < cutting.length; d++) {
      if (cutting[d] > cuts && isCut(part, boxes.get(box).words(), d)) {
        cuts = cutting[d];
        dimension = d;
      }
    }
  }

  /** Index of the box that was chosen. */
  int box() {
    return box;
  }

  /** Whether the boxes together are smaller than the part. */
  boolean isSurelyOpen() {
    return surelyOpen;
  }

  /** The half of the part inside or outside the box by the chosen dimension. */
  long[] cut(long[] part, long[] other, boolean inside) {
    long[] half = part.clone();
    for (int i = space.start(dimension); i < space.start(dimension + 1); i++) {
      half[i] &= inside ? other[i] : ~other[i];
    }
    return half;
  }

  /** Which share of the part the boxes fill, counted once for each box. */
  double fill(long[] part, List<Box> boxes, int[] live, int count) {
    double fill = 0;
    for (int i = 0; i < count; i++) {
      fill += fill(part, boxes.get(live[i]).words());
    }
    return fill;
  }

  private double fill(long[] part, long[] other) {
    double fill = 1;
    for (int d = 0; fill > 0 && d < space.dimensions(); d++) {
      int shared = 0;
      int all = 0;
      for (int i = space.start(d); i < space.start(d + 1); i++) {
        shared += Long.bitCount(part[i] & other[i]);
        all += Long.bitCount(part[i]);
      }
      fill *= (double) shared / all;
    }
    return fill;
  }

  private boolean isCut(long[] part, long[] other, int d) {
    for (int i = space.start(d); i < space.start(d + 1); i++) {
      if ((part[i] & ~other[i]) != 0) {
        return true;
      }
    }
    return false;
  }
}

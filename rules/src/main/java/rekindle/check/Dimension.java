package rekindle.check;

import java.util.BitSet;

/**
 * One thing that rows compare, cut into pieces that no row of the table tells apart: single codes,
 * elementary intervals, and the point "unknown". What holds for one value of a piece holds for all.
 */
interface Dimension {
  /** What is compared, in the words of the column label: "Meeting, days ago". */
  String label();

  /** How many pieces there are. */
  int size();

  /** The pieces for which a cell holds, exactly as the engine compares it. */
  BitSet matching(CellTest test);

  /** One value of the piece, as an author would write it. */
  String words(int piece);

  /** All pieces. */
  default BitSet all() {
    var all = new BitSet(size());
    all.set(0, size());
    return all;
  }
}

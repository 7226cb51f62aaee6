package rekindle.check;

import java.util.BitSet;

/**
 * Something of which only is known whether it is so: a condition compared as it stands, a date that
 * must be known. Taken as independent of everything else, so that nothing is claimed that might not
 * be so. Immutable.
 */
record FlagDimension(String label, String yes, String no) implements Dimension {
  @Override
  public int size() {
    return 2;
  }

  @Override
  public BitSet matching(CellTest test) {
    return holding();
  }

  /** The piece in which it is so. */
  BitSet holding() {
    var holding = new BitSet(2);
    holding.set(1);
    return holding;
  }

  @Override
  public String words(int piece) {
    return piece == 1 ? yes : no;
  }
}

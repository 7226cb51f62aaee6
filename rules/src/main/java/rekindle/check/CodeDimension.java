package rekindle.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.CellType;

/** A code: each one that a row names, one piece for all others, and unknown. Immutable. */
final class CodeDimension implements Dimension {
  private final String label;
  private final List<String> named;
  private final @Nullable String another;
  private final boolean unknown;

  private CodeDimension(
      String label, List<String> named, @Nullable String another, boolean unknown) {
    this.label = label;
    this.named = named;
    this.another = another;
    this.unknown = unknown;
  }

  /**
   * The dimension that the tests compare.
   *
   * @param alwaysKnown whether the value is never unknown: a channel
   */
  static CodeDimension of(String label, List<CellTest> tests, boolean alwaysKnown) {
    Set<String> named = new LinkedHashSet<>();
    Set<String> possible = new LinkedHashSet<>();
    boolean open = false;
    for (CellTest test : tests) {
      if (test.cell() instanceof Cell.Codes codes) {
        named.addAll(codes.values());
      }
      if (test.column().type() instanceof CellType.Codes codes && !codes.vocabulary().open()) {
        possible.addAll(codes.vocabulary().codes());
      } else if (test.column().type() instanceof CellType.YesNo) {
        possible.addAll(List.of("yes", "no"));
      } else {
        open = true;
      }
    }
    possible.removeAll(named);
    String rest = possible.stream().findFirst().orElse(open ? "anything else" : null);
    return new CodeDimension(label, List.copyOf(named), rest, !alwaysKnown);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int size() {
    return named.size() + (another == null ? 0 : 1) + (unknown ? 1 : 0);
  }

  @Override
  public BitSet matching(CellTest test) {
    var pieces = new BitSet(size());
    int known = size() - (unknown ? 1 : 0);
    if (test.cell() instanceof Cell.Codes codes) {
      for (int i = 0; i < known; i++) {
        // A piece for all others holds no named code, so any name that is none of them will do.
        pieces.set(i, codes.matches(i < named.size() ? named.get(i) : ""));
      }
      pieces.set(known, size(), codes.orUnknown());
    } else if (test.cell() instanceof Cell.Unknown) {
      pieces.set(known, size());
    } else {
      pieces.set(0, size());
    }
    return pieces;
  }

  @Override
  public String words(int piece) {
    var all = new ArrayList<>(named);
    if (another != null) {
      all.add(another);
    }
    return piece < all.size() ? all.get(piece) : "unknown";
  }
}

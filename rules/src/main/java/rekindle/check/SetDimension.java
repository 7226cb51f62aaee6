package rekindle.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rekindle.table.Cell;

/**
 * A set of codes of which rows ask whether it holds one of theirs, or none. The pieces are those
 * small sets that suffice: what two rows ask for, and one code against each exclusion; any larger
 * set that fits or escapes rows has such a set within it that does the same. Immutable.
 */
final class SetDimension implements Dimension {
  /** As many sets as are told apart; beyond, cells are compared as they stand. */
  static final int PIECES_MAX = 2_048;

  private final String label;
  private final List<Set<String>> pieces;

  private SetDimension(String label, List<Set<String>> pieces) {
    this.label = label;
    this.pieces = pieces;
  }

  /** Whether the tests name few enough codes. */
  static boolean fits(List<CellTest> tests) {
    long count = 2;
    long combinations = 1;
    int codes = named(tests).size();
    for (int size = 1; size <= Math.min(codes, sizeMax(tests)); size++) {
      combinations = combinations * (codes - size + 1) / size;
      count += combinations;
      if (count > PIECES_MAX) {
        return false;
      }
    }
    return true;
  }

  static SetDimension of(String label, List<CellTest> tests) {
    var pieces = new ArrayList<Set<String>>();
    pieces.add(Set.of());
    pieces.add(Set.of("anything else"));
    extend(Set.of(), List.copyOf(named(tests)), 0, sizeMax(tests), pieces);
    return new SetDimension(label, List.copyOf(pieces));
  }

  private static void extend(
      Set<String> set, List<String> codes, int next, int more, List<Set<String>> pieces) {
    for (int i = next; more > 0 && i < codes.size(); i++) {
      var larger = new LinkedHashSet<>(set);
      larger.add(codes.get(i));
      pieces.add(larger);
      extend(larger, codes, i + 1, more - 1, pieces);
    }
  }

  private static Set<String> named(List<CellTest> tests) {
    Set<String> named = new LinkedHashSet<>();
    for (CellTest test : tests) {
      if (test.cell() instanceof Cell.Codes codes) {
        named.addAll(codes.values());
      }
    }
    return named;
  }

  private static int sizeMax(List<CellTest> tests) {
    long exclusions =
        tests.stream()
            .map(CellTest::cell)
            .filter(cell -> cell instanceof Cell.Codes codes && codes.negated())
            .distinct()
            .count();
    return 2 + (int) Math.min(exclusions, 100);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int size() {
    return pieces.size();
  }

  @Override
  public BitSet matching(CellTest test) {
    var matching = new BitSet(size());
    for (int i = 0; i < size(); i++) {
      matching.set(i, holds(test.cell(), pieces.get(i)));
    }
    return matching;
  }

  private static boolean holds(Cell cell, Set<String> set) {
    if (cell instanceof Cell.Codes codes) {
      boolean one = codes.values().stream().anyMatch(set::contains);
      return codes.negated() ? !one : one || (codes.orUnknown() && set.isEmpty());
    }
    return !(cell instanceof Cell.Unknown) || set.isEmpty();
  }

  @Override
  public String words(int piece) {
    return piece == 0 ? "unknown" : String.join(", ", pieces.get(piece));
  }
}

package rekindle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Finding;
import rekindle.table.HitPolicy;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** What the checks find is what trying every case finds, no more and no less. */
final class EnumerationTest {
  private static final long SEED = 20_261_122;
  private static final int TABLES = 400;
  private static final Set<String> NEVER_DECIDES =
      Set.of(CheckCodes.ROW_NEVER_DECIDES, CheckCodes.ROW_DUPLICATED, CheckCodes.ROWS_CONTRADICT);
  private static final List<SmallTables.Case> CASES = SmallTables.cases();

  /** Which cases each row of a table holds for. */
  private static final class Tried {
    final TypedTable table;
    final List<BitSet> held = new ArrayList<>();

    Tried(TypedTable table) {
      this.table = table;
      for (TypedRow row : table.rows()) {
        var cases = new BitSet(CASES.size());
        for (int i = 0; i < CASES.size(); i++) {
          cases.set(i, row.isOtherwise() || SmallTables.holds(row, CASES.get(i)));
        }
        held.add(cases);
      }
    }

    /** The cases in which each answer comes out if the topmost row decides, some left out. */
    Map<Object, BitSet> answers(Set<Integer> without) {
      var answers = new HashMap<Object, BitSet>();
      var open = new BitSet();
      open.set(0, CASES.size());
      for (int row = 0; row < held.size(); row++) {
        if (!without.contains(row)) {
          var decided = (BitSet) held.get(row).clone();
          decided.and(open);
          open.andNot(decided);
          add(answers, row, decided);
        }
      }
      answers.put("none", open);
      return answers;
    }

    /** The same if every row counts. */
    Map<Object, BitSet> allAnswers(Set<Integer> without) {
      var answers = new HashMap<Object, BitSet>();
      for (int row = 0; row < held.size(); row++) {
        if (!without.contains(row)) {
          add(answers, row, held.get(row));
        }
      }
      return answers;
    }

    private void add(Map<Object, BitSet> answers, int row, BitSet cases) {
      if (!cases.isEmpty()) {
        answers
            .computeIfAbsent(table.rows().get(row).cell("answer"), answer -> new BitSet())
            .or(cases);
      }
    }
  }

  @Test
  void firstHitTables_everyCaseTried_agree() {
    var tables = new SmallTables(SEED);
    for (int n = 0; n < TABLES; n++) {
      var tried = new Tried(tables.table(HitPolicy.FIRST));
      List<Finding> found = TableCheck.findings(tried.table, TableMeaning.plain());
      String shown = "table " + n + " of seed " + SEED + ": " + tried.table + "\n" + found;
      assertThat(rows(found, Set.of(CheckCodes.ROW_NEVER_HOLDS))).as(shown).isEqualTo(empty(tried));
      var masked = masked(tried);
      assertThat(rows(found, NEVER_DECIDES)).as(shown).isEqualTo(masked);
      assertThat(rows(found, Set.of(CheckCodes.ROW_REDUNDANT)))
          .as(shown)
          .isEqualTo(spare(tried, masked, rows(found, Set.of(CheckCodes.ROW_DUPLICATED))));
      assertThat(found.stream().anyMatch(f -> f.code().equals(CheckCodes.GAP)))
          .as(shown)
          .isEqualTo(!tried.answers(Set.of()).getOrDefault("none", new BitSet()).isEmpty());
      assertThat(columns(found)).as(shown).isEqualTo(idle(tried, true, found));
      assertThat(codes(found)).as(shown).doesNotContain(CheckCodes.NOT_ANALYSED);
    }
  }

  @Test
  void allHitTables_everyCaseTried_agree() {
    var tables = new SmallTables(SEED + 1);
    for (int n = 0; n < TABLES; n++) {
      var tried = new Tried(tables.table(HitPolicy.ALL));
      List<Finding> found = TableCheck.findings(tried.table, TableMeaning.plain());
      String shown = "table " + n + " of seed " + (SEED + 1) + ": " + tried.table + "\n" + found;
      assertThat(rows(found, Set.of(CheckCodes.ROW_NEVER_HOLDS))).as(shown).isEqualTo(empty(tried));
      assertThat(rows(found, Set.of(CheckCodes.ROW_REDUNDANT, CheckCodes.ROW_DUPLICATED)))
          .as(shown)
          .isEqualTo(repeating(tried));
      assertThat(columns(found)).as(shown).isEqualTo(idle(tried, false, found));
      assertThat(codes(found))
          .as(shown)
          .doesNotContain(CheckCodes.NOT_ANALYSED, CheckCodes.ROWS_CONTRADICT, CheckCodes.GAP);
    }
  }

  private static Set<Integer> empty(Tried tried) {
    var empty = new TreeSet<Integer>();
    for (int row = 0; row < tried.held.size(); row++) {
      if (tried.held.get(row).isEmpty()) {
        empty.add(tried.table.rows().get(row).number());
      }
    }
    return empty;
  }

  private static Set<Integer> masked(Tried tried) {
    var masked = new TreeSet<Integer>();
    var above = new BitSet();
    for (int row = 0; row < tried.held.size(); row++) {
      var left = (BitSet) tried.held.get(row).clone();
      left.andNot(above);
      if (left.isEmpty()
          && !tried.held.get(row).isEmpty()
          && !tried.table.rows().get(row).isOtherwise()) {
        masked.add(tried.table.rows().get(row).number());
      }
      above.or(tried.held.get(row));
    }
    return masked;
  }

  /** Rows that decide, from above, each without duplicates and those found before. */
  private static Set<Integer> spare(Tried tried, Set<Integer> masked, Set<Integer> duplicates) {
    var spare = new TreeSet<Integer>();
    var without = new HashSet<Integer>();
    for (int row = 0; row < tried.held.size(); row++) {
      if (duplicates.contains(tried.table.rows().get(row).number())) {
        without.add(row);
      }
    }
    Map<Object, BitSet> answers = tried.answers(Set.of());
    for (int row = 0; row < tried.held.size(); row++) {
      TypedRow own = tried.table.rows().get(row);
      if (!own.isOtherwise() && !masked.contains(own.number()) && !tried.held.get(row).isEmpty()) {
        without.add(row);
        if (tried.answers(without).equals(answers)) {
          spare.add(own.number());
        } else {
          without.remove(row);
        }
      }
    }
    return spare;
  }

  /** Rows of an all-hit table that add nothing, from below, each without those found before. */
  private static Set<Integer> repeating(Tried tried) {
    var spare = new TreeSet<Integer>();
    var without = new HashSet<Integer>();
    Map<Object, BitSet> answers = tried.allAnswers(Set.of());
    for (int row = tried.held.size() - 1; row >= 0; row--) {
      if (!tried.held.get(row).isEmpty()) {
        without.add(row);
        if (tried.allAnswers(without).equals(answers)) {
          spare.add(tried.table.rows().get(row).number());
        } else {
          without.remove(row);
        }
      }
    }
    return spare;
  }

  /** Labels of columns that say something in rows not found before and could say any. */
  private static Set<String> idle(Tried tried, boolean first, List<Finding> found) {
    var idle = new TreeSet<String>();
    var reported = rows(found, Set.copyOf(codes(found)));
    Map<Object, BitSet> answers = first ? tried.answers(Set.of()) : tried.allAnswers(Set.of());
    for (Column column : tried.table.definition().conditions()) {
      boolean says =
          tried.table.rows().stream()
              .filter(row -> !row.isOtherwise() && !reported.contains(row.number()))
              .anyMatch(row -> !(row.cell(column.key()) instanceof Cell.Any));
      var widened = says ? new Tried(widened(tried.table, column)) : tried;
      if (says
          && (first ? widened.answers(Set.of()) : widened.allAnswers(Set.of())).equals(answers)) {
        idle.add(column.label());
      }
    }
    return idle;
  }

  private static TypedTable widened(TypedTable table, Column column) {
    return new TypedTable(
        table.definition(),
        table.rows().stream()
            .map(
                row -> {
                  Map<String, Cell> cells = new HashMap<>(row.cells());
                  cells.put(column.key(), new Cell.Any());
                  return new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
                })
            .toList());
  }

  private static Set<Integer> rows(List<Finding> found, Set<String> codes) {
    var rows = new TreeSet<Integer>();
    for (Finding finding : found) {
      if (codes.contains(finding.code()) && finding.row() != null) {
        rows.add(finding.row());
      }
    }
    return rows;
  }

  private static Set<String> columns(List<Finding> found) {
    var columns = new TreeSet<String>();
    for (Finding finding : found) {
      if (finding.code().equals(CheckCodes.COLUMN_NEVER_MATTERS)) {
        columns.add(finding.message().split("\"", -1)[1]);
      }
    }
    return columns;
  }

  private static List<String> codes(List<Finding> found) {
    return found.stream().map(Finding::code).toList();
  }
}

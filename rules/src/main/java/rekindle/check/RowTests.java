package rekindle.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rekindle.facts.Channel;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.Condition.Scope;
import rekindle.table.Condition.Wildcards;
import rekindle.table.RowConstraint;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * What the cells of a table's rows ask, each of the dimension that it is compared with. Columns
 * that compare the same property share one dimension.
 */
final class RowTests {
  private static final Cell ANY = new Cell.Any();

  private final TypedTable table;
  private final TableMeaning meaning;

  RowTests(TypedTable table, TableMeaning meaning) {
    this.table = table;
    this.meaning = meaning;
  }

  /** The tests of one row, by the name of their dimension, in the order of columns. */
  Map<String, List<CellTest>> of(TypedRow row) {
    Map<String, List<CellTest>> tests = new LinkedHashMap<>();
    for (Column column : table.definition().conditions()) {
      Condition condition = column.condition();
      if (condition != null) {
        put(tests, row, column, condition);
      }
    }
    return tests;
  }

  private void put(
      Map<String, List<CellTest>> tests, TypedRow row, Column column, Condition condition) {
    Cell cell = row.cell(column.key());
    if (condition.comparison() != Comparison.TOGETHER) {
      String name = name(condition);
      add(tests, name, new CellTest(column, condition.comparison(), condition.factor(), cell));
      return;
    }
    var known = meaning.together(column.key());
    Cell asked = asked(row, column);
    // Exclusions are left to the constraint: "not same" depends on the channel.
    boolean asItStands = known == null || (asked instanceof Cell.Codes codes && codes.negated());
    if (known != null) {
      add(
          tests,
          "together " + column.key(),
          new CellTest(column, known, 1, asItStands ? ANY : asked));
    }
    if (asItStands && !(asked instanceof Cell.Any)) {
      add(tests, asItStands(column, cell), new CellTest(column, Comparison.TOGETHER, 1, cell));
    }
  }

  /** What a cell that is compared together with others asks: any where it makes no difference. */
  private Cell asked(TypedRow row, Column column) {
    return isRead(row, column) ? row.cell(column.key()) : ANY;
  }

  /** The name of a dimension of its own for a cell of which nothing else is known. */
  static String asItStands(Column column, Cell cell) {
    return "as it stands " + column.key() + " " + cell;
  }

  private static void add(Map<String, List<CellTest>> tests, String name, CellTest test) {
    tests.computeIfAbsent(name, n -> new ArrayList<>()).add(test);
  }

  private static String name(Condition condition) {
    String of = condition.scope() == Scope.INPUT ? "" : condition.scope() + " ";
    return switch (condition.comparison()) {
      case IN -> "code " + of + condition.property();
      case HOLDS -> "codes " + of + condition.property();
      default -> number(of + condition.property());
    };
  }

  /** The name of the dimension of a number on the stage input. */
  static String number(String property) {
    return "number " + property;
  }

  /**
   * Whether a cell that is compared together with others makes a difference to what its row asks.
   */
  boolean isRead(TypedRow row, Column column) {
    RowConstraint together = table.definition().together();
    if (together == null || row.cell(column.key()) instanceof Cell.Any) {
      return false;
    }
    if (column.condition() != null && column.condition().wildcards() == Wildcards.NONE) {
      return true; // and without it the constraint could not be made
    }
    var cells = new HashMap<>(row.cells());
    cells.put(column.key(), ANY);
    var without = new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
    String channel = channel(row);
    return !together.of(row, channel).equals(together.of(without, channel));
  }

  /** One of the row's channels, or any. */
  private String channel(TypedRow row) {
    for (Column column : table.definition().conditions()) {
      if (column.condition() != null
          && column.condition().scope() == Scope.CHANNEL_KEY
          && row.cell(column.key()) instanceof Cell.Codes codes) {
        return Channel.ALL.stream()
            .map(Channel::code)
            .filter(codes::matches)
            .findFirst()
            .orElse(Channel.EMAIL.code());
      }
    }
    return Channel.EMAIL.code();
  }
}

package rekindle.check;

import java.util.List;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** What a row answers. */
final class Answers {
  private Answers() {}

  /** Whether two rows have the same results. */
  static boolean same(TypedTable table, TypedRow one, TypedRow other) {
    return table.definition().results().stream()
        .allMatch(column -> one.cell(column.key()).equals(other.cell(column.key())));
  }

  /** Whether also the citations agree, which decisions name beside the results. */
  static boolean sameWithCitation(TypedTable table, TypedRow one, TypedRow other) {
    return same(table, one, other) && one.text("citation").equals(other.text("citation"));
  }

  /** The cells of some columns, to compare rows by. */
  static List<Object> cells(TypedRow row, List<Column> columns) {
    return columns.stream().<Object>map(column -> row.cell(column.key())).toList();
  }
}

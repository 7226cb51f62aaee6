package rekindle.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import rekindle.policy.Release;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * A release without the rows of eligibility that name another place than the United States as a
 * whole. The calendars stay: they say what time it is, not what is allowed.
 */
final class UsFederalRows {
  private static final String US = "US";
  private static final String WHERE = "where";

  private UsFederalRows() {}

  static Release of(Release full) {
    List<TypedTable> tables = full.tables().stream().map(UsFederalRows::of).toList();
    return new Release(
        full.id() + "-us", tables, full.zones(), full.holidays(), full.places());
  }

  private static TypedTable of(TypedTable table) {
    boolean names =
        table.definition().workbook().equals("eligibility")
            && table.definition().columns().stream().anyMatch(c -> c.key().equals(WHERE));
    if (!names) {
      return table;
    }
    var rows = new ArrayList<TypedRow>();
    for (TypedRow row : table.rows()) {
      if (!(row.cell(WHERE) instanceof Cell.Codes codes)) {
        rows.add(row);
      } else if (!codes.negated() && (codes.orUnknown() || codes.values().contains(US))) {
        rows.add(narrowed(row, codes));
      }
    }
    return new TypedTable(table.definition(), rows);
  }

  /** A row for several places, for the United States alone. */
  private static TypedRow narrowed(TypedRow row, Cell.Codes codes) {
    List<String> values = codes.values().stream().filter(US::equals).toList();
    var cells = new HashMap<>(row.cells());
    cells.put(
        WHERE,
        values.isEmpty() ? new Cell.Unknown() : new Cell.Codes(values, false, codes.orUnknown()));
    return new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
  }
}

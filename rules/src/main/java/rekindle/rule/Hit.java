package rekindle.rule;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** A row that decided. */
public record Hit(TypedTable table, TypedRow row) {

  /** The row reference of the contract: {@code eligibility/Consent!14}. */
  public String reference() {
    return table.reference(row);
  }

  /** The row's own id. */
  public String rule() {
    return row.id();
  }

  public @Nullable String citation() {
    return row.text("citation").orElse(null);
  }

  /** The row's result cells by column key, as the trace shows them: {@code none} is null. */
  public Map<String, @Nullable Object> set() {
    var set = new TreeMap<String, @Nullable Object>();
    for (Column column : table.definition().results()) {
      set.put(column.key(), plain(column, row.cell(column.key())));
    }
    return Collections.unmodifiableMap(set);
  }

  private static @Nullable Object plain(Column column, Cell cell) {
    if (cell instanceof Cell.Codes codes) {
      return column.isList()
          ? codes.values()
          : codes.values().isEmpty() ? null : yesNo(column, codes.values().get(0));
    }
    if (cell instanceof Cell.Number number) {
      boolean whole = column.type() instanceof rekindle.table.CellType.WholeNumber;
      return whole ? (Object) number.value().longValueExact() : number.value();
    }
    if (cell instanceof Cell.TimeOfDay time) {
      return String.format(
          java.util.Locale.ROOT, "%02d:%02d", time.minutes() / 60, time.minutes() % 60);
    }
    return cell instanceof Cell.Closed ? "closed" : null;
  }

  private static Object yesNo(Column column, String code) {
    return column.type() instanceof rekindle.table.CellType.YesNo
        ? (Object) code.equals("yes")
        : code;
  }
}

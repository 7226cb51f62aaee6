package rekindle.rule;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * A row that decided, with what a decision says of it. Two of the same row are equal. Immutable.
 */
public final class Hit {
  private final TypedTable table;
  private final TypedRow row;
  private final String reference;
  private final @Nullable String citation;
  private final SortedMap<String, @Nullable Object> set;

  public Hit(TypedTable table, TypedRow row) {
    this.table = table;
    this.row = row;
    this.reference = table.reference(row);
    this.citation = row.text("citation").orElse(null);
    this.set = set(table, row);
  }

  public TypedTable table() {
    return table;
  }

  public TypedRow row() {
    return row;
  }

  /** The row reference of the contract: {@code eligibility/Consent!14}. */
  public String reference() {
    return reference;
  }

  /** The row's own id. */
  public String rule() {
    return row.id();
  }

  public @Nullable String citation() {
    return citation;
  }

  /** The row's result cells by column key, as the trace shows them: {@code none} is null. */
  public SortedMap<String, @Nullable Object> set() {
    return set;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hit hit && hit.row == row;
  }

  @Override
  public int hashCode() {
    return reference.hashCode();
  }

  @Override
  public String toString() {
    return reference + " " + row.id();
  }

  private static SortedMap<String, @Nullable Object> set(TypedTable table, TypedRow row) {
    var set = new TreeMap<String, @Nullable Object>();
    for (Column column : table.definition().results()) {
      set.put(column.key(), plain(column, row.cell(column.key())));
    }
    return Collections.unmodifiableSortedMap(set);
  }

  private static @Nullable Object plain(Column column, Cell cell) {
    if (cell instanceof Cell.Codes codes) {
      return column.isList() ? codes.values() : one(column, codes);
    }
    if (cell instanceof Cell.Number number) {
      boolean whole = column.type() instanceof CellType.WholeNumber;
      return whole ? (Object) number.value().longValueExact() : number.value();
    }
    if (cell instanceof Cell.TimeOfDay time) {
      return String.format(Locale.ROOT, "%02d:%02d", time.minutes() / 60, time.minutes() % 60);
    }
    return cell instanceof Cell.Closed ? "closed" : null;
  }

  private static @Nullable Object one(Column column, Cell.Codes codes) {
    if (codes.values().isEmpty()) {
      return null;
    }
    String code = codes.values().get(0);
    return column.type() instanceof CellType.YesNo ? (Object) code.equals("yes") : code;
  }
}

package rekindle.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.table.Condition.Comparison;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;

/**
 * What a table's definition does not say of its rows: what cells that are compared together mean,
 * what must be known beside the conditions, and what it matters that a row is there twice. Less
 * than is true may be said: then the checks find less, and never too much. Immutable.
 */
public final class TableMeaning {
  /** What becomes of the answer if a row of an all-hit table only repeats others. */
  public enum Rows {
    /** Nothing: the results of all rows that hold are taken together. */
    UNORDERED,
    /** Nothing if the row stands below those it repeats: upper rows go first. */
    ORDERED,
    /** Every row counts by its own name. */
    NAMED
  }

  private final Map<String, Comparison> together;
  private final Set<String> remarks;
  private final Rows rows;
  private final @Nullable String number;
  private final Function<TypedRow, Map<String, String>> needs;

  private TableMeaning(
      Map<String, Comparison> together,
      Set<String> remarks,
      Rows rows,
      @Nullable String number,
      Function<TypedRow, Map<String, String>> needs) {
    this.together = Map.copyOf(together);
    this.remarks = Set.copyOf(remarks);
    this.rows = rows;
    this.number = number;
    this.needs = needs;
  }

  /** Nothing beyond the definition. */
  public static TableMeaning plain() {
    return new TableMeaning(Map.of(), Set.of(), Rows.UNORDERED, null, row -> Map.of());
  }

  /**
   * With the meaning of one column whose cells are compared together with others: how they compare
   * a property of the one thing that the constraint looks for, a consent, a no, a count.
   */
  public TableMeaning together(String column, Comparison comparison) {
    var more = new HashMap<>(together);
    more.put(column, comparison);
    return new TableMeaning(more, remarks, rows, number, needs);
  }

  /** With a column that only says what holds for every row anyway. */
  public TableMeaning remark(String column) {
    var more = new HashSet<>(remarks);
    more.add(column);
    return new TableMeaning(together, more, rows, number, needs);
  }

  /** With what it matters that a row repeats others. */
  public TableMeaning rows(Rows repeated) {
    return new TableMeaning(together, remarks, repeated, number, needs);
  }

  /** With a result column that numbers: of two rows with the same number only the upper counts. */
  public TableMeaning numbered(String column) {
    return new TableMeaning(together, remarks, rows, column, needs);
  }

  /**
   * With what must be known for a row to hold, beside its conditions.
   *
   * @param known names of properties, as conditions spell them, with what each is in words
   */
  public TableMeaning needing(Function<TypedRow, Map<String, String>> known) {
    return new TableMeaning(together, remarks, rows, number, known);
  }

  /**
   * Itself, if the table has all the columns that it speaks of.
   *
   * @throws IllegalArgumentException otherwise, naming the column
   */
  public TableMeaning of(TableDefinition definition) {
    var columns = new HashSet<>(together.keySet());
    columns.addAll(remarks);
    if (number != null) {
      columns.add(number);
    }
    definition.columns().forEach(column -> columns.remove(column.key()));
    if (!columns.isEmpty()) {
      throw new IllegalArgumentException(definition.place() + " has no columns " + columns);
    }
    return this;
  }

  /** Null where nothing is known of the column. */
  @Nullable Comparison together(String column) {
    return together.get(column);
  }

  boolean isRemark(String column) {
    return remarks.contains(column);
  }

  Rows rows() {
    return rows;
  }

  @Nullable String number() {
    return number;
  }

  Map<String, String> needs(TypedRow row) {
    return needs.apply(row);
  }
}

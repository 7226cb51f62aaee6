package rekindle.table;

import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param key stable name in code and in the decision's {@code trace.set}, lowerCamelCase
 * @param label header as people read it; columns are found by it. Results start with "→ "
 * @param condition how a condition column compares; null for other kinds
 * @param required whether a blank cell is an error
 */
public record Column(
    String key,
    String label,
    Kind kind,
    CellType type,
    @Nullable Condition condition,
    boolean required) {

  /** What a column is for. */
  public enum Kind {
    ID,
    CONDITION,
    RESULT,
    FROM,
    TO,
    NOTE
  }

  /** Whether a cell of the column holds a list. */
  public boolean isList() {
    return (type instanceof CellType.Codes codes && codes.many())
        || (type instanceof CellType.Jurisdictions places && places.many())
        || (type instanceof CellType.Zones zones && zones.many());
  }

  /** A condition; {@code any} matches every value, known or not. */
  public static Column condition(String key, String label, CellType type, Condition condition) {
    return new Column(key, label, Kind.CONDITION, type, condition, true);
  }

  /** A result; the label gets its arrow here. */
  public static Column result(String key, String label, CellType type) {
    return new Column(key, "→ " + label, Kind.RESULT, type, null, true);
  }

  /**
   * A key of a lookup table: compared with nothing, so neither {@code any} nor {@code unknown}
   * makes sense in it.
   */
  public static Column key(String key, String label, CellType type) {
    return new Column(key, label, Kind.CONDITION, type, null, true);
  }

  /** A note that may stay blank. */
  public static Column note(String key, String label, CellType type) {
    return new Column(key, label, Kind.NOTE, type, null, false);
  }
}

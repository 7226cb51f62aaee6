package rekindle.table;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the code rows of a shipped sheet call, so that a stock Drools compiles and runs it. Rekindle
 * itself decides from typed values and never calls it. Thread-safe.
 */
public final class CellText {
  private CellText() {}

  /**
   * A result cell that a rule set.
   *
   * @param column key of the column
   * @param text the cell as it stands
   */
  public record Result(String column, String text) {}

  /** What an action of a sheet inserts. */
  public static Result result(String column, String text) {
    return new Result(column, text);
  }

  /**
   * Whether a condition cell accepts a value.
   *
   * @param value a code, a collection of codes or a number; null for unknown
   * @param comparison name of a {@link Condition.Comparison}
   * @param factor multiplies the number in the cell before comparing
   * @param cell the cell as it stands
   */
  public static boolean accepts(
      @Nullable Object value, String comparison, long factor, String cell) {
    String text = Words.collapse(cell).toLowerCase(Locale.ROOT);
    if (text.equals(CellReader.ANY) || text.equals(TypedRow.OTHERWISE)) {
      return true;
    }
    if (text.equals(CellReader.UNKNOWN)) {
      return value == null;
    }
    return switch (Condition.Comparison.valueOf(comparison)) {
      case IN, HOLDS -> acceptsCodes(value, text);
      case TOGETHER -> true;
      case MORE_THAN -> value != null && compared(value, factor, text) > 0;
      case UP_TO -> value != null && compared(value, factor, text) <= 0;
      case AT_LEAST -> value != null && compared(value, factor, text) >= 0;
      case WITHIN -> value != null && compared(value, factor, text) < 0;
      case NOT_WITHIN -> value == null || compared(value, factor, text) >= 0;
      case OLDER_THAN -> value == null || compared(value, factor, text) > 0;
      case EQUALS -> value != null && compared(value, factor, text) == 0;
    };
  }

  private static boolean acceptsCodes(@Nullable Object value, String text) {
    boolean negated = text.startsWith("not ");
    for (String item : (negated ? text.substring(4) : text).split(",", -1)) {
      String code = item.strip();
      if (value == null ? code.equals(CellReader.UNKNOWN) && !negated : holds(value, code)) {
        return !negated;
      }
    }
    return negated && value != null;
  }

  private static boolean holds(Object value, String code) {
    return value instanceof Collection<?> values
        ? values.stream().anyMatch(v -> holds(v, code))
        : value.toString().toLowerCase(Locale.ROOT).equals(code);
  }

  private static int compared(Object value, long factor, String text) {
    boolean percent = text.endsWith("%");
    var cell = new BigDecimal((percent ? text.substring(0, text.length() - 1) : text).strip());
    BigDecimal limit =
        (percent ? cell.movePointLeft(2) : cell).multiply(BigDecimal.valueOf(factor));
    return new BigDecimal(value.toString()).compareTo(limit);
  }
}

package rekindle.touch;

import java.time.Duration;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** The spans and counts of the Limits table. */
public record Limits(
    Duration touchValid,
    Duration touchAtOnceValid,
    Duration closingMargin,
    Duration reviewRecheck,
    int failedAttempts,
    Duration followUpWindow,
    Duration planningHorizon) {

  /**
   * @throws IllegalArgumentException if a limit is missing or has a unit of another kind
   */
  public static Limits of(TypedTable table) {
    return new Limits(
        span(table, "touch_valid"),
        span(table, "touch_at_once_valid"),
        span(table, "closing_margin"),
        span(table, "review_recheck"),
        Math.toIntExact(value(row(table, "failed_attempts"))),
        span(table, "follow_up_window"),
        span(table, "planning_horizon"));
  }

  private static Duration span(TypedTable table, String limit) {
    return span(row(table, limit), limit);
  }

  /**
   * The span of a row.
   *
   * @throws IllegalArgumentException if its unit is that of a count
   */
  static Duration span(TypedRow row, String limit) {
    return switch (row.code("unit").orElse("")) {
      case "minutes" -> Duration.ofMinutes(value(row));
      case "hours" -> Duration.ofHours(value(row));
      case "days" -> Duration.ofDays(value(row));
      default ->
          throw new IllegalArgumentException(
              "the limit " + limit + " needs minutes, hours or days");
    };
  }

  private static long value(TypedRow row) {
    return row.number("value").orElseThrow().longValueExact();
  }

  private static TypedRow row(TypedTable table, String limit) {
    return table.rows().stream()
        .filter(row -> row.code("limit").orElse("").equals(limit))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no limit " + limit));
  }
}

package rekindle.impact;

import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * A row that stands behind a part of a decision.
 *
 * @param part {@code reason}, {@code ground} or {@code denial}, else the stage of the trace
 * @param channel of grounds and denials
 * @param code of reasons and denials, the basis of grounds; null for stages of the trace
 * @param row {@code workbook/Sheet!number}; null where no row said it
 * @param rule the row's own id; null where no row said it
 */
public record Source(
    String part,
    @Nullable Channel channel,
    @Nullable String code,
    @Nullable String row,
    @Nullable String rule) {
  static final String REASON = "reason";
  static final String GROUND = "ground";
  static final String DENIAL = "denial";

  /** The same source wherever its row stands: a row inserted above moves all others. */
  Source anywhere() {
    return new Source(part, channel, code, null, rule);
  }
}

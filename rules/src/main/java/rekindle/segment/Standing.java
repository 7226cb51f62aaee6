package rekindle.segment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.rule.Hit;

/**
 * Where a person stands: segment, group, tier, cohort, each with the row that decided.
 *
 * @param clock the segment's clock; null where no segment holds
 */
public record Standing(
    Hit segmentRow, @Nullable Instant clock, Hit groupRow, Hit tierRow, Hit cohortRow) {

  /** The segment; null where none holds. */
  public @Nullable String segment() {
    return segmentRow.row().code("segment").orElse(null);
  }

  public @Nullable String offerAngle() {
    return segmentRow.row().code("offerAngle").orElse(null);
  }

  public @Nullable String group() {
    return groupRow.row().code("group").orElse(null);
  }

  public int tier() {
    return tierRow.row().number("tier").orElseThrow().intValueExact();
  }

  public @Nullable String cohort() {
    return cohortRow.row().code("cohort").orElse(null);
  }

  /** How many of the last steps of a sequence are left out. */
  public int stepsDropped() {
    return cohortRow.row().number("stepsDropped").orElseThrow().intValueExact();
  }

  public boolean waitsForTrigger() {
    return cohortRow.row().isYes("waitsForTrigger");
  }
}

package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Groups, Tiers and Cohorts tables compare. Money in ten-thousandths of the currency. */
public final class StandingInput extends StageInput {
  private final Values values;

  public StandingInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(
      @Nullable String segment,
      @Nullable String dealStage,
      @Nullable String funnel,
      @Nullable String currency,
      long quotedPrice,
      long lifetimeValue,
      long clockAgeMs) {}

  public @Nullable String getSegment() {
    return values.segment();
  }

  public @Nullable String getDealStage() {
    return values.dealStage();
  }

  public @Nullable String getFunnel() {
    return values.funnel();
  }

  public @Nullable String getCurrency() {
    return values.currency();
  }

  public long getQuotedPrice() {
    return values.quotedPrice();
  }

  public long getLifetimeValue() {
    return values.lifetimeValue();
  }

  public long getClockAgeMs() {
    return values.clockAgeMs();
  }
}

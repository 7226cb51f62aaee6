package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Groups, Tiers and Cohorts tables compare. Money in ten-thousandths of the currency. */
public final class StandingInput extends StageInput {
  private final @Nullable String segment;
  private final @Nullable String dealStage;
  private final @Nullable String funnel;
  private final @Nullable String currency;
  private final long quotedPrice;
  private final long lifetimeValue;
  private final long clockAgeMs;

  /** @param values see {@link Values} */
  public StandingInput(Values values) {
    this.segment = values.segment();
    this.dealStage = values.dealStage();
    this.funnel = values.funnel();
    this.currency = values.currency();
    this.quotedPrice = values.quotedPrice();
    this.lifetimeValue = values.lifetimeValue();
    this.clockAgeMs = values.clockAgeMs();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String segment, @Nullable String dealStage, @Nullable String funnel, @Nullable String currency, long quotedPrice, long lifetimeValue, long clockAgeMs) {}

  public @Nullable String getSegment() {
    return segment;
  }

  public @Nullable String getDealStage() {
    return dealStage;
  }

  public @Nullable String getFunnel() {
    return funnel;
  }

  public @Nullable String getCurrency() {
    return currency;
  }

  public long getQuotedPrice() {
    return quotedPrice;
  }

  public long getLifetimeValue() {
    return lifetimeValue;
  }

  public long getClockAgeMs() {
    return clockAgeMs;
  }

}

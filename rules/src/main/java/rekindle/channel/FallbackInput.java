package rekindle.channel;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Fallback table compares. */
public final class FallbackInput extends StageInput {
  private final Values values;

  public FallbackInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String sequence, @Nullable String purpose) {}

  public @Nullable String getSequence() {
    return values.sequence();
  }

  public @Nullable String getPurpose() {
    return values.purpose();
  }
}

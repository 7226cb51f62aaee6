package rekindle.channel;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** What the Fallback table compares. */
public final class FallbackInput extends CodesInput {
  private final Values values;

  public FallbackInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(@Nullable String sequence, @Nullable String purpose) {}

  public @Nullable String getSequence() {
    return values.sequence();
  }

  public @Nullable String getPurpose() {
    return values.purpose();
  }
}

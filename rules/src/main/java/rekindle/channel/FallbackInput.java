package rekindle.channel;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Fallback table compares. */
public final class FallbackInput extends StageInput {
  private final @Nullable String sequence;
  private final @Nullable String purpose;

  /** @param values see {@link Values} */
  public FallbackInput(Values values) {
    this.sequence = values.sequence();
    this.purpose = values.purpose();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String sequence, @Nullable String purpose) {}

  public @Nullable String getSequence() {
    return sequence;
  }

  public @Nullable String getPurpose() {
    return purpose;
  }

}

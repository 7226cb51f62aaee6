package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** One response or turn of a journey, as the Exits table compares it. */
public final class ExitInput extends StageInput {
  private final Values values;

  public ExitInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String event, @Nullable String disposition) {}

  public @Nullable String getEvent() {
    return values.event();
  }

  public @Nullable String getDisposition() {
    return values.disposition();
  }
}

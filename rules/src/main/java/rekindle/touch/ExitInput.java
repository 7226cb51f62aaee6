package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** One response or turn of a journey, as the Exits table compares it. */
public final class ExitInput extends CodesInput {
  private final Values values;

  public ExitInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(@Nullable String event, @Nullable String disposition) {}

  public @Nullable String getEvent() {
    return values.event();
  }

  public @Nullable String getDisposition() {
    return values.disposition();
  }
}

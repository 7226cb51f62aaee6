package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** What the Steps table compares: a sequence for a program. */
public final class StepInput extends CodesInput {
  private final Values values;

  public StepInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(@Nullable String sequence, @Nullable String program) {}

  public @Nullable String getSequence() {
    return values.sequence();
  }

  public @Nullable String getProgram() {
    return values.program();
  }
}

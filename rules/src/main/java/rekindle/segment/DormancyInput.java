package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** What the Dormancy table compares. */
public final class DormancyInput extends CodesInput {
  private final Values values;

  public DormancyInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(@Nullable String program) {}

  public @Nullable String getProgram() {
    return values.program();
  }
}

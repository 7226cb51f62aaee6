package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Dormancy table compares. */
public final class DormancyInput extends StageInput {
  private final @Nullable String program;

  public DormancyInput(@Nullable String program) {
    this.program = program;
  }

  public @Nullable String getProgram() {
    return program;
  }
}

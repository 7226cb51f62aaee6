package rekindle.experiment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Holdouts table compares. */
public final class HoldoutInput extends StageInput {
  private final @Nullable String segment;
  private final @Nullable String program;

  public HoldoutInput(@Nullable String segment, @Nullable String program) {
    this.segment = segment;
    this.program = program;
  }

  public @Nullable String getSegment() {
    return segment;
  }

  public @Nullable String getProgram() {
    return program;
  }
}

package rekindle.experiment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** What the Holdouts table compares. */
public final class HoldoutInput extends CodesInput {
  private final Values values;

  public HoldoutInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(@Nullable String segment, @Nullable String program) {}

  public @Nullable String getSegment() {
    return values.segment();
  }

  public @Nullable String getProgram() {
    return values.program();
  }
}

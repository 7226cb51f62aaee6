package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** What the Sequences table compares. */
public final class SequenceInput extends CodesInput {
  private final Values values;

  public SequenceInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
  public record Values(
      @Nullable String segment,
      @Nullable String program,
      @Nullable String dealOutcome,
      @Nullable String meetingStatus,
      @Nullable String emailGround,
      @Nullable String trigger) {}

  public @Nullable String getSegment() {
    return values.segment();
  }

  public @Nullable String getProgram() {
    return values.program();
  }

  public @Nullable String getDealOutcome() {
    return values.dealOutcome();
  }

  public @Nullable String getMeetingStatus() {
    return values.meetingStatus();
  }

  public @Nullable String getEmailGround() {
    return values.emailGround();
  }

  public @Nullable String getTrigger() {
    return values.trigger();
  }
}

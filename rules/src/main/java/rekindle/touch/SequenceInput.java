package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Sequences table compares. */
public final class SequenceInput extends StageInput {
  private final Values values;

  public SequenceInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
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

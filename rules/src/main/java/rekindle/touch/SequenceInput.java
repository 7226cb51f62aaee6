package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Sequences table compares. */
public final class SequenceInput extends StageInput {
  private final @Nullable String segment;
  private final @Nullable String program;
  private final @Nullable String dealOutcome;
  private final @Nullable String meetingStatus;
  private final @Nullable String emailGround;
  private final @Nullable String trigger;

  /** @param values see {@link Values} */
  public SequenceInput(Values values) {
    this.segment = values.segment();
    this.program = values.program();
    this.dealOutcome = values.dealOutcome();
    this.meetingStatus = values.meetingStatus();
    this.emailGround = values.emailGround();
    this.trigger = values.trigger();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String segment, @Nullable String program, @Nullable String dealOutcome, @Nullable String meetingStatus, @Nullable String emailGround, @Nullable String trigger) {}

  public @Nullable String getSegment() {
    return segment;
  }

  public @Nullable String getProgram() {
    return program;
  }

  public @Nullable String getDealOutcome() {
    return dealOutcome;
  }

  public @Nullable String getMeetingStatus() {
    return meetingStatus;
  }

  public @Nullable String getEmailGround() {
    return emailGround;
  }

  public @Nullable String getTrigger() {
    return trigger;
  }

}

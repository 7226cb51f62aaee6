package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** One trigger, as the Triggers table compares it. */
public final class TriggerInput extends StageInput {
  private final @Nullable String segment;
  private final @Nullable String kind;
  private final @Nullable String matchesGap;
  private final @Nullable String lossReason;

  /** @param values see {@link Values} */
  public TriggerInput(Values values) {
    this.segment = values.segment();
    this.kind = values.kind();
    this.matchesGap = values.matchesGap();
    this.lossReason = values.lossReason();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String segment, @Nullable String kind, @Nullable String matchesGap, @Nullable String lossReason) {}

  public @Nullable String getSegment() {
    return segment;
  }

  public @Nullable String getKind() {
    return kind;
  }

  public @Nullable String getMatchesGap() {
    return matchesGap;
  }

  public @Nullable String getLossReason() {
    return lossReason;
  }

}

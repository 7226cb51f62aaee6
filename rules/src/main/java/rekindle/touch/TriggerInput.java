package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** One trigger, as the Triggers table compares it. */
public final class TriggerInput extends StageInput {
  private final Values values;

  public TriggerInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(
      @Nullable String segment,
      @Nullable String kind,
      @Nullable String matchesGap,
      @Nullable String lossReason) {}

  public @Nullable String getSegment() {
    return values.segment();
  }

  public @Nullable String getKind() {
    return values.kind();
  }

  public @Nullable String getMatchesGap() {
    return values.matchesGap();
  }

  public @Nullable String getLossReason() {
    return values.lossReason();
  }
}

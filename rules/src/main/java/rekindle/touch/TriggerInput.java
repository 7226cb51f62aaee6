package rekindle.touch;

import org.jspecify.annotations.Nullable;
import rekindle.rule.CodesInput;

/** One trigger, as the Triggers table compares it. */
public final class TriggerInput extends CodesInput {
  private final Values values;

  public TriggerInput(Values values) {
    super(values);
    this.values = values;
  }

  /** The values, by name; a null code is unknown. */
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

package rekindle.channel;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/**
 * What the Preference table compares: how the first usable channel of a step stands against the
 * others.
 */
public final class PreferenceInput extends StageInput {
  private final Values values;

  public PreferenceInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(
      @Nullable String atOnce, long firstWaitsMs, @Nullable String otherOpensSooner) {}

  public @Nullable String getAtOnce() {
    return values.atOnce();
  }

  public long getFirstWaitsMs() {
    return values.firstWaitsMs();
  }

  public @Nullable String getOtherOpensSooner() {
    return values.otherOpensSooner();
  }
}

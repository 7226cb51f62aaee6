package rekindle.channel;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Preference table compares: how the first usable channel of a step stands against the others. */
public final class PreferenceInput extends StageInput {
  private final @Nullable String atOnce;
  private final long firstWaitsMs;
  private final @Nullable String otherOpenNow;
  private final @Nullable String otherOpensSooner;

  /** @param values see {@link Values} */
  public PreferenceInput(Values values) {
    this.atOnce = values.atOnce();
    this.firstWaitsMs = values.firstWaitsMs();
    this.otherOpenNow = values.otherOpenNow();
    this.otherOpensSooner = values.otherOpensSooner();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String atOnce, long firstWaitsMs, @Nullable String otherOpenNow, @Nullable String otherOpensSooner) {}

  public @Nullable String getAtOnce() {
    return atOnce;
  }

  public long getFirstWaitsMs() {
    return firstWaitsMs;
  }

  public @Nullable String getOtherOpenNow() {
    return otherOpenNow;
  }

  public @Nullable String getOtherOpensSooner() {
    return otherOpensSooner;
  }

}

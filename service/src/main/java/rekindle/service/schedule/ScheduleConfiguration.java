package rekindle.service.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** The part {@code schedule} of {@code config.yml}. */
public final class ScheduleConfiguration {
  @JsonProperty private boolean running = true;

  @JsonProperty
  @Min(1)
  @Max(64)
  private int workers = 4;

  @JsonProperty
  @Min(1)
  @Max(100)
  private int claimsMax = 5;

  @JsonProperty
  @NotNull
  @MinDuration(value = 5, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
  private Duration lease = Duration.seconds(60);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private Duration alarmDelay = Duration.minutes(5);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private Duration alarmNotRemoved = Duration.minutes(1);

  @JsonProperty
  @Min(0)
  private int alarmInDoubt = 20;

  /** Whether this process looks at people and hands over. */
  public boolean isRunning() {
    return running;
  }

  /** Has this process look at nobody, whatever the file says. */
  public void rest() {
    running = false;
  }

  /** Threads that look at people. */
  public int workers() {
    return workers;
  }

  /** How often a look is taken at most before it is parked. */
  public int claimsMax() {
    return claimsMax;
  }

  /**
   * How long a process has a look, or a hand-over, to itself; far longer than either takes. Then
   * another takes the look, and the touch is in doubt.
   */
  public java.time.Duration lease() {
    return lease.toJavaDuration();
  }

  /** An alarm is raised if somebody waits longer for a look that is due. */
  public java.time.Duration alarmDelay() {
    return alarmDelay.toJavaDuration();
  }

  /** An alarm is raised if a touch is open so long after its person came back. */
  public java.time.Duration alarmNotRemoved() {
    return alarmNotRemoved.toJavaDuration();
  }

  /** An alarm is raised if more touches are in doubt. */
  public int alarmInDoubt() {
    return alarmInDoubt;
  }
}

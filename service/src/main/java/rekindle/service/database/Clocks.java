package rekindle.service.database;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether the clock of this machine can be trusted. Leases go by the database's clock, but what a
 * decision finds of quiet hours and ages goes by ours.
 */
public final class Clocks {
  /** Clocks of others may be so far ahead or behind; beyond that somebody's is wrong. */
  public static final Duration DIFFER_MAX = Duration.ofSeconds(10);

  private Clocks() {}

  /**
   * Whether this machine's clock is too far from the database's.
   *
   * @param database what that just told
   */
  public static boolean differ(Instant database) {
    return Duration.between(database, Instant.now()).abs().compareTo(DIFFER_MAX) > 0;
  }
}

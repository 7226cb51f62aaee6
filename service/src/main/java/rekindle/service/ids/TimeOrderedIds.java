package rekindle.service.ids;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a counter that starts
 * at random each millisecond, so that ids of one process grow strictly, then random bits.
 * Thread-safe.
 */
public final class TimeOrderedIds {
  private static final int COUNTER_MAX = 0xFFF;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private long latestMillis;
  private int counter;

  public TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  /** A new id, greater than every one before. */
  public UUID next() {
    long low = (random.nextLong() & VARIANT_MASK) | VARIANT;
    return new UUID(high(), low);
  }

  /** Not greater than any id of that instant or later, and greater than all before. */
  public static UUID first(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }

  private synchronized long high() {
    long millis = Math.max(clock.millis(), latestMillis);
    if (millis == latestMillis && counter < COUNTER_MAX) {
      counter++;
    } else {
      // Half of the counter's range stays free for the ids that share this millisecond.
      latestMillis = millis == latestMillis ? millis + 1 : millis;
      counter = random.nextInt((COUNTER_MAX + 1) / 2);
    }
    return latestMillis << 16 | VERSION | counter;
  }
}

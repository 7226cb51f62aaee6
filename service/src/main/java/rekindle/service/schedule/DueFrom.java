package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the search for due looks begins. Looks that are over leave entries in the index, and as
 * long as some transaction holds an old snapshot each search would read all of them again. So a
 * search goes on where the last one ended; every two seconds one begins a little before the
 * earliest look that is left, since one may be due before another and be seen after it, by its
 * commit. Shared by the workers of a process. Thread-safe.
 */
final class DueFrom {
  /** A look becomes due while its transaction is under way, and is seen after the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final long BACK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long EARLIEST_NANOS = Duration.ofSeconds(5).toNanos();

  /** For transactions that took longer than the margin. */
  private static final Pace WHOLE = new Pace(Duration.ofSeconds(60), Duration.ofMinutes(10));

  private final Function<Instant, Optional<Instant>> earliestLook;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant earliest = Instant.EPOCH;
  private @Nullable Instant ended;
  private long backNanos;
  private long earliestNanos;
  private long wholeNanos;
  private long wholeAfterNanos = WHOLE.nanosAfter(0);

  /**
   * @param earliestLook when the earliest look that is due from some instant on is due; it is slow
   * @param nanos the time that has passed, as {@link System#nanoTime}
   */
  DueFrom(
      Function<Instant, Optional<Instant>> earliestLook, InstantSource clock, LongSupplier nanos) {
    this.earliestLook = earliestLook;
    this.clock = clock;
    this.nanos = nanos;
    forget();
  }

  /** Where the next search begins. */
  Instant next() {
    Instant bound = toBeRead();
    if (bound != null) {
      // Not under the lock: the other workers go on with what was known.
      long started = nanos.getAsLong();
      Instant now = clock.instant();
      Instant found = earliestLook.apply(bound).orElse(now);
      set((found.isBefore(now) ? found : now).minus(MARGIN));
      if (bound.equals(Instant.EPOCH)) {
        pace(nanos.getAsLong() - started);
      }
    }
    return begin();
  }

  /** From when on the earliest look is to be read now; null for not yet. */
  private synchronized @Nullable Instant toBeRead() {
    long now = nanos.getAsLong();
    if (now - wholeNanos >= wholeAfterNanos) {
      wholeNanos = now;
      earliestNanos = now;
      return Instant.EPOCH;
    }
    if (now - earliestNanos >= EARLIEST_NANOS) {
      earliestNanos = now;
      return earliest;
    }
    return null;
  }

  private synchronized void set(Instant found) {
    earliest = found;
  }

  private synchronized void pace(long tookNanos) {
    wholeAfterNanos = WHOLE.nanosAfter(tookNanos);
  }

  private synchronized Instant begin() {
    long now = nanos.getAsLong();
    if (now - backNanos >= BACK_NANOS) {
      backNanos = now;
      ended = null;
    }
    return ended == null || ended.isBefore(earliest) ? earliest : ended;
  }

  /** A search took looks up to one that was due then. */
  synchronized void ended(Instant due) {
    ended = due;
  }

  /** The next search begins with the earliest look of all. */
  synchronized void forget() {
    long now = nanos.getAsLong();
    ended = null;
    backNanos = now - BACK_NANOS;
    wholeNanos = now - wholeAfterNanos;
  }
}

package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.service.store.NextLooks;

/**
 * Where the search for due looks begins. Looks that are over leave entries in the index, and as
 * long as some transaction holds an old snapshot each search would read all of them again. So a
 * search goes on where the last one ended; each second one begins a little before the earliest look
 * that is left, since one may be due before another and be seen after it, by its commit. Shared by
 * the workers of a process. Thread-safe.
 */
final class DueFrom {
  /** A look becomes due while its transaction is under way, and is seen after the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private static final long BACK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long EARLIEST_NANOS = Duration.ofSeconds(10).toNanos();

  /** For transactions that took longer than the margin. */
  private static final long WHOLE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Jdbi jdbi;
  private final InstantSource clock;
  private Instant earliest = Instant.EPOCH;
  private @Nullable Instant ended;
  private long backNanos;
  private long earliestNanos;
  private long wholeNanos;

  DueFrom(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    forget();
  }

  /** Where the next search begins. */
  Instant next() {
    Instant bound = toBeRead();
    if (bound != null) {
      // Not under the lock: the other workers go on with what was known.
      Instant now = clock.instant();
      Instant found = jdbi.withHandle(handle -> NextLooks.earliest(handle, bound)).orElse(now);
      set((found.isBefore(now) ? found : now).minus(MARGIN));
    }
    return begin();
  }

  /** From when on the earliest look is to be read now; null for not yet. */
  private synchronized @Nullable Instant toBeRead() {
    long now = System.nanoTime();
    if (now - wholeNanos >= WHOLE_NANOS) {
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

  private synchronized Instant begin() {
    long now = System.nanoTime();
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
    long now = System.nanoTime();
    ended = null;
    backNanos = now - BACK_NANOS;
    wholeNanos = now - WHOLE_NANOS;
  }
}

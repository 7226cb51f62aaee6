package rekindle.service.schedule;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * How long to wait until something is done again that looks for work: usually the same, and longer
 * where it takes long, so that it never takes more than a small share of the time. Looking becomes
 * slow when some transaction holds an old snapshot, since no row that is over can go then.
 *
 * @param usual the shortest wait
 * @param most the longest
 */
record Pace(Duration usual, Duration most) {
  /** One part looking to so many parts waiting. */
  private static final long SHARE = 20;

  /** For what waits for others rather than looking: it is done as often however long it takes. */
  static Pace steady(Duration wait) {
    return new Pace(wait, wait);
  }

  long nanosAfter(long tookNanos) {
    return Math.min(most.toNanos(), Math.max(usual.toNanos(), SHARE * tookNanos));
  }

  /**
   * Does something now, and again and again until the threads are shut down.
   *
   * @param work throws nothing
   */
  void repeat(ScheduledExecutorService threads, Runnable work) {
    long started = System.nanoTime();
    work.run();
    long wait = nanosAfter(System.nanoTime() - started);
    try {
      threads.schedule(() -> repeat(threads, work), wait, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // Nothing is done again after that.
    }
  }

  /** The same in one of the threads; what fails is told to the log, and done again. */
  void keep(ScheduledExecutorService threads, Logger log, String failure, Runnable work) {
    threads.execute(
        () ->
            repeat(
                threads,
                () -> {
                  try {
                    work.run();
                  } catch (RuntimeException failed) {
                    log.warn("{}: {}", failure, failed.getClass().getSimpleName());
                  }
                }));
  }
}

package rekindle.service.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platforms;
import rekindle.service.optout.Silence;
import rekindle.service.store.Stops;
import rekindle.service.store.TouchReaper;
import rekindle.service.store.Wakes;

/**
 * What goes on beside looking: touches whose time is over, questions about those in doubt, people
 * whom nothing wakes, whom a kill switch held back or who never answered, notifications. Every
 * process does it; none is special. Thread-safe.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Pace REAP = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Pace ASK = Pace.steady(Duration.ofSeconds(1));
  private static final Pace WAKE = Pace.steady(Duration.ofMillis(500));
  private static final int WOKEN_AT_ONCE = 1_000;
  private static final Pace SWEEP = Pace.steady(Duration.ofMinutes(10));
  private static final int SWEPT_AT_ONCE = 5_000;
  private static final Pace SILENCE = Pace.steady(Duration.ofHours(1));

  /**
   * Leases that ended longer ago are looked for less often: those that are over leave entries in
   * the index, which would all be read again each second.
   */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private static final Pace ALL = new Pace(Duration.ofMinutes(1), Duration.ofMinutes(10));

  private final Jdbi jdbi;
  private final HandOverConfiguration configuration;
  private final Silence silence;
  private final InstantSource clock;
  private final StatusQueries queries;
  private final Notifier notifier;

  private long allAfterNanos = ALL.nanosAfter(0);
  private long allNanos = System.nanoTime() - allAfterNanos;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(5, Scheduler.named("schedule-upkeep"));

  Upkeep(
      Jdbi jdbi,
      HandOverConfiguration configuration,
      Platforms platforms,
      Silence silence,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.configuration = configuration;
    this.silence = silence;
    this.clock = clock;
    queries = new StatusQueries(jdbi, configuration, platforms, clock);
    notifier = new Notifier(jdbi, configuration, platforms);
  }

  void start() {
    keep(REAP, this::reap);
    keep(ASK, queries::ask);
    keep(WAKE, this::wakeHeldBack);
    keep(SWEEP, this::sweep);
    keep(SILENCE, this::endSilence);
    notifier.start();
  }

  private void keep(Pace pace, Runnable work) {
    pace.keep(threads, LOG, "upkeep of the schedule failed", work);
  }

  /** Has everybody looked at whom a kill switch held back that was lifted, some at a time. */
  void wakeHeldBack() {
    boolean isAny;
    do {
      isAny = jdbi.inTransaction(handle -> Stops.wakeHeldBack(handle, WOKEN_AT_ONCE));
    } while (isAny && !threads.isShutdown());
  }

  void sweep() {
    sweep(SWEPT_AT_ONCE);
  }

  /** Some persons a transaction: who writes them waits for none that is long. */
  void sweep(int most) {
    int none = 0;
    @Nullable String after = "";
    while (after != null && !threads.isShutdown()) {
      String from = after;
      Wakes.Swept swept = jdbi.inTransaction(handle -> Wakes.sweep(handle, from, most));
      none += swept.added();
      after = swept.last();
    }
    if (none > 0) {
      LOG.info("{} persons had no look ahead of them, and have one now", none);
    }
  }

  void endSilence() {
    int unanswered = silence.end();
    if (unanswered > 0) {
      LOG.info("{} persons did not answer when asked for permission again", unanswered);
    }
  }

  void reap() {
    long started = System.nanoTime();
    boolean isAll = started - allNanos >= allAfterNanos;
    reap(isAll ? TouchReaper.ALL : LATELY);
    if (isAll) {
      jdbi.useTransaction(TouchReaper::endTasks);
      allNanos = started;
      allAfterNanos = ALL.nanosAfter(System.nanoTime() - started);
    }
  }

  private void reap(Duration lately) {
    TouchReaper.Moved moved;
    do {
      moved =
          jdbi.inTransaction(
              handle ->
                  TouchReaper.reap(handle, clock.instant(), lately, configuration.doubtWithin()));
      if (!moved.isNone()) {
        LOG.info(
            "touches released: {}, missed: {}, done: {}, in doubt: {}, unknown: {}",
            moved.released(),
            moved.missed(),
            moved.done(),
            moved.inDoubt(),
            moved.unknown());
      }
    } while (!moved.isNone());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    notifier.close();
    try {
      threads.awaitTermination(15, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.store.NextLooks;
import rekindle.service.store.NextLooks.Claim;

/**
 * Looks at whoever is due and hands over what that decides. It holds no policy: it knows who is
 * due, asks for a decision and does what it says. Any number of processes share the work; none is
 * special. Thread-safe.
 */
final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private static final int CLAIMED_MAX = 256;

  /** Persons that are locked together: few, so that nobody waits long for one of them. */
  private static final int GROUP = 16;

  private static final long IDLE_MILLIS = 200;
  private static final long REFRESH_NANOS = Duration.ofSeconds(10).toNanos();

  /** A look becomes due while its transaction is under way, and is seen after the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final Jdbi jdbi;
  private final Execution execution;
  private final Routes routes;
  private final List<Lane> lanes;
  private final HandOvers handOvers;
  private final ScheduleConfiguration configuration;
  private final InstantSource clock;
  private final ExecutorService workers;
  private final Thread loop;
  private final AtomicInteger looked = new AtomicInteger();
  private volatile boolean closing;
  private Instant from = Instant.EPOCH;
  private long refreshedNanos = System.nanoTime() - REFRESH_NANOS;

  Scheduler(
      Jdbi jdbi,
      Execution execution,
      Routes routes,
      List<Lane> lanes,
      HandOvers handOvers,
      ScheduleConfiguration configuration,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.execution = execution;
    this.routes = routes;
    this.lanes = List.copyOf(lanes);
    this.handOvers = handOvers;
    this.configuration = configuration;
    this.clock = clock;
    workers = Executors.newFixedThreadPool(configuration.workers(), named("look"));
    loop = named("scheduler").newThread(this::run);
  }

  static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void start() {
    loop.start();
  }

  private void run() {
    while (!closing) {
      try {
        if (round() == 0) {
          pause();
        }
      } catch (InterruptedException stopped) {
        closing = true;
      } catch (RuntimeException failed) {
        LOG.warn("a round of looks failed: {}", failed.getClass().getSimpleName());
        pauseQuietly();
      }
    }
  }

  private synchronized void pause() throws InterruptedException {
    wait(IDLE_MILLIS);
  }

  private void pauseQuietly() {
    try {
      pause();
    } catch (InterruptedException stopped) {
      closing = true;
    }
  }

  /**
   * Looks at everybody who is due now, a number at a time.
   *
   * @return how many were taken
   */
  int round() throws InterruptedException {
    int most = room();
    if (most == 0) {
      return 0;
    }
    Instant now = clock.instant();
    List<Claim> claims =
        jdbi.inTransaction(
            handle ->
                NextLooks.claim(
                    handle, from(), now, most, configuration.lease(), configuration.claimsMax()));
    CrashPoints.reach("after-claim");
    var running = new ArrayList<Future<?>>();
    for (int i = 0; i < claims.size(); i += GROUP) {
      List<Claim> group = List.copyOf(claims.subList(i, Math.min(i + GROUP, claims.size())));
      running.add(workers.submit(() -> look(group)));
    }
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (java.util.concurrent.ExecutionException failed) {
        LOG.error("a group of looks failed", failed.getCause());
      }
    }
    return claims.size();
  }

  /** No more than the platforms have places for, so that little is looked at in vain. */
  private int room() {
    int free = lanes.stream().mapToInt(Lane::free).max().orElse(CLAIMED_MAX);
    return Math.min(CLAIMED_MAX, free);
  }

  /**
   * Looks that were due earlier are over; their remains in the index would be read each time as
   * long as some transaction could still see them.
   */
  private Instant from() {
    if (System.nanoTime() - refreshedNanos >= REFRESH_NANOS) {
      refreshedNanos = System.nanoTime();
      Instant now = clock.instant();
      Instant earliest = jdbi.withHandle(NextLooks::earliest).orElse(now);
      from = (earliest.isBefore(now) ? earliest : now).minus(MARGIN);
    }
    return from;
  }

  /** The next round begins with the earliest look of all. */
  void forgetWhereItWas() {
    refreshedNanos = System.nanoTime() - REFRESH_NANOS;
  }

  private void look(List<Claim> group) {
    try {
      attempt(group);
    } catch (RuntimeException failed) {
      if (group.size() == 1) {
        // Its lease ends by itself; after some more it is parked.
        LOG.warn("a look failed: {}", failed.getClass().getSimpleName());
      } else {
        group.forEach(claim -> look(List.of(claim)));
      }
    }
  }

  private void attempt(List<Claim> group) {
    var taker = new Undoable(routes);
    long started = System.nanoTime();
    List<Outcome> outcomes;
    try {
      CrashPoints.reach("before-look");
      outcomes = jdbi.inTransaction(handle -> execution.look(handle, group, true, taker));
      CrashPoints.reach("after-look");
    } catch (RuntimeException failed) {
      taker.undoAll();
      throw failed;
    }
    looked.addAndGet(outcomes.size());
    handOvers.start(outcomes, started);
  }

  /** Remembers what was to be reserved, for a transaction that fails. */
  private static final class Undoable implements Taker {
    private final Taker taker;
    private final List<Reserve> reserved = new ArrayList<>();

    Undoable(Taker taker) {
      this.taker = taker;
    }

    @Override
    public Taking take(Handle handle, Decided decided, PlannedTouch touch, String touchId) {
      Taking taking = taker.take(handle, decided, touch, touchId);
      if (taking instanceof Reserve reserve) {
        reserved.add(reserve);
      }
      return taking;
    }

    @Override
    public void undo(Reserve reserve) {
      reserved.remove(reserve);
      taker.undo(reserve);
    }

    void undoAll() {
      reserved.forEach(taker::undo);
      reserved.clear();
    }
  }

  /** How many persons this process looked at since it started. */
  int looked() {
    return looked.get();
  }

  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      notifyAll();
    }
    try {
      if (loop.isAlive()) {
        loop.join(configuration.lease().toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
  }
}

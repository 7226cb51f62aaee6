package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.service.database.Clocks;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.store.NextLooks;
import rekindle.service.store.NextLooks.Claim;
import rekindle.service.store.NextLooks.Claimed;

/**
 * Looks at whoever is due and hands over what that decides. It holds no policy: it knows who is
 * due, asks for a decision and does what it says. Any number of processes share the work; none is
 * special. Thread-safe.
 */
final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private static final int CLAIMED_MAX = 64;

  /** Persons that are locked together: few, so that nobody waits long for one of them. */
  private static final int GROUP = 32;

  /** One by one they would cost much more, and those under way keep the connections busy. */
  private static final int FEWEST = GROUP / 2;

  private static final long IDLE_MILLIS = 200;

  /** A place at a platform is free again within milliseconds, usually. */
  private static final long FULL_MILLIS = 3;

  /**
   * For so long a platform that answers slowly keeps those waiting whose touches would go another
   * way, or who only leave.
   */
  private static final long FULL_MAX_NANOS = Duration.ofMillis(200).toNanos();

  private final Jdbi jdbi;
  private final Execution execution;
  private final Routes routes;
  private final List<Lane> lanes;
  private final HandOvers handOvers;
  private final ScheduleConfiguration configuration;
  private final InstantSource clock;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closing;
  private volatile boolean clocksDiffer;
  private final DueFrom dueFrom;

  /** Persons who are taken and whose touches have no place at a platform yet. */
  private final AtomicInteger looking = new AtomicInteger();

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
    this.dueFrom =
        new DueFrom(
            from -> jdbi.withHandle(handle -> NextLooks.earliest(handle, from)),
            clock,
            System::nanoTime);
    for (int i = 0; i < configuration.workers(); i++) {
      workers.add(named("look-" + i).newThread(this::run));
    }
  }

  static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void start() {
    workers.forEach(Thread::start);
  }

  private void run() {
    long last = System.nanoTime();
    while (!closing) {
      try {
        int most = room();
        if (most == 0 && System.nanoTime() - last < FULL_MAX_NANOS) {
          pause(FULL_MILLIS);
        } else {
          if (round(most == 0 ? FEWEST : most) == 0) {
            pause(IDLE_MILLIS);
          }
          last = System.nanoTime();
        }
      } catch (InterruptedException stopped) {
        closing = true;
      } catch (RuntimeException failed) {
        LOG.warn("a round of looks failed: {}", failed.getClass().getSimpleName());
        pauseQuietly();
      }
    }
  }

  private synchronized void pause(long millis) throws InterruptedException {
    wait(millis);
  }

  private void pauseQuietly() {
    try {
      pause(IDLE_MILLIS);
    } catch (InterruptedException stopped) {
      closing = true;
    }
  }

  /**
   * Looks at some who are due now, in the caller's thread, if platforms have places for them.
   *
   * @return how many were taken
   */
  int round() {
    int most = room();
    return most == 0 ? 0 : round(most);
  }

  private int round(int most) {
    Instant now = clock.instant();
    Instant since = dueFrom.next();
    Claimed claimed =
        jdbi.inTransaction(
            handle ->
                NextLooks.claim(
                    handle, since, now, most, configuration.lease(), configuration.claimsMax()));
    CrashPoints.reach("after-claim");
    List<Claim> claims = claimed.claims();
    if (claimed.at() != null && !isTrusted(claimed.at())) {
      giveBack(claims);
      return 0;
    }
    if (claimed.latestDue() != null) {
      dueFrom.ended(claimed.latestDue());
    }
    looking.addAndGet(claims.size());
    int done = 0;
    try {
      while (done < claims.size()) {
        List<Claim> group =
            List.copyOf(claims.subList(done, Math.min(done + GROUP, claims.size())));
        look(group);
        looking.addAndGet(-group.size());
        done += group.size();
      }
    } finally {
      looking.addAndGet(done - claims.size());
      giveBack(claims.subList(done, claims.size()));
    }
    return claims.size();
  }

  /** By a wrong clock quiet hours would seem to be over; processes with a right one go on. */
  private boolean isTrusted(Instant database) {
    boolean differs = Clocks.differ(database);
    if (differs != clocksDiffer) {
      clocksDiffer = differs;
      LOG.warn("nobody is looked at, by clocks that differ: {}", differs);
    }
    return !differs;
  }

  /** Others may look at them; if not even that can be written, their leases end by themselves. */
  private void giveBack(List<Claim> claims) {
    if (claims.isEmpty()) {
      return;
    }
    try {
      jdbi.useTransaction(handle -> NextLooks.letGo(handle, claims));
    } catch (RuntimeException failed) {
      LOG.warn("looks could not be given back: {}", failed.getClass().getSimpleName());
    }
  }

  /** No more than the platforms have places for, so that little is looked at in vain. */
  private int room() {
    if (lanes.isEmpty()) {
      return CLAIMED_MAX;
    }
    int most = 0;
    for (Lane lane : lanes) {
      int free = lane.free() - looking.get();
      int fewest = Math.min(FEWEST, lane.places() / 2);
      if (free >= fewest) {
        most = Math.max(most, Math.max(fewest, free / configuration.workers()));
      }
    }
    return Math.min(CLAIMED_MAX, most);
  }

  /** The next round begins with the earliest look of all. */
  void forgetWhereItWas() {
    dueFrom.forget();
  }

  private void look(List<Claim> group) {
    try {
      attempt(group);
    } catch (RuntimeException failed) {
      LookFailure kind = LookFailure.of(failed);
      if (kind == LookFailure.OF_EVERYBODY) {
        throw failed;
      }
      if (group.size() > 1) {
        group.forEach(claim -> look(List.of(claim)));
        return;
      }
      LOG.warn("a look failed: {}", failed.getClass().getSimpleName());
      // Its lease ends by itself; after some more it is parked.
      if (kind == LookFailure.PASSING) {
        jdbi.useTransaction(handle -> NextLooks.forgive(handle, group));
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
    handOvers.start(outcomes, started);
    letGo(group, outcomes);
  }

  /**
   * Gives back those at whom somebody else was. In a transaction of its own, so that nobody who
   * waits for it is waited for.
   */
  private void letGo(List<Claim> group, List<Outcome> outcomes) {
    Set<String> looked = new HashSet<>();
    outcomes.forEach(outcome -> looked.add(outcome.personId()));
    List<Claim> others = group.stream().filter(one -> !looked.contains(one.personId())).toList();
    if (!others.isEmpty()) {
      jdbi.useTransaction(handle -> NextLooks.letGo(handle, others));
    }
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

  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      notifyAll();
    }
    try {
      for (Thread worker : workers) {
        if (worker.isAlive()) {
          worker.join(configuration.lease().toMillis());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.json.Rfc3339;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.Alarms;
import rekindle.service.store.Notification;
import rekindle.service.store.NotificationStore;
import rekindle.service.store.ReconciliationStore;
import rekindle.service.store.ScheduleFigures;
import rekindle.service.store.ScheduleFigures.Looks;
import rekindle.service.store.ScheduleFigures.Standing;

/**
 * How the schedule goes: numbers for whoever asks, and alarms that are told when something passes
 * its bound and once it is well again, each by one of all processes. Thread-safe.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Pace LOOK = new Pace(Duration.ofSeconds(15), Duration.ofMinutes(1));

  /** Whoever asks sooner gets what was counted last: the longer it took, the later anew. */
  private static final Pace ASKED = new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** More kinds of standings are neither told nor counted one by one. */
  public static final int STANDINGS = 50;

  private static final Figures NONE = new Figures(0, Duration.ZERO, 0, Map.of(), Map.of());

  /** All alarms that there are. */
  public static final List<String> ALARMS =
      List.of("delay", "in_doubt", "not_removed", "unlogged_send", "parked");

  private final Jdbi jdbi;
  private final List<Lane> lanes;
  private final ScheduleConfiguration configuration;
  private final TimeOrderedIds ids;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Scheduler.named("schedule-watch"));

  /** Held while somebody counts: whoever comes meanwhile counts nothing. */
  private final Lock counting = new ReentrantLock();

  private volatile @Nullable Count last;
  private volatile Counted counted = new Counted(List.of(), Set.of());
  private volatile Consumer<Counted> listener = counted -> {};

  Watch(
      Jdbi jdbi,
      List<Lane> lanes,
      ScheduleConfiguration configuration,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.lanes = lanes;
    this.configuration = configuration;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What was counted last.
   *
   * @param delay of the look that is due longest
   * @param ready touches that wait for a platform that asks, by channel
   * @param underWay touches by state
   */
  public record Figures(
      long due, Duration delay, long parked, Map<String, Long> ready, Map<String, Long> underWay) {}

  /**
   * Where people stand, the most frequent first, and the names of alarms that are raised.
   *
   * @param standings {@link #STANDINGS} at most
   */
  public record Counted(List<Standing> standings, Set<String> alarms) {}

  /** Where people stood and what was raised when it was counted last. */
  public Counted counted() {
    return counted;
  }

  /** Has somebody told after each count, in its thread. */
  public void onCount(Consumer<Counted> told) {
    listener = told;
  }

  void start() {
    thread.schedule(() -> LOOK.repeat(thread, this::lookQuietly), 1, TimeUnit.SECONDS);
  }

  /** What was counted last, a minute ago at most. */
  public Figures figures() {
    Count known = last;
    return known == null ? NONE : known.figures();
  }

  private void lookQuietly() {
    try {
      look();
    } catch (RuntimeException failed) {
      LOG.warn("the schedule could not be watched: {}", failed.getClass().getSimpleName());
    }
  }

  /** Counts, and raises or lifts alarms. */
  public void look() {
    counting.lock();
    try {
      Count count =
          jdbi.inTransaction(handle -> count(handle, found -> tell(handle, alarms(handle, found))));
      last = count;
      counted = new Counted(count.standings(), Set.copyOf(count.alarms()));
    } finally {
      counting.unlock();
    }
    listener.accept(counted);
  }

  /** Names of alarms to be raised, with what they say. */
  private Map<String, String> alarms(Handle handle, Figures found) {
    var alarms = new TreeMap<String, String>();
    if (found.delay().compareTo(configuration.alarmDelay()) > 0) {
      alarms.put("delay", "a look is due since " + found.delay().toSeconds() + " seconds");
    }
    long doubtful = found.underWay().getOrDefault("in_doubt", 0L);
    if (doubtful > configuration.alarmInDoubt()) {
      alarms.put("in_doubt", doubtful + " touches are in doubt");
    }
    long open = ScheduleFigures.notRemoved(handle, configuration.alarmNotRemoved());
    if (open > 0) {
      alarms.put("not_removed", open + " touches are open though their people came back");
    }
    long unlogged = ReconciliationStore.unlogged(handle);
    if (unlogged > 0) {
      alarms.put(
          "unlogged_send",
          unlogged + " touches were accepted that nobody here is known to have handed over");
    }
    if (found.parked() > 0) {
      alarms.put("parked", found.parked() + " persons cannot be looked at");
    }
    return alarms;
  }

  /**
   * Everything as it stood at an instant.
   *
   * @param atNanos when it was counted, by the clock of the process
   * @param tookNanos how long that took
   */
  private record Count(
      Instant asOf,
      long atNanos,
      long tookNanos,
      Figures figures,
      List<Standing> standings,
      ScheduleFigures.Notifications notifications,
      List<String> alarms) {
    boolean isFresh() {
      return System.nanoTime() - atNanos < ASKED.nanosAfter(tookNanos);
    }
  }

  /**
   * @param onFigures what is done before alarms are read
   */
  private Count count(Handle handle, Consumer<Figures> onFigures) {
    long started = System.nanoTime();
    Instant now = clock.instant();
    Figures found = figures(handle, now);
    onFigures.accept(found);
    List<Standing> standings = ScheduleFigures.standings(handle, STANDINGS);
    ScheduleFigures.Notifications notifications = ScheduleFigures.notifications(handle);
    List<String> alarms = Alarms.raised(handle);
    long ended = System.nanoTime();
    return new Count(now, ended, ended - started, found, standings, notifications, alarms);
  }

  private static Figures figures(Handle handle, Instant now) {
    Looks looks = ScheduleFigures.looks(handle, now);
    Instant oldest = looks.oldest();
    return new Figures(
        looks.due(),
        oldest == null ? Duration.ZERO : Duration.between(oldest, now),
        looks.parked(),
        ScheduleFigures.ready(handle),
        ScheduleFigures.underWay(handle));
  }

  /** Of all processes that see it one tells. */
  private void tell(Handle handle, Map<String, String> alarms) {
    alarms.forEach(
        (name, text) -> {
          if (Alarms.raise(handle, name, text)) {
            LOG.warn("alarm {}: {}", name, text);
            notify(handle, "alarm.raised", name, text);
          }
        });
    for (String name : Alarms.liftOthers(handle, alarms.keySet())) {
      LOG.info("alarm {} is over", name);
      notify(handle, "alarm.over", name, "it is well again");
    }
  }

  private void notify(Handle handle, String kind, String name, String text) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("alarm", name).put("text", text);
    NotificationStore.add(
        handle, List.of(Notification.of(ids.next(), Notification.EVERYBODY, kind, null, data)));
  }

  /** Everything that there is to say, as it was counted last or, where that is soon done, now. */
  public ObjectNode document() {
    Count count = current();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("asOf", Rfc3339.format(count.asOf()));
    json.put("running", configuration.isRunning());
    json.put("due", count.figures().due());
    json.put("delaySeconds", Math.max(0, count.figures().delay().toSeconds()));
    json.put("parked", count.figures().parked());
    counts(json.putObject("ready"), count.figures().ready());
    counts(json.putObject("touches"), count.figures().underWay());
    standings(count.standings(), json.putArray("people"));
    platforms(json.putArray("platforms"), clock.instant());
    json.putObject("notifications")
        .put("givenUp", count.notifications().givenUp())
        .put("waiting", count.notifications().waiting());
    ArrayNode alarms = json.putArray("alarms");
    count.alarms().forEach(alarms::add);
    return json;
  }

  /**
   * Counts at most once at a time; whoever comes meanwhile gets the last count, if there is one.
   */
  private Count current() {
    Count known = last;
    if (known != null && (known.isFresh() || !counting.tryLock())) {
      return known;
    }
    if (known == null) {
      counting.lock();
    }
    try {
      Count meanwhile = last;
      if (meanwhile != null && meanwhile.isFresh()) {
        return meanwhile;
      }
      Count count = jdbi.inTransaction(handle -> count(handle, figures -> {}));
      last = count;
      return count;
    } finally {
      counting.unlock();
    }
  }

  private static void counts(ObjectNode into, Map<String, Long> counts) {
    counts.forEach(into::put);
  }

  private static void standings(List<Standing> standings, ArrayNode into) {
    for (var standing : standings) {
      ObjectNode one = into.addObject();
      one.put("persons", standing.persons());
      ArrayNode reasons = one.putArray("reasons");
      standing.reasons().forEach(reasons::add);
      one.put("verdict", standing.verdict());
    }
  }

  private void platforms(ArrayNode into, Instant now) {
    for (Lane lane : lanes) {
      Instant paused = lane.pausedUntil(now);
      into.addObject()
          .put("name", lane.name())
          .put("pausedUntil", paused == null ? null : Rfc3339.format(paused))
          .put("underWay", lane.underWay());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

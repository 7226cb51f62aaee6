package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.json.CanonicalJson;
import rekindle.service.database.GroupedWork;
import rekindle.service.decide.Recording;
import rekindle.service.handoff.Answer;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Intent;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.schedule.Taker.Reserve;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Attempt;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;
import rekindle.service.store.Wakes;

/**
 * Hands committed touches over and records what came of it (RELIABILITY, section 2.2, from T2 on).
 * A touch that was committed too long ago, because the process stood still, is not sent. What is
 * not recorded, because the process ends, is found in doubt by the next one. Thread-safe.
 */
final class HandOvers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);

  private static final int QUEUE_MAX = 10_000;
  private static final int GROUP_MAX = 200;

  /** A place at the platform is free again before its result is recorded, so nobody waits. */
  private static final long LINGER_MILLIS = 10;

  private static final long CLOSE_SECONDS = 20;

  /** What was not taken once is handed over again at once, then after 5, 10, 20 s … */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final int DOUBLINGS_MAX = 10;

  /** So often a platform may put one touch off that takes others: over an hour and a half. */
  private static final int TOUCH_ATTEMPTS = 12;

  /** How often results are tried to be recorded; what is not will be in doubt. */
  private static final int ATTEMPTS = 4;

  private static final long FIRST_PAUSE_MILLIS = 250;

  private final HandOverConfiguration configuration;
  private final Map<String, Lane> lanes = new TreeMap<>();
  private final Map<String, ExecutorService> senders = new TreeMap<>();
  private final GroupedWork<Result> results;
  private final Jdbi jdbi;
  private final BiConsumer<Handle, Intent> bounced;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  private record Result(Intent intent, Answer answer) {}

  /**
   * @param bounced learns of addresses that are none, in the transaction that records it
   */
  HandOvers(
      HandOverConfiguration configuration,
      List<Lane> lanes,
      BiConsumer<Handle, Intent> bounced,
      Jdbi jdbi,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.configuration = configuration;
    this.bounced = bounced;
    this.jdbi = jdbi;
    this.ids = ids;
    this.clock = clock;
    for (Lane lane : lanes) {
      this.lanes.put(lane.name(), lane);
      senders.put(
          lane.name(),
          Executors.newFixedThreadPool(
              lane.platform().concurrency(),
              task -> {
                var thread = new Thread(task, "hand-over-" + lane.name());
                thread.setDaemon(true);
                return thread;
              }));
    }
    results =
        new GroupedWork<>(
            "hand-over-log", jdbi, QUEUE_MAX, GROUP_MAX, LINGER_MILLIS, this::commit, this::fail);
  }

  /**
   * Hands over what was reserved for it.
   *
   * @param startedNanos when the transaction that reserved it began
   */
  void start(List<Outcome> outcomes, long startedNanos) {
    for (Outcome outcome : outcomes) {
      Reserve reserve = outcome.reserved();
      if (reserve != null && reserve.state() == State.HANDING_OVER) {
        Lane lane = Objects.requireNonNull(lanes.get(reserve.route()));
        Intent intent = intent(outcome, reserve, startedNanos);
        Objects.requireNonNull(senders.get(lane.name())).execute(() -> send(lane, intent));
      }
    }
  }

  private static Intent intent(Outcome outcome, Reserve reserve, long startedNanos) {
    Decided decided = Objects.requireNonNull(outcome.decided());
    PlannedTouch touch = Objects.requireNonNull(decided.decision().touch());
    Recording recording = Objects.requireNonNull(outcome.recording());
    return new Intent(
        Objects.requireNonNull(outcome.touchId()),
        outcome.attempt(),
        decided.decision().contactId(),
        reserve.route(),
        touch.channel(),
        decided.subject(),
        reserve.sendNotAfter(),
        recording.decision().outcome(),
        reserve.message(),
        touch.step() == touch.of(),
        startedNanos);
  }

  private void send(Lane lane, Intent intent) {
    Answer answer;
    try {
      answer = answer(lane, intent);
    } finally {
      lane.leave();
    }
    try {
      // Lost if it closes: then the lease ends, and the touch is in doubt.
      results.offerPatiently(new Result(intent, afterAll(intent, answer)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is put off again and again is refused. */
  private static Answer afterAll(Intent intent, Answer answer) {
    boolean isPutOff = answer.kind() == Answer.Kind.NOT_TAKEN && answer.isOfTouchAlone();
    return isPutOff && intent.attempt() >= TOUCH_ATTEMPTS
        ? Answer.refused(answer.detail())
        : answer;
  }

  private Answer answer(Lane lane, Intent intent) {
    CrashPoints.reach("before-send");
    if (intent.isTooLate(clock.instant())) {
      return Answer.thisNotTaken("the process stood still");
    }
    Instant begun = clock.instant();
    Answer answer;
    try {
      answer = lane.platform().handOver(intent);
      CrashPoints.reach("after-send");
    } catch (RuntimeException failed) {
      LOG.error("a hand-over to {} failed in us", lane.name(), failed);
      answer = Answer.inDoubt("failed in us: " + failed.getClass().getSimpleName());
    }
    lane.answered(answer, begun, clock.instant());
    return answer;
  }

  private void commit(Handle handle, List<Result> group) {
    CrashPoints.reach("before-record");
    handle.useTransaction(same -> record(same, group));
    CrashPoints.reach("after-record");
  }

  /** A moment without the database must not put what is known in doubt. */
  private void fail(List<Result> group, Exception cause) {
    LOG.warn("results of hand-overs were not recorded: {}", cause.getClass().getSimpleName());
    Exception last = cause;
    for (int attempt = 1; last != null && attempt < ATTEMPTS && pause(attempt); attempt++) {
      last = recordAgain(group);
    }
    if (last == null) {
      return;
    }
    // One of them may be to blame.
    boolean isOfEverybody = LookFailure.of(last) == LookFailure.OF_EVERYBODY;
    for (Result result : group) {
      if (isOfEverybody || recordAgain(List.of(result)) != null) {
        LOG.warn("touch {} will be in doubt", result.intent().touchId());
      }
    }
  }

  private static boolean pause(int attempt) {
    try {
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << attempt);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Null if it was written. */
  private @Nullable Exception recordAgain(List<Result> group) {
    try {
      jdbi.useTransaction(handle -> record(handle, group));
      return null;
    } catch (RuntimeException failed) {
      return failed;
    }
  }

  private void record(Handle handle, List<Result> group) {
    Instant now = clock.instant();
    var told = new ArrayList<Told>();
    var events = new ArrayList<AuditEvent>();
    var notTaken = new TreeMap<String, List<Intent>>();
    var woken = new ArrayList<String>();
    for (Result result : group) {
      events.add(event(result));
      Intent intent = result.intent();
      Answer answer = result.answer();
      switch (answer.kind()) {
        case TAKEN -> {
          told.add(
              told(
                  result,
                  "handed_over",
                  State.HANDED_OVER,
                  now,
                  now.plus(configuration.outcomeWithin(intent.channel()))));
          if (intent.isLastStep()) {
            // The journey is over, and its pause begins.
            woken.add(intent.contactId());
          }
        }
        case REFUSED -> {
          told.add(told(result, "failed", State.REJECTED, now, null));
          woken.add(intent.contactId());
        }
        case BOUNCED -> {
          told.add(told(result, "bounced", State.DONE, now, null));
          bounced.accept(handle, intent);
          woken.add(intent.contactId());
        }
        case IN_DOUBT ->
            told.add(
                told(
                    result,
                    "in_doubt",
                    State.IN_DOUBT,
                    now,
                    now.plus(configuration.doubtWithin())));
        case NOT_TAKEN ->
            notTaken.computeIfAbsent(answer.detail(), detail -> new ArrayList<>()).add(intent);
      }
    }
    ScheduledTouches.tell(handle, told);
    Wakes.wake(handle, woken);
    notTaken.forEach((detail, intents) -> release(handle, intents, detail));
    DecisionStore.append(handle, events);
  }

  /**
   * What was not taken is made again: later each time, since the platform may mean this one alone.
   * Of a process that stood still meanwhile others may have found it in doubt.
   */
  private static void release(Handle handle, List<Intent> intents, String detail) {
    List<Attempt> attempts =
        intents.stream().map(one -> new Attempt(one.touchId(), one.attempt())).toList();
    Set<String> released =
        Set.copyOf(
            ScheduledTouches.releaseAttempts(
                handle, attempts, Set.of(State.HANDING_OVER, State.IN_DOUBT), detail));
    Wakes.wakeAfter(
        handle,
        intents.stream()
            .filter(one -> released.contains(one.contactId()))
            .collect(
                Collectors.toMap(Intent::contactId, HandOvers::waitAfter, (one, other) -> one)));
  }

  private static Duration waitAfter(Intent intent) {
    if (intent.attempt() <= 1) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(intent.attempt() - 2, DOUBLINGS_MAX));
    return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
  }

  private static Told told(
      Result result, String outcome, State state, Instant now, @Nullable Instant watchUntil) {
    return new Told(
        result.intent().touchId(),
        result.intent().attempt(),
        outcome,
        state,
        now,
        result.answer().detail(),
        watchUntil);
  }

  private AuditEvent event(Result result) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("detail", result.answer().detail())
        .put("kind", "hand_over_result")
        .put("result", result.answer().kind().name().toLowerCase(java.util.Locale.ROOT))
        .put("route", result.intent().platform())
        .put("subject", result.intent().subject().toString())
        .put("touch", result.intent().touchId())
        .put("v", 1);
    return new AuditEvent(
        ids.next(), "hand_over_result", result.intent().subject(), CanonicalJson.of(body));
  }

  /** Lets what is under way end, and records it. */
  @Override
  public void close() {
    senders.values().forEach(ExecutorService::shutdown);
    for (ExecutorService sender : senders.values()) {
      try {
        sender.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    results.close();
  }
}

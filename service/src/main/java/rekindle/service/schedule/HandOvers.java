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
import rekindle.service.store.NextLooks;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;

/**
 * Hands committed touches over and records what came of it (RELIABILITY, section 2.2, from T2 on).
 * A touch that was committed too long ago, because the process stood still, is not sent. What is
 * not recorded, because the process ends, is found in doubt by the next one. Thread-safe.
 */
final class HandOvers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);

  /** A process that stood still for longer must not go on as if nothing had happened. */
  private static final long PAUSE_MAX_NANOS = Duration.ofSeconds(15).toNanos();

  private static final int QUEUE_MAX = 10_000;
  private static final int GROUP_MAX = 200;

  /** A place at the platform is free again before its result is recorded, so nobody waits. */
  private static final long LINGER_MILLIS = 10;

  private static final long CLOSE_SECONDS = 20;

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
      CrashPoints.reach("before-send");
      answer =
          isTooLate(intent)
              ? Answer.notTaken("the process stood still")
              : lane.platform().handOver(intent);
      CrashPoints.reach("after-send");
    } catch (RuntimeException failed) {
      LOG.error("a hand-over to {} failed in us", lane.name(), failed);
      answer = Answer.inDoubt("failed in us: " + failed.getClass().getSimpleName());
    }
    lane.leave();
    if (answer.kind() == Answer.Kind.NOT_TAKEN) {
      lane.tookNothing(clock.instant());
    } else if (answer.kind() != Answer.Kind.IN_DOUBT) {
      lane.took();
    }
    try {
      // Lost if it closes: then the lease ends, and the touch is in doubt.
      results.offerPatiently(new Result(intent, answer));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isTooLate(Intent intent) {
    Instant notAfter = intent.sendNotAfter();
    return System.nanoTime() - intent.committedNanos() > PAUSE_MAX_NANOS
        || (notAfter != null && clock.instant().isAfter(notAfter));
  }

  private void commit(Handle handle, List<Result> group) {
    CrashPoints.reach("before-record");
    handle.useTransaction(same -> record(same, group));
    CrashPoints.reach("after-record");
  }

  private void fail(List<Result> group, Exception cause) {
    LOG.warn("results of hand-overs were not recorded: {}", cause.getClass().getSimpleName());
    if (group.size() > 1) {
      group.forEach(this::commitAlone);
    }
  }

  private void commitAlone(Result result) {
    try {
      jdbi.useTransaction(handle -> record(handle, List.of(result)));
    } catch (RuntimeException failed) {
      LOG.warn("touch {} will be in doubt", result.intent().touchId());
    }
  }

  private void record(Handle handle, List<Result> group) {
    Instant now = clock.instant();
    var told = new ArrayList<Told>();
    var events = new ArrayList<AuditEvent>();
    var notTaken = new TreeMap<String, List<String>>();
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
            notTaken
                .computeIfAbsent(answer.detail(), detail -> new ArrayList<>())
                .add(intent.touchId());
      }
    }
    ScheduledTouches.tell(handle, told);
    notTaken.forEach(
        (detail, touches) ->
            woken.addAll(
                ScheduledTouches.release(handle, touches, Set.of(State.HANDING_OVER), detail)));
    NextLooks.wake(handle, woken);
    DecisionStore.append(handle, events);
  }

  private static Told told(
      Result result, String outcome, State state, Instant now, @Nullable Instant watchUntil) {
    return new Told(
        result.intent().touchId(), outcome, state, now, result.answer().detail(), watchUntil);
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

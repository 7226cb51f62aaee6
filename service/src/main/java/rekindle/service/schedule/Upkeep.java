package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.handoff.Answer;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platform;
import rekindle.service.handoff.Platforms;
import rekindle.service.optout.Silence;
import rekindle.service.store.NotificationStore;
import rekindle.service.store.NotificationStore.Way;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Attempt;
import rekindle.service.store.ScheduledTouches.Standing;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;
import rekindle.service.store.TouchReaper;
import rekindle.service.store.Wakes;

/**
 * What goes on beside looking: touches whose time is over, questions about those in doubt, people
 * whom nothing wakes or who never answered, notifications. Every process does it; none is special.
 * Thread-safe.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Pace REAP = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Pace ASK = Pace.steady(Duration.ofSeconds(1));
  private static final Pace NOTIFY = Pace.steady(Duration.ofMillis(500));
  private static final Pace SWEEP = Pace.steady(Duration.ofMinutes(10));
  private static final Pace SILENCE = Pace.steady(Duration.ofHours(1));

  /**
   * Leases that ended longer ago are looked for less often: those that are over leave entries in
   * the index, which would all be read again each second.
   */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private static final Pace ALL = new Pace(Duration.ofMinutes(1), Duration.ofMinutes(10));
  private static final int SOME = 100;

  /** Among so many in doubt those are looked for whose turn it is. */
  private static final int DOUBTFUL_MAX = 5_000;

  /** Each may take ten seconds, and all are told before others may take them. */
  private static final int MAILS_MAX = 5;

  private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final int DOUBLINGS_MAX = 10;

  /** 5 s, 10 s … 85 min, then every 85 min: three days and more. */
  private static final int ATTEMPTS_MAX = 60;

  private final Jdbi jdbi;
  private final HandOverConfiguration configuration;
  private final Platforms platforms;
  private final Silence silence;
  private final InstantSource clock;

  /** Until when a touch in doubt is not asked about again, by the clock of the process. */
  private final Map<String, Long> askedUntil = new ConcurrentHashMap<>();

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
    this.platforms = platforms;
    this.silence = silence;
    this.clock = clock;
  }

  void start() {
    paced(REAP, this::reap);
    paced(ASK, this::ask);
    paced(NOTIFY, this::tell);
    paced(NOTIFY, this::mail);
    paced(SWEEP, this::sweep);
    paced(SILENCE, this::endSilence);
  }

  private void paced(Pace pace, Runnable work) {
    threads.execute(() -> pace.repeat(threads, () -> quietly(work)));
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      LOG.warn("upkeep of the schedule failed: {}", failed.getClass().getSimpleName());
    }
  }

  void sweep() {
    int none = jdbi.inTransaction(Wakes::sweep);
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
            "touches released: {}, missed: {}, in doubt: {}, unknown: {}",
            moved.released(),
            moved.missed(),
            moved.inDoubt(),
            moved.unknown());
      }
    } while (!moved.isNone());
  }

  /** Asks platforms that can be asked what became of touches in doubt. */
  void ask() {
    for (Platform platform : platforms.all()) {
      if (platform.isAskable()) {
        List<Standing> doubtful =
            jdbi.withHandle(
                handle -> ScheduledTouches.inDoubt(handle, platform.name(), null, DOUBTFUL_MAX));
        doubtful.stream().filter(this::isTurn).limit(SOME).forEach(touch -> ask(platform, touch));
      }
    }
    long now = System.nanoTime();
    askedUntil.values().removeIf(until -> now - until > ASKED_AGAIN.toNanos());
  }

  private boolean isTurn(Standing touch) {
    @Nullable Long until = askedUntil.get(touch.id());
    return until == null || System.nanoTime() - until >= 0;
  }

  /** Not again for a while; but soon after its time is over, from when on the answer is final. */
  private void isAsked(Standing touch, Instant now) {
    Instant notAfter = touch.sendNotAfter();
    Duration left = notAfter == null ? ASKED_AGAIN : Duration.between(now, notAfter).plusMillis(1);
    boolean isSooner = !left.isNegative() && left.compareTo(ASKED_AGAIN) < 0;
    askedUntil.put(touch.id(), System.nanoTime() + (isSooner ? left : ASKED_AGAIN).toNanos());
  }

  private void ask(Platform platform, Standing touch) {
    isAsked(touch, clock.instant());
    Answer answer = platform.ask(touch.id());
    Instant now = clock.instant();
    jdbi.useTransaction(
        handle -> {
          switch (answer.kind()) {
            case TAKEN ->
                ScheduledTouches.tell(
                    handle,
                    List.of(
                        new Told(
                            touch.id(),
                            touch.attempt(),
                            "handed_over",
                            State.HANDED_OVER,
                            now,
                            answer.detail(),
                            now.plus(configuration.outcomeWithin(touch.channel())))));
            case REFUSED, BOUNCED -> {
              ScheduledTouches.tell(
                  handle,
                  List.of(
                      new Told(
                          touch.id(),
                          touch.attempt(),
                          "failed",
                          State.REJECTED,
                          now,
                          answer.detail(),
                          null)));
              Wakes.wake(handle, List.of(touch.contactId()));
            }
            case NOT_TAKEN -> {
              // A request may still be on its way; once it must not be sent any more, it is not.
              Instant notAfter = touch.sendNotAfter();
              boolean isOver = notAfter != null && now.isAfter(notAfter);
              // A platform that had it and forgot it may have sent it.
              if (isOver && !ScheduledTouches.wasTaken(handle, touch.id())) {
                List<String> released =
                    ScheduledTouches.releaseAttempts(
                        handle,
                        List.of(new Attempt(touch.id(), touch.attempt())),
                        Set.of(State.IN_DOUBT),
                        answer.detail());
                Wakes.wake(handle, released);
              }
            }
            case IN_DOUBT -> {
              // Asked again later.
            }
          }
        });
  }

  /** Tells notifications whose turn it is by webhook. */
  void tell() {
    tell(Way.WEBHOOK, SOME);
  }

  /** The same by e-mail. */
  void mail() {
    tell(Way.MAIL, MAILS_MAX);
  }

  private void tell(Way way, int most) {
    List<NotificationStore.Due> due;
    do {
      due = jdbi.inTransaction(handle -> take(handle, way, most));
      due.forEach(this::tell);
    } while (due.size() == most);
  }

  /** The copies commit with the first taking, so that each is made once. */
  private List<NotificationStore.Due> take(Handle handle, Way way, int most) {
    List<NotificationStore.Due> due = NotificationStore.take(handle, way, most);
    NotificationStore.copy(
        handle,
        due.stream()
            .filter(one -> one.attempts() == 1)
            .map(NotificationStore.Due::notification)
            .flatMap(
                one ->
                    configuration.copies(one).stream()
                        .map(endpoint -> new NotificationStore.Copy(one.id(), endpoint)))
            .toList());
    return due;
  }

  private void tell(NotificationStore.Due due) {
    var id = due.notification().id();
    @Nullable String message = platforms.tell(due);
    if (message == null) {
      jdbi.useHandle(handle -> NotificationStore.delivered(handle, id));
    } else if (message.isEmpty()) {
      jdbi.useHandle(handle -> NotificationStore.giveUp(handle, id, "nobody is configured"));
    } else if (due.attempts() >= ATTEMPTS_MAX) {
      LOG.warn("notification {} was given up: {}", id, message);
      jdbi.useHandle(handle -> NotificationStore.giveUp(handle, id, message));
    } else {
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(due.attempts() - 1, DOUBLINGS_MAX));
      jdbi.useHandle(handle -> NotificationStore.later(handle, id, wait, message));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(15, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

package rekindle.service.schedule;

import static rekindle.service.store.StoredFactsReader.CLOCKS_DIFFER_MAX;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.handoff.Answer;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platform;
import rekindle.service.handoff.Platforms;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Attempt;
import rekindle.service.store.ScheduledTouches.Standing;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;
import rekindle.service.store.Wakes;

/** Asks platforms that can be asked what became of touches in doubt. Thread-safe. */
final class StatusQueries {
  private static final Logger LOG = LoggerFactory.getLogger(StatusQueries.class);
  private static final int SOME = 100;

  /** Among so many in doubt those are looked for whose turn it is. */
  private static final int DOUBTFUL_MAX = 5_000;

  /** After so long other platforms are asked: one that is slow does not hold them up. */
  private static final Duration ROUND = Duration.ofSeconds(5);

  private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final HandOverConfiguration configuration;
  private final Platforms platforms;
  private final InstantSource clock;

  /** Until when a touch in doubt is not asked about again, by the clock of the process. */
  private final Map<String, Long> askedUntil = new ConcurrentHashMap<>();

  StatusQueries(
      Jdbi jdbi, HandOverConfiguration configuration, Platforms platforms, InstantSource clock) {
    this.jdbi = jdbi;
    this.configuration = configuration;
    this.platforms = platforms;
    this.clock = clock;
  }

  /** Asks about those whose turn it is. */
  void ask() {
    platforms.all().stream().filter(Platform::isAskable).forEach(this::ask);
    long now = System.nanoTime();
    askedUntil.values().removeIf(until -> now - until > ASKED_AGAIN.toNanos());
  }

  private void ask(Platform platform) {
    try {
      List<Standing> doubtful =
          jdbi.withHandle(
              handle -> ScheduledTouches.inDoubt(handle, platform.name(), null, DOUBTFUL_MAX));
      long started = System.nanoTime();
      doubtful.stream()
          .filter(this::isTurn)
          .limit(SOME)
          .takeWhile(touch -> System.nanoTime() - started < ROUND.toNanos())
          .forEach(touch -> ask(platform, touch));
    } catch (RuntimeException failed) {
      LOG.warn(
          "what {} has could not be asked: {}", platform.name(), failed.getClass().getSimpleName());
    }
  }

  private boolean isTurn(Standing touch) {
    @Nullable Long until = askedUntil.get(touch.id());
    return until == null || System.nanoTime() - until >= 0;
  }

  /**
   * Whether a platform that is asked now sends the touch no more if it does not have it: its time
   * is over by the platform's clock too.
   */
  private static boolean isOver(Standing touch, Instant asked) {
    Instant notAfter = touch.sendNotAfter();
    return notAfter != null && asked.isAfter(notAfter.plus(CLOCKS_DIFFER_MAX));
  }

  /** Not again for a while; but soon after its time is over, from when on the answer is final. */
  private void isAsked(Standing touch, Instant asked) {
    Instant notAfter = touch.sendNotAfter();
    Duration left =
        notAfter == null
            ? ASKED_AGAIN
            : Duration.between(asked, notAfter.plus(CLOCKS_DIFFER_MAX)).plusMillis(1);
    boolean isSooner = !left.isNegative() && left.compareTo(ASKED_AGAIN) < 0;
    askedUntil.put(touch.id(), System.nanoTime() + (isSooner ? left : ASKED_AGAIN).toNanos());
  }

  private void ask(Platform platform, Standing touch) {
    try {
      Instant asked = clock.instant();
      isAsked(touch, asked);
      Answer answer = platform.ask(touch.id());
      jdbi.useTransaction(handle -> answered(handle, touch, answer, asked));
    } catch (RuntimeException failed) {
      LOG.warn(
          "touch {} stays in doubt, and is asked about again: {}",
          touch.id(),
          failed.getClass().getSimpleName());
    }
  }

  private void answered(Handle handle, Standing touch, Answer answer, Instant asked) {
    Instant now = clock.instant();
    switch (answer.kind()) {
      case TAKEN -> taken(handle, touch, answer, now);
      case REFUSED, BOUNCED -> {
        tell(handle, touch, "failed", State.REJECTED, now, answer, null);
        Wakes.wake(handle, List.of(touch.contactId()));
      }
      case NOT_TAKEN -> notTaken(handle, touch, answer, asked);
      case IN_DOUBT -> {
        // Asked again later.
      }
    }
  }

  /** One that has it, and told nothing of it for long, tells nothing more. */
  private void taken(Handle handle, Standing touch, Answer answer, Instant now) {
    if (ScheduledTouches.wasTaken(handle, touch.id())) {
      tell(handle, touch, "handed_over", State.DONE, now, answer, null);
    } else {
      Instant watchUntil = now.plus(configuration.outcomeWithin(touch.channel()));
      tell(handle, touch, "handed_over", State.HANDED_OVER, now, answer, watchUntil);
    }
  }

  private static void tell(
      Handle handle,
      Standing touch,
      String outcome,
      State state,
      Instant now,
      Answer answer,
      @Nullable Instant watchUntil) {
    ScheduledTouches.tell(
        handle,
        List.of(
            new Told(
                touch.id(), touch.attempt(), outcome, state, now, answer.detail(), watchUntil)));
  }

  private static void notTaken(Handle handle, Standing touch, Answer answer, Instant asked) {
    // A request may still be on its way, or have come between the question and now. A platform that
    // had it and forgot it may have sent it.
    if (isOver(touch, asked) && !ScheduledTouches.wasTaken(handle, touch.id())) {
      List<String> released =
          ScheduledTouches.releaseAttempts(
              handle,
              List.of(new Attempt(touch.id(), touch.attempt())),
              Set.of(State.IN_DOUBT),
              answer.detail());
      Wakes.wake(handle, released);
    }
  }
}

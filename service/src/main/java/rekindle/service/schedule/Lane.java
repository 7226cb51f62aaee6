package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rekindle.service.handoff.Answer;
import rekindle.service.handoff.Platform;

/**
 * The way to one platform: as many hand-overs under way as it takes. After it took nothing, or
 * answered nothing, some times in a row, none go to it for a while, each time longer, and then one
 * alone, until it takes one. Thread-safe.
 */
final class Lane {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 6;
  private static final int FAILURES_BEFORE_PAUSE = 3;

  /**
   * Each costs a touch that may not be made again, but some happen with a platform that is well.
   */
  private static final int DOUBTS_BEFORE_PAUSE = 10;

  private final Platform platform;
  private final int places;
  private final Semaphore free;
  private int failures;
  private int doubts;
  private @Nullable Instant pausedAt;
  private @Nullable Instant pausedUntil;

  Lane(Platform platform) {
    this.platform = platform;
    // Some wait for a connection while their commit is under way.
    this.places = 2 * platform.concurrency();
    this.free = new Semaphore(places);
  }

  String name() {
    return platform.name();
  }

  Platform platform() {
    return platform;
  }

  /** Takes a place; false if there is none, or if the one that shows how it goes is under way. */
  boolean enter() {
    if (!free.tryAcquire()) {
      return false;
    }
    if (isSuspect() && underWay() > 1) {
      free.release();
      return false;
    }
    return true;
  }

  /** Whether it took none since it took nothing for a while. */
  synchronized boolean isSuspect() {
    return pausedUntil != null;
  }

  void leave() {
    free.release();
  }

  /** How many hand-overs may be under way at once. */
  int places() {
    return places;
  }

  int free() {
    return free.availablePermits();
  }

  int underWay() {
    return places - free.availablePermits();
  }

  /** Null if it is not paused. */
  synchronized @Nullable Instant pausedUntil(Instant now) {
    return pausedUntil != null && pausedUntil.isAfter(now) ? pausedUntil : null;
  }

  /**
   * Learns how the platform is from what it answered.
   *
   * @param begun when it was asked; what was under way when a pause began tells nothing more
   */
  synchronized void answered(Answer answer, Instant begun, Instant now) {
    if (answer.isOfTouchAlone()) {
      failures = 0;
      doubts = 0;
      pausedUntil = null;
    } else if (pausedUntil != null && begun.isBefore(pausedAt)) {
      return;
    } else if (answer.kind() == Answer.Kind.IN_DOUBT) {
      doubts++;
      pause(doubts - DOUBTS_BEFORE_PAUSE, now);
    } else {
      failures++;
      pause(failures - FAILURES_BEFORE_PAUSE, now);
    }
  }

  private void pause(int times, Instant now) {
    if (times >= 0) {
      pausedAt = now;
      pausedUntil = now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(times, DOUBLINGS_MAX)));
    }
  }
}

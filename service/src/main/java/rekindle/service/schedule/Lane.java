package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rekindle.service.handoff.Platform;

/**
 * The way to one platform: as many hand-overs under way as it takes, and none for a while after it
 * took nothing, each time longer. Thread-safe.
 */
final class Lane {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 6;
  private static final int FAILURES_BEFORE_PAUSE = 3;

  private final Platform platform;
  private final int places;
  private final Semaphore free;
  private int failures;
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

  boolean enter() {
    return free.tryAcquire();
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

  synchronized void took() {
    failures = 0;
    pausedUntil = null;
  }

  synchronized void tookNothing(Instant now) {
    failures++;
    if (failures >= FAILURES_BEFORE_PAUSE) {
      int doublings = Math.min(failures - FAILURES_BEFORE_PAUSE, DOUBLINGS_MAX);
      pausedUntil = now.plus(FIRST_PAUSE.multipliedBy(1L << doublings));
    }
  }
}

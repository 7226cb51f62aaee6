package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.message.PassedMessage;
import rekindle.service.store.ScheduledTouches.State;

/**
 * Where touches go: to a person, to a platform that is told, or to one that asks. A platform that
 * has as much as it takes, or that cannot be reached, gets nothing reserved. Thread-safe.
 */
final class Routes implements Taker {
  static final String TASK = "task";

  /** So long a platform may take to show whether it takes touches again. */
  private static final Duration SUSPECT = Duration.ofSeconds(15);

  private static final Duration BUSY = Duration.ofSeconds(2);

  /** Somebody must mend the message, or what it lacks. */
  private static final Duration UNFIT = Duration.ofHours(1);

  private final HandOverConfiguration configuration;
  private final Composer composer;
  private final Duration lease;
  private final Map<String, Lane> lanes = new TreeMap<>();

  /**
   * @param lease how long a process has a hand-over to itself
   */
  Routes(
      HandOverConfiguration configuration,
      Composer composer,
      Duration lease,
      Iterable<Lane> lanes) {
    this.configuration = configuration;
    this.lease = lease;
    this.composer = composer;
    lanes.forEach(lane -> this.lanes.put(lane.name(), lane));
  }

  @Override
  public Taking take(Handle handle, Decided decided, PlannedTouch touch, String touchId) {
    Instant asOf = decided.asOf();
    if (touch.by().equals("person")) {
      return new Reserve(State.TASK, TASK, null, null, null, touch.notAfter(), null, null);
    }
    Lane lane = lanes.get(configuration.route(touch.channel()));
    if (lane == null) {
      return new Ready();
    }
    Instant pausedUntil = lane.pausedUntil(asOf);
    if (pausedUntil != null) {
      return new Held("platform_unavailable", pausedUntil);
    }
    PassedMessage message = null;
    if (lane.platform().wantsMessages()) {
      message = composer.compose(handle, decided).passed().orElse(null);
      if (message == null) {
        return new Held("preflight_failed", asOf.plus(UNFIT));
      }
    }
    if (!lane.enter()) {
      return lane.isSuspect()
          ? new Held("platform_unavailable", asOf.plus(SUSPECT))
          : new Held("platform_busy", asOf.plus(BUSY));
    }
    return new Reserve(
        State.HANDING_OVER,
        lane.name(),
        null,
        lease,
        sendNotAfter(asOf, touch),
        null,
        null,
        message);
  }

  @Override
  public void undo(Reserve reserve) {
    Lane lane = lanes.get(reserve.route());
    if (lane != null && reserve.state() == State.HANDING_OVER) {
      lane.leave();
    }
  }

  /** The last instant at which a platform may send: soon, and within the permitted hours. */
  Instant sendNotAfter(Instant asOf, PlannedTouch touch) {
    Instant soon = asOf.plus(configuration.sendWithin(touch.channel()));
    @Nullable Instant notAfter = touch.notAfter();
    return notAfter != null && notAfter.isBefore(soon) ? notAfter : soon;
  }
}

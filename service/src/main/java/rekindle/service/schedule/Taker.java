package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.service.message.PassedMessage;
import rekindle.service.store.ScheduledTouches.State;

/** Whoever touches are reserved for: says of each that was decided whether it is to be reserved. */
interface Taker {
  /** What becomes of a touch. */
  sealed interface Taking {}

  /**
   * It is reserved.
   *
   * @param lease how long its holder has, by the database's clock; null for no lease
   * @param watchUntil by when something must be told of it; null for no matter
   * @param confirmKey of the request that may send it
   * @param message what is sent; null where whoever has it makes it
   */
  record Reserve(
      State state,
      String route,
      @Nullable String client,
      @Nullable Duration lease,
      @Nullable Instant sendNotAfter,
      @Nullable Instant watchUntil,
      @Nullable String confirmKey,
      @Nullable PassedMessage message)
      implements Taking {}

  /** It waits for a platform that asks. */
  record Ready() implements Taking {}

  /**
   * Not now.
   *
   * @param reason a code
   * @param until when to look again
   */
  record Held(String reason, Instant until) implements Taking {}

  /**
   * @param touchId the id that the touch has, or will have
   */
  Taking take(Handle handle, Decided decided, PlannedTouch touch, String touchId);

  /** What was to be reserved is not, after all. */
  default void undo(Reserve reserve) {}
}

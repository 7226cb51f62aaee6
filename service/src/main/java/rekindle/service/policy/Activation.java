package rekindle.service.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.service.policy.PolicyEvents.Actor;

/**
 * One switch of the active release.
 *
 * @param isRollBack whether it goes back to a release that was active before
 * @param state {@code waiting}, {@code announced}, {@code done}, {@code failed} or {@code
 *     cancelled}
 * @param wantedAt when it was asked for
 * @param switchAt from when on all processes decide by it; null while that is not known
 * @param message why it failed; null if it did not
 */
public record Activation(
    long id,
    String release,
    boolean isRollBack,
    String state,
    Instant wantedAt,
    @Nullable Instant switchAt,
    Actor actor,
    @Nullable String comment,
    @Nullable String message,
    @Nullable Instant finishedAt) {
  static final String WAITING = "waiting";
  static final String ANNOUNCED = "announced";
  static final String FAILED = "failed";

  /** Whether it may still come about. */
  boolean isOpen() {
    return state.equals(WAITING) || state.equals(ANNOUNCED);
  }

  public boolean isFailed() {
    return state.equals(FAILED);
  }
}

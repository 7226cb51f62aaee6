package rekindle.service.policy;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which release decides for whom, as the store said at one moment. Instants are {@link
 * System#nanoTime()} of this process, so that a clock that is set changes nothing.
 *
 * @param active the release that decides now
 * @param next the release that decides from {@code nextNanos} on, in all processes; null if none is
 *     announced
 * @param readNanos when the store said so
 */
record Standing(
    String active,
    @Nullable String next,
    long nextNanos,
    @Nullable RunningPilot pilot,
    @Nullable RunningShadow shadow,
    long readNanos) {

  /**
   * A release that decides for some persons.
   *
   * @param startNanos from when on
   */
  record RunningPilot(PilotGroup group, long startNanos) {}

  /** The release that decides for everybody. */
  String release(long nanos) {
    return next != null && nanos - nextNanos >= 0 ? next : active;
  }

  /** The release that is tried with a person; null if the active one decides. */
  @Nullable String piloted(@Nullable String person, long nanos) {
    return pilot != null && person != null && nanos - pilot.startNanos >= 0
        ? pilot.group.releaseFor(person)
        : null;
  }

  /** Releases that must stay compiled. */
  Set<String> inUse() {
    var inUse = new HashSet<String>();
    inUse.add(active);
    if (next != null) {
      inUse.add(next);
    }
    if (pilot != null) {
      inUse.add(pilot.group.release());
    }
    if (shadow != null) {
      inUse.add(shadow.release());
    }
    return inUse;
  }
}

package rekindle.service.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.json.Rfc3339;
import rekindle.service.policy.PolicyEvents.Actor;

/**
 * Carries activations out: a switch is announced once every living process has compiled the
 * release, comes about in all of them at the announced instant, and is written down after it. If
 * one cannot compile it, nothing is switched and an alarm says why. Any process may do each step;
 * the row of the active release is the lock. Thread-safe.
 */
final class Switching {
  private static final Logger LOG = LoggerFactory.getLogger(Switching.class);

  /** How long a process may be silent and still be waited for. */
  static final Duration SILENT_MAX = Duration.ofSeconds(10);

  /**
   * How long before its instant a switch is announced, so that it comes neither late nor unasked.
   */
  private static final Duration ANNOUNCED_BEFORE = Duration.ofSeconds(5);

  /** How long past its instant an activation may wait for processes that live. */
  private static final Duration LATE_MAX = Duration.ofMinutes(2);

  private static final String LOCK =
      """
      select release_id, next_id, next_at, activation_id, clock_timestamp() as now
        from active_release for update skip locked
      """;

  private static final String PROCESSES =
      """
      select id, :release = any(prepared) as prepared, refused ->> :release as refusal
        from service_process
       where heartbeat_at > clock_timestamp() - make_interval(secs => :silentSeconds)
       order by id
      """;

  private final Activations activations;
  private final PolicyEvents events;

  Switching(Activations activations, PolicyEvents events) {
    this.activations = activations;
    this.events = events;
  }

  private record Active(
      String release,
      @Nullable String next,
      @Nullable Instant nextAt,
      long activation,
      Instant now) {}

  private record Process(String id, boolean isPrepared, @Nullable String refusal) {}

  /** Takes the next step, if there is one and no other process takes it; needs a transaction. */
  void step(Handle handle) {
    Optional<Active> locked = handle.createQuery(LOCK).map((row, context) -> active(row)).findOne();
    if (locked.isEmpty()) {
      return;
    }
    Active active = locked.get();
    if (active.next != null) {
      if (!active.now.isBefore(Objects.requireNonNull(active.nextAt))) {
        finish(handle, active, active.next, active.nextAt);
      }
      return;
    }
    for (Activation activation : activations.open(handle)) {
      if (!activation.wantedAt().isAfter(active.now.plus(ANNOUNCED_BEFORE))) {
        announce(handle, active, activation);
        return;
      }
    }
  }

  private void announce(Handle handle, Active active, Activation activation) {
    String why = obstacle(handle, active, activation);
    if (why != null) {
      fail(handle, activation, why);
      return;
    }
    List<Process> waitedFor =
        processes(handle, activation.release()).stream().filter(p -> !p.isPrepared).toList();
    if (!waitedFor.isEmpty()) {
      if (active.now.isAfter(activation.wantedAt().plus(LATE_MAX))) {
        fail(
            handle,
            activation,
            "Processes that live had not compiled it in time: "
                + waitedFor.stream().map(Process::id).collect(Collectors.joining(", ")));
      }
      return;
    }
    Instant soon = active.now.plus(ActivePolicy.ANNOUNCED_AHEAD);
    Instant at = activation.wantedAt().isAfter(soon) ? activation.wantedAt() : soon;
    handle
        .createUpdate(
            "update active_release set next_id = :id, next_at = :at, activation_id = :activation")
        .bind("id", activation.release())
        .bind("at", at)
        .bind("activation", activation.id())
        .execute();
    handle
        .createUpdate("update activation set state = 'announced', switch_at = :at where id = :id")
        .bind("id", activation.id())
        .bind("at", at)
        .execute();
    LOG.info("from {} on all processes decide by release {}", at, activation.release());
  }

  private @Nullable String obstacle(Handle handle, Active active, Activation activation) {
    ReleaseRecord release = ReleaseRecords.lock(handle, activation.release());
    boolean isApproved =
        release.state() == ReleaseState.APPROVED || release.state() == ReleaseState.SCHEDULED;
    if (activation.isRollBack() ? release.state() != ReleaseState.RETIRED : !isApproved) {
      return "The release is " + release.state().code() + " by now.";
    }
    if (!activation.isRollBack() && !active.release.equals(release.base())) {
      return "The release was drafted from "
          + release.base()
          + ", which is not active any more. POST its merge and have that approved.";
    }
    if (!activation.isRollBack()
        && Approvals.hadAHand(handle, release, Objects.requireNonNull(release.approver()))) {
      return "The approver holds a key of an author by now. Have somebody else approve it.";
    }
    return processes(handle, activation.release()).stream()
        .filter(process -> process.refusal != null)
        .map(process -> "Process " + process.id + " cannot load it: " + process.refusal)
        .findFirst()
        .orElse(null);
  }

  private static List<Process> processes(Handle handle, String release) {
    return handle
        .createQuery(PROCESSES)
        .bind("release", release)
        .bind("silentSeconds", SILENT_MAX.toSeconds())
        .map(
            (row, context) ->
                new Process(
                    row.getString("id"), row.getBoolean("prepared"), row.getString("refusal")))
        .list();
  }

  private void finish(Handle handle, Active active, String next, Instant at) {
    Activation activation = activations.find(handle, active.activation).orElseThrow();
    handle
        .createUpdate(
            """
            update active_release
               set release_id = next_id, since = next_at, next_id = null, next_at = null
            """)
        .execute();
    ReleaseRecords.change(handle, active.release, ReleaseState.RETIRED);
    ReleaseRecords.change(handle, next, ReleaseState.ACTIVE);
    close(handle, activation, "done", null);
    Trials.endAll(handle, "another release is active");
    var details = Map.of("since", Rfc3339.format(at), "before", active.release);
    String action = activation.isRollBack() ? "rolled_back_to" : "activated";
    events.tell(handle, active.release, "retired", activation.actor(), activation.comment());
    events.tell(handle, next, action, activation.actor(), activation.comment(), details);
    LOG.info("release {} is active since {}", next, at);
  }

  private void fail(Handle handle, Activation activation, String why) {
    close(handle, activation, Activation.FAILED, why);
    if (ReleaseRecords.get(handle, activation.release()).state() == ReleaseState.SCHEDULED) {
      ReleaseRecords.change(handle, activation.release(), ReleaseState.APPROVED);
    }
    Actor actor = activation.actor();
    events.tell(handle, activation.release(), "activation_failed", actor, why);
    LOG.error(
        "ALARM: release {} is not activated, the old one stays. {}", activation.release(), why);
  }

  private static void close(
      Handle handle, Activation activation, String state, @Nullable String message) {
    handle
        .createUpdate(
            """
            update activation set state = :state, message = :message, finished_at = clock_timestamp()
             where id = :id
            """)
        .bind("id", activation.id())
        .bind("state", state)
        .bind("message", message)
        .execute();
  }

  private static Active active(ResultSet row) throws SQLException {
    return new Active(
        row.getString("release_id"),
        row.getString("next_id"),
        ReleaseRecords.instant(row, "next_at"),
        row.getLong("activation_id"),
        Objects.requireNonNull(ReleaseRecords.instant(row, "now")));
  }
}

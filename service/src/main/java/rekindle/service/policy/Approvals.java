package rekindle.service.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * A release on its way from draft to approved: submitted by an author, approved by somebody who had
 * no hand in it. All of it is bound to the id, which is the hash of the content. Every change needs
 * an open transaction and is an event of the audit log. Thread-safe.
 */
public final class Approvals {
  // The store has the last word on persons: also of clients that changed hands since.
  private static final String HANDS =
      """
      select author.person from release_author author where author.release_id = :id
      union
      select client.person
        from release_author author join api_client client on client.name = author.client
       where author.release_id = :id
      """;

  private static final String APPROVE =
      """
      update release_state
         set state = 'approved', approver_client = :client, approver_person = :person,
             changed_at = clock_timestamp()
       where release_id = :id
      """;

  private final PolicyEvents events;

  public Approvals(PolicyEvents events) {
    this.events = events;
  }

  /** The releases, the newest first. */
  public List<ReleaseRecord> latest(Handle handle, @Nullable ReleaseState state, int most) {
    return ReleaseRecords.latest(handle, state, most);
  }

  /**
   * A release.
   *
   * @throws ProblemException {@code not_found}, here and below
   */
  public ReleaseRecord get(Handle handle, String id) {
    return ReleaseRecords.get(handle, id);
  }

  /** What was done with a release, in its order. */
  public List<ReleaseRecord.Event> history(Handle handle, String id) {
    return ReleaseRecords.history(handle, id);
  }

  /**
   * Asks for approval.
   *
   * @throws ProblemException {@code release_state}, {@code release_has_errors}, {@code
   *     base_not_active}
   */
  public ReleaseRecord submit(Handle handle, String id, Actor author, @Nullable String comment) {
    ReleaseRecord release = locked(handle, id, "submitted", EnumSet.of(ReleaseState.DRAFT));
    if (release.errors() > 0) {
      throw new ProblemException(
          ProblemType.RELEASE_HAS_ERRORS.problem(
              "The release has errors ("
                  + release.errors()
                  + "). Mend what its findings list, and upload the workbooks again."));
    }
    requireActiveBase(release);
    return changed(handle, id, ReleaseState.SUBMITTED, "submitted", author, comment);
  }

  /**
   * Takes a submitted release back to a draft.
   *
   * @throws ProblemException {@code release_state}
   */
  public ReleaseRecord withdraw(Handle handle, String id, Actor author, @Nullable String comment) {
    locked(handle, id, "withdrawn", EnumSet.of(ReleaseState.SUBMITTED));
    return changed(handle, id, ReleaseState.DRAFT, "withdrawn", author, comment);
  }

  /**
   * Approves.
   *
   * @throws ProblemException {@code release_state}, {@code own_release}, {@code base_not_active}
   */
  public ReleaseRecord approve(Handle handle, String id, Actor approver, @Nullable String comment) {
    ReleaseRecord release = locked(handle, id, "approved", EnumSet.of(ReleaseState.SUBMITTED));
    requireNoHand(handle, release, approver);
    requireActiveBase(release);
    handle
        .createUpdate(APPROVE)
        .bind("id", id)
        .bind("client", approver.client())
        .bind("person", approver.person())
        .execute();
    events.tell(handle, id, "approved", approver, comment);
    return get(handle, id);
  }

  /**
   * Rejects, also what was approved before.
   *
   * @throws ProblemException {@code release_state}
   */
  public ReleaseRecord reject(Handle handle, String id, Actor approver, String reason) {
    locked(handle, id, "rejected", EnumSet.of(ReleaseState.SUBMITTED, ReleaseState.APPROVED));
    return changed(handle, id, ReleaseState.REJECTED, "rejected", approver, reason);
  }

  /** Says something about a release, in whatever state it is. */
  public ReleaseRecord comment(Handle handle, String id, Actor actor, String comment) {
    ReleaseRecords.lock(handle, id);
    events.tell(handle, id, "commented", actor, comment);
    return get(handle, id);
  }

  /** Whether somebody had a hand in a release, under whatever key and whoever held it when. */
  static boolean hadAHand(Handle handle, ReleaseRecord release, Actor actor) {
    return hands(handle, release.id()).contains(actor.person())
        || release.authors().stream().anyMatch(a -> a.client().equals(actor.client()));
  }

  /** Two persons are needed, whatever keys they hold. */
  static void requireNoHand(Handle handle, ReleaseRecord release, Actor approver) {
    if (hadAHand(handle, release, approver)) {
      throw new ProblemException(
          ProblemType.OWN_RELEASE.problem(
              "The approver, "
                  + approver.person()
                  + ", had a hand in this release. Somebody else approves it: none of "
                  + String.join(", ", hands(handle, release.id()))
                  + "."));
    }
  }

  private static List<String> hands(Handle handle, String id) {
    return handle.createQuery(HANDS).bind("id", id).mapTo(String.class).list();
  }

  /** The release if it is in one of the states in which a thing may be done with it. */
  static ReleaseRecord locked(Handle handle, String id, String action, Set<ReleaseState> from) {
    ReleaseRecord release = ReleaseRecords.lock(handle, id);
    if (!from.contains(release.state())) {
      String states = from.stream().map(ReleaseState::code).collect(Collectors.joining(" or "));
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "The release is "
                  + release.state().code()
                  + "; only one that is "
                  + states
                  + " can be "
                  + action
                  + ". Nothing was done."));
    }
    return release;
  }

  /** Activating it would silently take back what others changed since it was drafted. */
  static void requireActiveBase(ReleaseRecord release) {
    if (!release.isBaseActive()) {
      throw new ProblemException(
          ProblemType.BASE_NOT_ACTIVE.problem(
              "The release was drafted from "
                  + release.base()
                  + ", which is not active any more. POST its merge: that makes a draft with the"
                  + " changes of both."));
    }
  }

  private ReleaseRecord changed(
      Handle handle,
      String id,
      ReleaseState to,
      String action,
      Actor actor,
      @Nullable String comment) {
    ReleaseRecords.change(handle, id, to);
    events.tell(handle, id, action, actor, comment);
    return get(handle, id);
  }
}

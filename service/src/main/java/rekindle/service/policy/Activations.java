package rekindle.service.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.json.Rfc3339;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * What is asked of the active release: to be another one, at once or at an instant, or the one
 * before. {@link Switching} carries it out. Every change needs an open transaction and is an event
 * of the audit log. Instants are the database's. Thread-safe.
 */
public final class Activations {
  /** How far in the past an instant may lie, because clocks differ, and mean at once. */
  private static final Duration PAST_MAX = Duration.ofMinutes(1);

  private static final String COLUMNS =
      """
      select id, release_id, kind, state, wanted_at, switch_at, client, person, comment, message,
             finished_at
        from activation
      """;

  private static final String REQUEST =
      """
      insert into activation (release_id, kind, state, wanted_at, client, person, comment)
      values (:release, :kind, 'waiting', coalesce(:at, clock_timestamp()), :client, :person, :comment)
      returning id
      """;

  private static final String ACTIVE = "select release_id from active_release for update";

  // The first release was there before anybody drafted from it.
  private static final String DONE =
      """
      select release_id, false as is_roll_back, uploaded_at as at, 0 as id from release_state
       where base_id is null
      union all
      select release_id, kind = 'roll_back', finished_at, id from activation where state = 'done'
       order by at, id
      """;

  private final PolicyEvents events;

  public Activations(PolicyEvents events) {
    this.events = events;
  }

  /** What the request came to. */
  public record Requested(long activation, ReleaseRecord release) {}

  /**
   * Asks that an approved release be active.
   *
   * @param at from when on; null for at once
   * @throws ProblemException {@code not_found}, {@code release_state}, {@code base_not_active},
   *     {@code own_release} if the approver holds a key of an author by now, {@code invalid_input}
   *     if the instant is past
   */
  public Requested activate(
      Handle handle, String id, @Nullable Instant at, Actor approver, @Nullable String comment) {
    ReleaseRecord release =
        Approvals.locked(handle, id, "activated", EnumSet.of(ReleaseState.APPROVED));
    Approvals.requireActiveBase(release);
    Approvals.requireNoHand(handle, release, Objects.requireNonNull(release.approver()));
    refusePast(handle, at);
    long activation = request(handle, id, "activation", at, approver, comment);
    if (at != null) {
      ReleaseRecords.change(handle, id, ReleaseState.SCHEDULED);
      events.tell(
          handle, id, "scheduled", approver, comment, Map.of("activatesAt", Rfc3339.format(at)));
    }
    return new Requested(activation, ReleaseRecords.get(handle, id));
  }

  /**
   * Takes a scheduled activation back.
   *
   * @throws ProblemException {@code not_found}, {@code release_state}, also where the switch is
   *     announced already
   */
  public ReleaseRecord unschedule(
      Handle handle, String id, Actor approver, @Nullable String comment) {
    Approvals.locked(handle, id, "unscheduled", EnumSet.of(ReleaseState.SCHEDULED));
    int cancelled =
        handle
            .createUpdate(
                """
                update activation set state = 'cancelled', finished_at = clock_timestamp()
                 where release_id = :id and state = 'waiting'
                """)
            .bind("id", id)
            .execute();
    if (cancelled == 0) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "The switch to this release is announced to all processes and comes within seconds."
                  + " Roll back once it is active."));
    }
    ReleaseRecords.change(handle, id, ReleaseState.APPROVED);
    events.tell(handle, id, "unscheduled", approver, comment);
    return ReleaseRecords.get(handle, id);
  }

  /**
   * Asks that a release be active again at once.
   *
   * @param id the release; null for the one that was active before the present one
   * @throws ProblemException {@code not_found}; {@code release_state} if it never was active, or if
   *     there is none to go back to
   */
  public Requested rollBack(Handle handle, @Nullable String id, Actor approver, String reason) {
    String active = handle.createQuery(ACTIVE).mapTo(String.class).one();
    String to = id != null ? id : before(handle);
    if (to.equals(active)) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem("The release is active already. Nothing was done."));
    }
    Approvals.locked(handle, to, "rolled back to", EnumSet.of(ReleaseState.RETIRED));
    refuseIfOpen(handle, to);
    long activation = request(handle, to, "roll_back", null, approver, reason);
    return new Requested(activation, ReleaseRecords.get(handle, to));
  }

  /** What was active before the present release, leaving out what was rolled back already. */
  private static String before(Handle handle) {
    record Done(String release, boolean isRollBack) {}
    var line = new ArrayDeque<String>();
    for (Done done :
        handle
            .createQuery(DONE)
            .map((row, context) -> new Done(row.getString(1), row.getBoolean(2)))
            .list()) {
      if (done.isRollBack && line.contains(done.release)) {
        while (!done.release.equals(line.peek())) {
          line.pop();
        }
      } else {
        line.push(done.release);
      }
    }
    line.poll();
    String before = line.poll();
    if (before == null) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "No release was active before this one, so there is none to go back to."));
    }
    return before;
  }

  /** The id of the last activation that was asked for of a release. */
  public long latestOf(Handle handle, String release) {
    return handle
        .createQuery("select max(id) from activation where release_id = :release")
        .bind("release", release)
        .mapTo(Long.class)
        .one();
  }

  /** An activation by its id. */
  Optional<Activation> find(Handle handle, long id) {
    return handle
        .createQuery(COLUMNS + "where id = :id")
        .bind("id", id)
        .map((row, context) -> activation(row))
        .findOne();
  }

  /** Those that wait or are announced, in the order in which they come about. */
  List<Activation> open(Handle handle) {
    return handle
        .createQuery(
            COLUMNS
                + """
                  where state in ('waiting', 'announced')
                  order by kind desc, wanted_at, id
                  """)
        .map((row, context) -> activation(row))
        .list();
  }

  /** The last one that failed, unless one was carried out since: what an operator must know. */
  public Optional<Activation> alarm(Handle handle) {
    return handle
        .createQuery(
            COLUMNS
                + """
                  where state in ('done', 'failed') order by finished_at desc, id desc limit 1
                  """)
        .map((row, context) -> activation(row))
        .findOne()
        .filter(Activation::isFailed);
  }

  private static long request(
      Handle handle,
      String release,
      String kind,
      @Nullable Instant at,
      Actor actor,
      @Nullable String comment) {
    refuseIfOpen(handle, release);
    return handle
        .createQuery(REQUEST)
        .bind("release", release)
        .bind("kind", kind)
        .bind("at", at)
        .bind("client", actor.client())
        .bind("person", actor.person())
        .bind("comment", comment)
        .mapTo(Long.class)
        .one();
  }

  private static void refuseIfOpen(Handle handle, String release) {
    boolean open =
        handle
            .createQuery(
                """
                select exists (select from activation
                                where release_id = :id and state in ('waiting', 'announced'))
                """)
            .bind("id", release)
            .mapTo(Boolean.class)
            .one();
    if (open) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "The release is about to be active already. Nothing was done."));
    }
  }

  private static void refusePast(Handle handle, @Nullable Instant at) {
    if (at == null) {
      return;
    }
    Instant now =
        handle
            .createQuery("select clock_timestamp()")
            .mapTo(java.time.OffsetDateTime.class)
            .one()
            .toInstant();
    if (at.isBefore(now.minus(PAST_MAX))) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "/at",
                      "lies in the past; it is "
                          + Rfc3339.format(now)
                          + " now. Leave it out to activate at once"))));
    }
  }

  private static Activation activation(ResultSet row) throws SQLException {
    return new Activation(
        row.getLong("id"),
        row.getString("release_id"),
        row.getString("kind").equals("roll_back"),
        row.getString("state"),
        Objects.requireNonNull(ReleaseRecords.instant(row, "wanted_at")),
        ReleaseRecords.instant(row, "switch_at"),
        new Actor(row.getString("client"), row.getString("person")),
        row.getString("comment"),
        row.getString("message"),
        ReleaseRecords.instant(row, "finished_at"));
  }
}

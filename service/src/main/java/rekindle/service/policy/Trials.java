package rekindle.service.policy;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * Pilots and shadows: a pilot decides for some persons, so it must be approved; a shadow decides
 * without effect, so any release without errors may be one. One of each runs at a time. Both end
 * when another release becomes active. Every change needs an open transaction and is an event of
 * the audit log. Thread-safe.
 */
public final class Trials {
  /** What decides for some persons. */
  public static final String PILOT = "pilot";

  /** What decides without effect. */
  public static final String SHADOW = "shadow";

  private static final String PILOTS =
      """
      select pilot.id, release_id, share, starts_at, ends_at, client, person, end_reason,
             (select count(*) from pilot_person where pilot_id = pilot.id) as named
        from pilot
      """;

  private static final String SHADOWS =
      """
      select id, release_id, null::numeric as share, starts_at, ends_at, client, person, end_reason,
             0 as named
        from shadow
      """;

  private final PolicyEvents events;
  private final TimeOrderedIds ids;

  public Trials(PolicyEvents events, TimeOrderedIds ids) {
    this.events = events;
    this.ids = ids;
  }

  /**
   * Lets an approved release decide for some persons, from a moment later on in all processes.
   *
   * @param persons by their ids
   * @param share 0 to 1, of all others
   * @throws ProblemException {@code not_found}, {@code release_state}, {@code base_not_active},
   *     {@code trial_running}
   */
  public Trial startPilot(
      Handle handle, String release, List<String> persons, BigDecimal share, Actor approver) {
    var from = EnumSet.of(ReleaseState.APPROVED, ReleaseState.SCHEDULED);
    Approvals.requireActiveBase(Approvals.locked(handle, release, "piloted", from));
    refuseIfRunning(handle, PILOT);
    UUID id = ids.next();
    handle
        .createUpdate(
            """
            insert into pilot (id, release_id, share, starts_at, client, person)
            values (:id, :release, :share,
                    clock_timestamp() + make_interval(secs => :aheadMillis / 1000.0), :client, :person)
            """)
        .bind("id", id)
        .bind("release", release)
        .bind("share", share)
        .bind("aheadMillis", ActivePolicy.ANNOUNCED_AHEAD.toMillis())
        .bind("client", approver.client())
        .bind("person", approver.person())
        .execute();
    var batch = handle.prepareBatch("insert into pilot_person values (:pilot, :person)");
    persons.stream().distinct().forEach(p -> batch.bind("pilot", id).bind("person", p).add());
    if (!persons.isEmpty()) {
      batch.execute();
    }
    var details = Map.of("pilot", id.toString(), "share", share.toPlainString());
    events.tell(handle, release, "pilot_started", approver, null, details);
    return find(handle, PILOT, release);
  }

  /**
   * Lets a release decide beside the active one, without effect.
   *
   * @throws ProblemException {@code not_found}, {@code release_has_errors}, {@code trial_running}
   */
  public Trial startShadow(Handle handle, String release, Actor author) {
    ReleaseRecord record = ReleaseRecords.lock(handle, release);
    if (record.errors() > 0) {
      throw new ProblemException(
          ProblemType.RELEASE_HAS_ERRORS.problem(
              "A release with errors cannot decide. Mend what its findings list."));
    }
    if (record.state() == ReleaseState.ACTIVE) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "The active release decides already. Let another one decide beside it."));
    }
    refuseIfRunning(handle, SHADOW);
    UUID id = ids.next();
    handle
        .createUpdate(
            """
            insert into shadow (id, release_id, client, person)
            values (:id, :release, :client, :person)
            """)
        .bind("id", id)
        .bind("release", release)
        .bind("client", author.client())
        .bind("person", author.person())
        .execute();
    events.tell(handle, release, "shadow_started", author, null, Map.of(SHADOW, id.toString()));
    return find(handle, SHADOW, release);
  }

  /**
   * Ends a running pilot or shadow of a release.
   *
   * @throws ProblemException {@code not_found} if none of it runs
   */
  public Trial end(
      Handle handle, String kind, String release, Actor actor, @Nullable String reason) {
    int ended =
        handle
            .createUpdate(
                "update %s set ends_at = clock_timestamp(), end_reason = :reason where release_id = :release and ends_at is null"
                    .formatted(table(kind)))
            .bind("release", release)
            .bind("reason", reason)
            .execute();
    if (ended == 0) {
      throw new ProblemException(Problem.notFound("running " + kind + " of release", release));
    }
    events.tell(handle, release, kind + "_ended", actor, reason);
    return find(handle, kind, release);
  }

  /** The figures of a switch would mix two releases that are compared with. */
  static void endAll(Handle handle, String reason) {
    for (String kind : List.of(PILOT, SHADOW)) {
      handle
          .createUpdate(
              "update %s set ends_at = clock_timestamp(), end_reason = :reason where ends_at is null"
                  .formatted(table(kind)))
          .bind("reason", reason)
          .execute();
    }
  }

  /**
   * The latest pilot or shadow of a release.
   *
   * @throws ProblemException {@code not_found} if there was none
   */
  public Trial find(Handle handle, String kind, String release) {
    return handle
        .createQuery(
            select(kind) + "where release_id = :release order by ends_at desc nulls first limit 1")
        .bind("release", release)
        .map((row, context) -> trial(row))
        .findOne()
        .orElseThrow(() -> new ProblemException(Problem.notFound(kind + " of release", release)));
  }

  /** The one that runs. */
  public Optional<Trial> running(Handle handle, String kind) {
    return handle
        .createQuery(select(kind) + "where ends_at is null")
        .map((row, context) -> trial(row))
        .findOne();
  }

  private void refuseIfRunning(Handle handle, String kind) {
    running(handle, kind)
        .ifPresent(
            other -> {
              throw new ProblemException(
                  ProblemType.TRIAL_RUNNING.problem(
                      "The "
                          + kind
                          + " of release "
                          + other.release()
                          + " runs, and one runs at a time. End that one first."));
            });
  }

  private static String select(String kind) {
    return table(kind).equals(PILOT) ? PILOTS : SHADOWS;
  }

  private static String table(String kind) {
    if (!kind.equals(PILOT) && !kind.equals(SHADOW)) {
      throw new IllegalArgumentException("There is no trial of kind " + kind);
    }
    return kind;
  }

  private static Trial trial(ResultSet row) throws SQLException {
    return new Trial(
        row.getObject("id", UUID.class),
        row.getString("release_id"),
        row.getBigDecimal("share"),
        row.getLong("named"),
        Objects.requireNonNull(ReleaseRecords.instant(row, "starts_at")),
        ReleaseRecords.instant(row, "ends_at"),
        new Actor(row.getString("client"), row.getString("person")),
        row.getString("end_reason"));
  }
}

package rekindle.service.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Reads where releases stand, and changes it in the caller's transaction. */
final class ReleaseRecords {
  private static final String SELECT =
      """
      select state.*, active.release_id as active_id, activation.wanted_at,
             (select array_agg(author.client order by author.since, author.client)
                from release_author author where author.release_id = state.release_id) as clients,
             (select array_agg(author.person order by author.since, author.client)
                from release_author author where author.release_id = state.release_id) as persons
        from release_state state
        cross join active_release active
        left join activation on activation.release_id = state.release_id
                            and activation.state in ('waiting', 'announced')
      """;

  private ReleaseRecords() {}

  /**
   * A release.
   *
   * @throws ProblemException {@code not_found}
   */
  static ReleaseRecord get(Handle handle, String id) {
    return read(handle.createQuery(SELECT + "where state.release_id = :id").bind("id", id)).stream()
        .findFirst()
        .orElseThrow(() -> new ProblemException(Problem.notFound("release", id)));
  }

  /**
   * A release that nobody else changes until the transaction ends.
   *
   * @throws ProblemException {@code not_found}
   */
  static ReleaseRecord lock(Handle handle, String id) {
    handle
        .createQuery("select release_id from release_state where release_id = :id for update")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
    return get(handle, id);
  }

  /**
   * The newest first.
   *
   * @param state null for all
   */
  static List<ReleaseRecord> latest(Handle handle, @Nullable ReleaseState state, int most) {
    return read(
        handle
            .createQuery(
                SELECT
                    + """
                      where :state::text is null or state.state = :state
                      order by state.uploaded_at desc, state.release_id limit :most
                      """)
            .bind("state", state == null ? null : state.code())
            .bind("most", most));
  }

  /** What was done with a release, in its order. */
  static List<ReleaseRecord.Event> history(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select at, action, client, person, comment from release_event
             where release_id = :id order by id
            """)
        .bind("id", id)
        .map(
            (row, context) ->
                new ReleaseRecord.Event(
                    Objects.requireNonNull(instant(row, "at")),
                    row.getString("action"),
                    new Actor(row.getString("client"), row.getString("person")),
                    row.getString("comment")))
        .list();
  }

  static void change(Handle handle, String id, ReleaseState to) {
    handle
        .createUpdate(
            """
            update release_state set state = :to, changed_at = clock_timestamp()
             where release_id = :id
            """)
        .bind("id", id)
        .bind("to", to.code())
        .execute();
  }

  private static List<ReleaseRecord> read(Query query) {
    return query.map((row, context) -> release(row)).list();
  }

  private static ReleaseRecord release(ResultSet row) throws SQLException {
    String base = row.getString("base_id");
    String approver = row.getString("approver_client");
    return new ReleaseRecord(
        row.getString("release_id"),
        ReleaseState.of(row.getString("state")),
        base,
        row.getString("active_id").equals(base),
        row.getString("title"),
        row.getBytes("findings"),
        row.getInt("errors"),
        row.getInt("warnings"),
        actors(texts(row, "clients"), texts(row, "persons")),
        approver == null ? null : new Actor(approver, row.getString("approver_person")),
        Objects.requireNonNull(instant(row, "uploaded_at")),
        Objects.requireNonNull(instant(row, "changed_at")),
        instant(row, "wanted_at"));
  }

  private static List<Actor> actors(List<String> clients, List<String> persons) {
    var actors = new ArrayList<Actor>();
    for (int i = 0; i < clients.size(); i++) {
      actors.add(new Actor(clients.get(i), persons.get(i)));
    }
    return actors;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}

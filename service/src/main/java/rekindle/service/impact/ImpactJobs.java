package rekindle.service.impact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.impact.ImpactJob.State;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Jobs, past and running, each with its release. Thread-safe. */
public final class ImpactJobs {
  private static final String SILENT =
      "The process that ran it gave no more sign of life. Start another one.";

  // A process that died could not say so; its job is told from a running one by its last heartbeat.
  private static final String SELECT =
      """
      select id, release_id, against_id, recorded_days, sample, population, client, as_of,
             done, total, %s as report, started_at, heartbeat_at, finished_at,
             case when silent then 'interrupted' else state end as state,
             case when silent then :silent else message end as message
        from (select *, state = 'running'
                        and heartbeat_at < clock_timestamp() - interval '2 minutes' as silent
                from impact_job) as job
       where release_id = :release
      """;

  private static final String INSERT =
      """
      insert into impact_job (id, release_id, against_id, recorded_days, sample, population, client,
                              as_of, state)
      values (:id, :release, :against, :recordedDays, :sample, :population, :client, :asOf, 'running')
      """;

  private static final String PROGRESS =
      """
      update impact_job
         set done = :done, total = :total, report = :report, heartbeat_at = clock_timestamp()
       where id = :id and state = 'running'
      """;

  private static final String FINISH =
      """
      update impact_job
         set state = :state, message = :message, heartbeat_at = clock_timestamp(),
             finished_at = clock_timestamp()
       where id = :id and state = 'running'
      """;

  private final Jdbi jdbi;
  private final TimeOrderedIds ids;

  public ImpactJobs(Jdbi jdbi, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  /** Whether there is such a release. */
  public boolean knows(Handle handle, String release) {
    return handle
        .createQuery("select exists (select from release where id = :id)")
        .bind("id", release)
        .mapTo(Boolean.class)
        .one();
  }

  /** A new job, running from now on, in the caller's transaction. */
  public ImpactJob create(Handle handle, ImpactOrder order) {
    UUID id = ids.next();
    handle
        .createUpdate(INSERT)
        .bind("id", id)
        .bind("release", order.release())
        .bind("against", order.against())
        .bind("recordedDays", order.recordedDays())
        .bind("sample", order.sample())
        .bind("population", order.population())
        .bind("client", order.client())
        .bind("asOf", order.asOf())
        .execute();
    ImpactJob job = get(handle, order.release(), id);
    tell(handle, ImpactEvent.STARTED, order.client(), job);
    return job;
  }

  /** The newest first, without their reports. */
  public List<ImpactJob> latest(String release, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT.formatted("cast(null as bytea)") + "order by id desc limit :most")
                .bind("silent", SILENT)
                .bind("release", release)
                .bind("most", most)
                .map((row, context) -> job(row))
                .list());
  }

  public Optional<ImpactJob> find(String release, UUID id) {
    return jdbi.withHandle(handle -> find(handle, release, id));
  }

  private static Optional<ImpactJob> find(Handle handle, String release, UUID id) {
    return handle
        .createQuery(SELECT.formatted("report") + "and id = :id")
        .bind("silent", SILENT)
        .bind("release", release)
        .bind("id", id)
        .map((row, context) -> job(row))
        .findOne();
  }

  private static ImpactJob get(Handle handle, String release, UUID id) {
    return find(handle, release, id)
        .orElseThrow(() -> new ProblemException(Problem.notFound("impact", id.toString())));
  }

  /**
   * Says how far a job is.
   *
   * @return false if it does not run any more, because somebody cancelled it
   */
  boolean progress(UUID id, long done, long total, byte[] report) {
    int updated =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(PROGRESS)
                    .bind("id", id)
                    .bind("done", done)
                    .bind("total", total)
                    .bind("report", report)
                    .execute());
    return updated == 1;
  }

  /** Ends a job, unless it has ended already. */
  void finish(ImpactJob job, State state, @Nullable String message) {
    jdbi.useTransaction(
        handle -> {
          if (end(handle, job.id(), state, message)) {
            ImpactJob ended = get(handle, job.order().release(), job.id());
            tell(handle, ImpactEvent.FINISHED, job.order().client(), ended);
          }
        });
  }

  /**
   * Ends a running job, whichever process runs it, in the caller's transaction; one that has ended
   * stays as it is.
   *
   * @throws ProblemException {@code not_found}
   */
  public ImpactJob cancel(Handle handle, String release, UUID id, String client) {
    get(handle, release, id);
    boolean cancelled = end(handle, id, State.CANCELLED, "Cancelled by " + client + ".");
    ImpactJob job = get(handle, release, id);
    if (cancelled) {
      tell(handle, ImpactEvent.CANCELLED, client, job);
    }
    return job;
  }

  private static boolean end(Handle handle, UUID id, State state, @Nullable String message) {
    return handle
            .createUpdate(FINISH)
            .bind("id", id)
            .bind("state", state.code())
            .bind("message", message)
            .execute()
        == 1;
  }

  private void tell(Handle handle, String kind, String actor, ImpactJob job) {
    ImpactOrder order = job.order();
    new ImpactEvent(
            kind, actor, job.id(), order.release(), order.against(), job.state(), job.report())
        .insert(handle, ids.next());
  }

  private static ImpactJob job(ResultSet row) throws SQLException {
    return new ImpactJob(
        row.getObject("id", UUID.class),
        new ImpactOrder(
            row.getString("release_id"),
            row.getString("against_id"),
            row.getInt("recorded_days"),
            row.getInt("sample"),
            row.getBoolean("population"),
            row.getString("client"),
            row.getObject("as_of", OffsetDateTime.class).toInstant()),
        State.of(row.getString("state")),
        row.getLong("done"),
        row.getLong("total"),
        row.getBytes("report"),
        row.getString("message"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("finished_at", OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}

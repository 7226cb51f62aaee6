package rekindle.service.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.ImportJob.State;

/** Imports, past and running, and what was wrong in their files. Thread-safe. */
public final class ImportJobs {
  /** Findings kept of each severity; the others are counted. */
  static final int FINDINGS_KEPT = 10_000;

  private static final int PAGE = 1000;

  private static final String SILENT =
      "The process that ran it gave no more sign of life. Import the same file again: what is"
          + " stored already stays as it is.";

  // A process that died could not say so; its job is told from a running one by its last heartbeat.
  private static final String SELECT =
      """
      select id, type, file_name, client, dry_run, rows_read, rows_changed, rows_unchanged, errors, warnings,
             started_at, heartbeat_at, finished_at,
             case when silent then 'interrupted' else state end as state,
             case when silent then :silent else message end as message
        from (select *, state = 'running'
                        and heartbeat_at < clock_timestamp() - interval '2 minutes' as silent
                from import_job) as job
      """;

  private final Jdbi jdbi;

  public ImportJobs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The newest first. */
  public List<ImportJob> latest(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "order by started_at desc, id desc limit :most")
                .bind("silent", SILENT)
                .bind("most", most)
                .map((row, context) -> job(row))
                .list());
  }

  public Optional<ImportJob> find(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "where id = :id")
                .bind("silent", SILENT)
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
  }

  /**
   * Hands out what was wrong, in the order of the file, without holding all of it, or a connection
   * while the sink takes it.
   */
  public void findings(UUID id, Consumer<IntakeFinding> sink) {
    long after = 0;
    List<IntakeFinding> page = page(id, after);
    while (!page.isEmpty()) {
      page.forEach(sink);
      after += page.size();
      page = page(id, after);
    }
  }

  /** Findings are numbered from 1 without a gap. */
  private List<IntakeFinding> page(UUID id, long after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select severity, file, line, col, found, message
                      from import_finding
                     where import_id = :id and number > :after
                     order by number limit :most
                    """)
                .bind("id", id)
                .bind("after", after)
                .bind("most", PAGE)
                .map((row, context) -> finding(row))
                .list());
  }

  void start(UUID id, Import.Order order) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into import_job (id, type, file_name, client, state, dry_run)
                    values (:id, :type, :fileName, :client, 'running', :dryRun)
                    """)
                .bind("id", id)
                .bind("type", order.type().code())
                .bind("fileName", order.fileName())
                .bind("client", order.client())
                .bind("dryRun", order.dryRun())
                .execute());
  }

  /** Says how far it is, in the transaction of the rows that it counts. */
  void progress(Handle handle, UUID id, Counts counts) {
    int updated =
        handle
            .createUpdate(
                """
                update import_job
                   set rows_read = :read, rows_changed = :changed, rows_unchanged = :unchanged,
                       errors = :errors, warnings = :warnings, heartbeat_at = clock_timestamp()
                 where id = :id
                """)
            .bind("id", id)
            .bind("read", counts.read())
            .bind("changed", counts.changed())
            .bind("unchanged", counts.unchanged())
            .bind("errors", counts.errors())
            .bind("warnings", counts.warnings())
            .execute();
    if (updated != 1) {
      throw new IllegalStateException(
          "Expected one row of import %s, but updated %d; the rows at hand were not imported."
              .formatted(id, updated));
    }
  }

  /**
   * @param first number of the first finding
   */
  static void keep(Handle handle, UUID id, long first, List<IntakeFinding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into import_finding (import_id, number, severity, file, line, col, found, message)
            values (:id, :number, :severity, :file, :line, :column, :found, :message)
            """);
    long number = first;
    for (IntakeFinding finding : findings) {
      batch
          .bind("id", id)
          .bind("number", number++)
          .bind("severity", finding.severity().code())
          .bind("file", finding.file())
          .bind("line", finding.line())
          .bind("column", finding.column())
          .bind("found", finding.found())
          .bind("message", finding.message())
          .add();
    }
    batch.execute();
  }

  void finish(UUID id, State state, @Nullable String message) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update import_job
                       set state = :state, message = :message, heartbeat_at = clock_timestamp(),
                           finished_at = clock_timestamp()
                     where id = :id
                    """)
                .bind("id", id)
                .bind("state", state.code())
                .bind("message", message)
                .execute());
  }

  private static ImportJob job(ResultSet row) throws SQLException {
    return new ImportJob(
        row.getObject("id", UUID.class),
        row.getString("type"),
        row.getString("file_name"),
        row.getString("client"),
        row.getBoolean("dry_run"),
        State.of(row.getString("state")),
        new Counts(
            row.getLong("rows_read"),
            row.getLong("rows_changed"),
            row.getLong("rows_unchanged"),
            row.getLong("errors"),
            row.getLong("warnings")),
        row.getString("message"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("finished_at", OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static IntakeFinding finding(ResultSet row) throws SQLException {
    return new IntakeFinding(
        IntakeFinding.Severity.of(row.getString("severity")),
        row.getString("file"),
        row.getLong("line"),
        row.getString("col"),
        row.getString("found"),
        row.getString("message"));
  }
}

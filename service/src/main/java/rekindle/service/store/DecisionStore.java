package rekindle.service.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Decisions and the events of the audit log. Thread-safe. */
public final class DecisionStore {
  private static final String INSERT_DECISION =
      """
      insert into decision (id, contact_id, release_id, as_of, verdict, recheck_at, facts, outcome, salt, client, touch_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_EVENT =
      "insert into audit_event (id, kind, subject_ref, body) values (?, ?, ?, ?)";
  private static final String FIND =
      """
      select id, contact_id, release_id, as_of, verdict, recheck_at, facts, outcome, salt, client, touch_id
        from decision where id = :id and erased_at is null
      """;

  private final Jdbi jdbi;

  public DecisionStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public Optional<RecordedDecision> find(UUID id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  /** The same in the caller's transaction. */
  public static Optional<RecordedDecision> find(Handle handle, UUID id) {
    return handle
        .createQuery(FIND)
        .bind("id", id)
        .map(
            (row, context) ->
                new RecordedDecision(
                    row.getObject("id", UUID.class),
                    row.getString("contact_id"),
                    row.getString("release_id"),
                    row.getObject("as_of", OffsetDateTime.class).toInstant(),
                    row.getString("verdict"),
                    instant(row.getObject("recheck_at", OffsetDateTime.class)),
                    PackedDocument.unpack(row.getBytes("facts")),
                    PackedDocument.unpack(row.getBytes("outcome")),
                    row.getBytes("salt"),
                    row.getString("client"),
                    null,
                    row.getString("touch_id")))
        .findOne();
  }

  /** Whether there was a decision of that id, and its person was erased. */
  public boolean wasErased(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from decision where id = :id and erased_at is not null)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /** Writes many decisions in one go; plain JDBC, since this is the path of every decision. */
  public static void insertDecisions(Handle handle, List<RecordedDecision> decisions)
      throws SQLException {
    try (PreparedStatement insert = handle.getConnection().prepareStatement(INSERT_DECISION)) {
      for (RecordedDecision decision : decisions) {
        insert.setObject(1, decision.id());
        insert.setString(2, decision.contactId());
        insert.setString(3, decision.release());
        insert.setObject(4, utc(decision.asOf()));
        insert.setString(5, decision.verdict());
        insert.setObject(6, utc(decision.recheckAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        insert.setBytes(7, PackedDocument.pack(decision.facts()));
        insert.setBytes(8, PackedDocument.pack(decision.outcome()));
        insert.setBytes(9, decision.salt());
        insert.setString(10, decision.client());
        insert.setString(11, decision.touchId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Writes many events in one go. */
  public static void insertEvents(Handle handle, List<AuditEvent> events) throws SQLException {
    try (PreparedStatement insert = handle.getConnection().prepareStatement(INSERT_EVENT)) {
      for (AuditEvent event : events) {
        insert.setObject(1, event.id());
        insert.setString(2, event.kind());
        insert.setObject(3, event.subjectRef(), Types.OTHER);
        insert.setBytes(4, event.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Writes an event in the caller's transaction. */
  public static void insertEvent(Handle handle, AuditEvent event) {
    append(handle, List.of(event));
  }

  /** Writes events in the caller's transaction. */
  public static void append(Handle handle, List<AuditEvent> events) {
    try {
      insertEvents(handle, events);
    } catch (SQLException failed) {
      throw new UnableToExecuteStatementException(failed, null);
    }
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}

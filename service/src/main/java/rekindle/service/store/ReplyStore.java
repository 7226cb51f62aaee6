package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What people wrote, and who read it. Thread-safe. */
public final class ReplyStore {
  private static final String SELECT =
      """
      select r.id, r.contact_id, r.at, r.channel, r.meaning, r.row_reference, r.rule, r.body, r.body_key
        from reply r
       where r.review and not exists (select from reply_review v where v.reply_id = r.id)
      """;

  private final Identities identities;

  public ReplyStore(Identities identities) {
    this.identities = identities;
  }

  /** A reply as it was kept. */
  public record Kept(
      UUID id,
      String contactId,
      Instant at,
      @Nullable String channel,
      String meaning,
      @Nullable String row,
      @Nullable String rule,
      String text) {}

  /** Those that wait to be read, the oldest first. */
  public List<Kept> open(Handle handle, int most) {
    return handle
        .createQuery(SELECT + " order by r.recorded_at, r.id limit :most")
        .bind("most", most)
        .map((row, context) -> kept(row))
        .list();
  }

  /** One that waits to be read. */
  public Optional<Kept> find(Handle handle, UUID id) {
    return handle
        .createQuery(SELECT + " and r.id = :id")
        .bind("id", id)
        .map((row, context) -> kept(row))
        .findOne();
  }

  private Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getObject("id", UUID.class),
        row.getString("contact_id"),
        row.getTimestamp("at").toInstant(),
        row.getString("channel"),
        row.getString("meaning"),
        row.getString("row_reference"),
        row.getString("rule"),
        identities.open(EventStore.REPLY, row.getString("body_key"), row.getBytes("body")));
  }

  /** False if somebody settled it before. */
  public boolean settle(
      Handle handle, UUID id, String outcome, @Nullable String comment, String client) {
    return handle
            .createUpdate(
                """
                insert into reply_review (reply_id, outcome, comment, client)
                values (:id, :outcome, :comment, :client)
                on conflict do nothing
                """)
            .bind("id", id)
            .bind("outcome", outcome)
            .bind("comment", comment)
            .bind("client", client)
            .execute()
        == 1;
  }
}

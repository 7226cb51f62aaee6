package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What people do by hand. Notes lie encrypted. Thread-safe. */
public final class TaskStore {
  private static final String NOTE = "task_note";

  private final Identities identities;

  public TaskStore(Identities identities) {
    this.identities = identities;
  }

  /**
   * Something for a person to do.
   *
   * @param touchId null for a follow-up
   * @param reason the purpose of the step, or why a person takes over
   * @param saidAt when the yes was said that a follow-up answers; null for a touch
   */
  public record NewTask(
      UUID id,
      String kind,
      String contactId,
      @Nullable String touchId,
      UUID decisionId,
      @Nullable String channel,
      String reason,
      @Nullable Instant dueBy,
      @Nullable Instant saidAt) {}

  private static final String ADD =
      """
      insert into task (id, kind, contact_id, touch_id, decision_id, channel, reason, due_by, said_at)
      select r.id, r.kind, r.contact_id, r.touch_id, r.decision_id, r.channel, r.reason, r.due_by, r.said_at
        from json_to_recordset(cast(:rows as json)) as r(
          id uuid, kind text, contact_id text, touch_id text, decision_id uuid, channel text, reason text,
          due_by timestamptz, said_at timestamptz)
      """;

  public static void add(Handle handle, List<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    handle
        .createUpdate(ADD)
        .bind(
            "rows",
            JsonRows.of(
                tasks,
                (task, row) ->
                    row.text("id", task.id().toString())
                        .text("kind", task.kind())
                        .text("contact_id", task.contactId())
                        .text("touch_id", task.touchId())
                        .text("decision_id", task.decisionId().toString())
                        .text("channel", task.channel())
                        .text("reason", task.reason())
                        .instant("due_by", task.dueBy())
                        .instant("said_at", task.saidAt())))
        .execute();
  }

  /** The last yes that a contact's person said, by whichever contact. */
  public record Yes(String contactId, Instant saidAt) {}

  // Whoever is called has every yes answered that was said until then; one that is withdrawn
  // answers none that came after the yes that it was made for.
  private static final String UNANSWERED =
      """
      select r.contact_id
        from json_to_recordset(cast(:yeses as json)) as r(contact_id text, said_at timestamptz)
       where not exists (
               select from contact_person cp
                 join contact_person same on same.person_id = cp.person_id
                 join task k on k.contact_id = same.contact_id
                where cp.contact_id = r.contact_id and k.kind = 'follow_up'
                  and (k.done_at is null
                    or r.said_at <= coalesce(k.said_at, k.created_at)
                    or r.said_at <= k.done_at and k.disposition <> 'withdrawn'))
      """;

  /**
   * Contacts whose persons, who are locked, said yes without a follow-up that is open or was made
   * for it.
   */
  public static Set<String> unanswered(Handle handle, List<Yes> yeses) {
    if (yeses.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(UNANSWERED)
        .bind(
            "yeses",
            JsonRows.of(
                yeses,
                (yes, row) ->
                    row.text("contact_id", yes.contactId()).instant("said_at", yes.saidAt())))
        .mapTo(String.class)
        .collectIntoSet();
  }

  /** A yes that was heard at a follow-up is answered by it. */
  public static void answer(Handle handle, UUID id, Instant saidAt) {
    handle
        .createUpdate("update task set said_at = :at where id = :id")
        .bind("id", id)
        .bind("at", saidAt)
        .execute();
  }

  /**
   * A task as it stands; fields as the table has them.
   *
   * @param claimedBy who has it in hand; null also where the claim ran out
   * @param lastHolder the last who took it; null if it was given back, or nobody did
   */
  public record Task(
      UUID id,
      String kind,
      String contactId,
      @Nullable String touchId,
      UUID decisionId,
      @Nullable String channel,
      String reason,
      @Nullable Instant dueBy,
      Instant createdAt,
      @Nullable String claimedBy,
      @Nullable Instant claimedUntil,
      @Nullable String lastHolder,
      @Nullable Instant doneAt,
      @Nullable String disposition) {}

  private static final String SELECT =
      """
      select id, kind, contact_id, touch_id, decision_id, channel, reason, due_by, created_at,
             case when claimed_until > clock_timestamp() then claimed_by end as claimed_by,
             case when claimed_until > clock_timestamp() then claimed_until end as claimed_until,
             claimed_by as last_holder, done_at, disposition
        from task
      """;

  /** Open tasks, the most urgent first. */
  public static List<Task> open(Handle handle, @Nullable String channel, int most) {
    return handle
        .createQuery(
            SELECT
                + """
                 where done_at is null and (cast(:channel as text) is null or channel = :channel)
                 order by due_by nulls last, id
                 limit :most
                """)
        .bind("channel", channel)
        .bind("most", most)
        .map(TaskStore::task)
        .list();
  }

  public static Optional<Task> find(Handle handle, UUID id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map(TaskStore::task)
        .findOne();
  }

  /**
   * The same, nobody else's until the transaction ends, and so its person and its touch: whoever
   * looks at the person locks them in this order.
   */
  public static Optional<Task> lock(Handle handle, UUID id) {
    Task known = find(handle, id).orElse(null);
    if (known == null) {
      return Optional.empty();
    }
    PersonLocks.lockToDecide(handle, List.of(known.contactId()));
    String touch = known.touchId();
    if (touch != null) {
      TouchLocks.lock(handle, List.of(touch));
    }
    handle
        .createQuery("select id from task where id = :id for update")
        .bind("id", id)
        .mapTo(UUID.class)
        .list();
    return find(handle, id);
  }

  /**
   * Gives a task to somebody for a while.
   *
   * @param latest for no longer than until then; null for no matter
   */
  public static void claim(
      Handle handle, UUID id, String client, Duration span, @Nullable Instant latest) {
    handle
        .createUpdate(
            """
            update task
               set claimed_by = :client,
                   claimed_until = least(
                     clock_timestamp() + make_interval(secs => :span), cast(:latest as timestamptz)),
                   passed_on = passed_on or coalesce(claimed_by <> :client, false)
             where id = :id
            """)
        .bind("id", id)
        .bind("client", client)
        .bind("span", span.toSeconds())
        .bind("latest", latest)
        .execute();
  }

  /** Ends a task. */
  public void done(
      Handle handle, UUID id, String client, String disposition, @Nullable String note) {
    Identities.Sealed sealed = note == null ? null : identities.seal(NOTE, note);
    handle
        .createUpdate(
            """
            update task
               set done_at = clock_timestamp(), done_by = :client, disposition = :disposition, note = :note,
                   note_key = :key
             where id = :id
            """)
        .bind("id", id)
        .bind("client", client)
        .bind("disposition", disposition)
        .bind("note", sealed == null ? null : sealed.bytes())
        .bind("key", sealed == null ? null : sealed.keyId())
        .execute();
  }

  private static final String WITHDRAW_FOLLOW_UPS =
      """
      update task k
         set done_at = clock_timestamp(), done_by = 'scheduler', disposition = 'withdrawn'
       where k.contact_id = any(array(
               select same.contact_id
                 from json_array_elements_text(cast(:contacts as json)) as w(id)
                 join contact_person cp on cp.contact_id = w.id
                 join contact_person same on same.person_id = cp.person_id))
         and k.kind = 'follow_up' and k.done_at is null
         and (k.claimed_until is null or k.claimed_until < clock_timestamp())
      """;

  /** Ends follow-ups that nobody has in hand, of all contacts of the contacts' persons. */
  public static void withdrawFollowUps(Handle handle, List<String> contactIds) {
    if (!contactIds.isEmpty()) {
      handle
          .createUpdate(WITHDRAW_FOLLOW_UPS)
          .bind("contacts", JsonRows.texts(contactIds))
          .execute();
    }
  }

  /** Opens a task again that somebody took; the last note of several stays. */
  public void giveBack(Handle handle, UUID id, @Nullable String note) {
    Identities.Sealed sealed = note == null ? null : identities.seal(NOTE, note);
    handle
        .createUpdate(
            """
            update task
               set claimed_by = null, claimed_until = null, note = coalesce(:note, note),
                   note_key = coalesce(:key, note_key)
             where id = :id
            """)
        .bind("id", id)
        .bind("note", sealed == null ? null : sealed.bytes())
        .bind("key", sealed == null ? null : sealed.keyId())
        .execute();
  }

  private static Task task(ResultSet row, StatementContext context) throws SQLException {
    return new Task(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("contact_id"),
        row.getString("touch_id"),
        row.getObject("decision_id", UUID.class),
        row.getString("channel"),
        row.getString("reason"),
        instant(row.getTimestamp("due_by")),
        row.getTimestamp("created_at").toInstant(),
        row.getString("claimed_by"),
        instant(row.getTimestamp("claimed_until")),
        row.getString("last_holder"),
        instant(row.getTimestamp("done_at")),
        row.getString("disposition"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}

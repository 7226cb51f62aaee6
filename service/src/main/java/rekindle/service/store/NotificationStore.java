package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Notifications on their way: each is tried until it was taken, or its time is over. */
public final class NotificationStore {
  private NotificationStore() {}

  private static final String ADD =
      """
      insert into notification (id, endpoint, kind, subject, body)
      select r.id, r.endpoint, r.kind, r.subject, r.body
        from json_to_recordset(cast(:rows as json)) as r(id uuid, endpoint text, kind text, subject text, body bytea)
      """;

  /** Leaves notifications, which go out once this transaction has committed. */
  public static void add(Handle handle, List<Notification> notifications) {
    if (!notifications.isEmpty()) {
      handle
          .createUpdate(ADD)
          .bind(
              "rows",
              JsonRows.of(
                  notifications,
                  (one, row) ->
                      row.text("id", one.id().toString())
                          .text("endpoint", one.endpoint())
                          .text("kind", one.kind())
                          .text("subject", one.subject())
                          .bytes("body", one.data())))
          .execute();
    }
  }

  /** A notification whose turn it is. */
  public record Due(Notification notification, Instant createdAt, int attempts) {}

  // By the start of the transaction, so that an index may tell what is due.
  private static final String IS_DUE =
      """
                  and d.delivered_at is null and d.given_up_at is null and d.due_at <= now()
                  and (d.lease_until is null or d.lease_until < clock_timestamp())
      """;

  static final String TAKE =
      """
      with taken as (
        update notification n
           set attempts = n.attempts + 1, lease_until = clock_timestamp() + interval '60 seconds'
         where n.id = any(array(
                 select d.id from notification d
                  where d.endpoint = :endpoint
      """
          + IS_DUE
          + """
                  order by (d.kind <> 'touch.recalled'), d.due_at
                  limit :most
                    for update skip locked))
        returning n.id, n.endpoint, n.kind, n.subject, n.body, n.created_at, n.attempts, n.due_at)
      select * from taken order by (kind <> 'touch.recalled'), due_at
      """;

  /**
   * Takes notifications of an endpoint to tell them within a minute, then others may: recalls
   * first, then those that are due longest.
   */
  public static List<Due> take(Handle handle, String endpoint, int most) {
    return handle
        .createQuery(TAKE)
        .bind("endpoint", endpoint)
        .bind("most", most)
        .map(
            (row, context) ->
                new Due(
                    new Notification(
                        row.getObject("id", UUID.class),
                        row.getString("endpoint"),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getBytes("body")),
                    row.getTimestamp("created_at").toInstant(),
                    row.getInt("attempts")))
        .list();
  }

  // One attempt stays, since what is made at the first is made once.
  private static final String PUT_BACK =
      """
      update notification
         set attempts = greatest(attempts - 1, 1), lease_until = null
       where id = any(array(select cast(w.id as uuid) from json_array_elements_text(cast(:ids as json)) as w(id)))
      """;

  /** Puts notifications back that were taken and not told. */
  public static void putBack(Handle handle, List<Due> due) {
    handle
        .createUpdate(PUT_BACK)
        .bind(
            "ids",
            JsonRows.texts(due.stream().map(one -> one.notification().id().toString()).toList()))
        .execute();
  }

  private static final String END_OTHERS =
      """
      update notification n
         set endpoint = case when d.for_team then :everybody else n.endpoint end,
             attempts = case when d.for_team then 0 else n.attempts end,
             given_up_at = case when not d.for_team then clock_timestamp() end,
             message = case when d.for_team then n.message else 'nobody is configured' end,
             lease_until = null
        from (select o.id, o.kind = 'touch.recalled' and not starts_with(o.endpoint, :mailed) as for_team
                from notification o
               where o.id = any(array(
                       select d.id from notification d
                        where d.endpoint <> all(:endpoints)
      """
          + IS_DUE
          + """
                        limit :most
                          for update skip locked))) d
       where n.id = d.id
      """;

  /**
   * Ends notifications whose endpoint is none of these. Recalls are told to {@link
   * Notification#EVERYBODY} instead: what a mail server has, or a platform that is configured no
   * more, only a person can look after. Others are given up.
   *
   * @return how many
   */
  public static int endOthers(Handle handle, Collection<String> endpoints, int most) {
    return handle
        .createUpdate(END_OTHERS)
        .bind("everybody", Notification.EVERYBODY)
        .bind("mailed", Notification.MAILED)
        .bindArray("endpoints", String.class, endpoints.toArray())
        .bind("most", most)
        .execute();
  }

  /** The same notification, for another endpoint. */
  public record Copy(UUID id, String endpoint) {}

  private static final String COPY =
      """
      insert into notification (id, endpoint, kind, subject, body, created_at)
      select gen_random_uuid(), r.endpoint, n.kind, n.subject, n.body, n.created_at
        from json_to_recordset(cast(:rows as json)) as r(id uuid, endpoint text)
        join notification n on n.id = r.id
      """;

  /** Leaves copies, which are told and tried again by themselves. */
  public static void copy(Handle handle, List<Copy> copies) {
    if (!copies.isEmpty()) {
      handle
          .createUpdate(COPY)
          .bind(
              "rows",
              JsonRows.of(
                  copies,
                  (one, row) ->
                      row.text("id", one.id().toString()).text("endpoint", one.endpoint())))
          .execute();
    }
  }

  public static void delivered(Handle handle, UUID id) {
    handle
        .createUpdate(
            "update notification set delivered_at = clock_timestamp(), lease_until = null where id = :id")
        .bind("id", id)
        .execute();
  }

  /** It was not taken, and is tried again. */
  public static void later(Handle handle, UUID id, Duration wait, String message) {
    handle
        .createUpdate(
            """
            update notification
               set due_at = clock_timestamp() + make_interval(secs => :wait), lease_until = null, message = :message
             where id = :id
            """)
        .bind("id", id)
        .bind("wait", wait.toSeconds())
        .bind("message", message)
        .execute();
  }

  public static void giveUp(Handle handle, UUID id, String message) {
    handle
        .createUpdate(
            "update notification set given_up_at = clock_timestamp(), lease_until = null, message = :message"
                + " where id = :id")
        .bind("id", id)
        .bind("message", message)
        .execute();
  }
}

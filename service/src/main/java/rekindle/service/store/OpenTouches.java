package rekindle.service.store;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Ends touches of people who said no or came back, in the transaction that learns of it and under
 * their persons' locks. What was only reserved is withheld. What a platform has, or may have, is
 * recalled: it is told, and until it answers the touch counts.
 */
public final class OpenTouches {
  /** Responses by which somebody comes back, unless they are automatic. */
  public static final List<String> ENGAGING =
      List.of("booking", "click", "login", "purchase", "reply");

  private OpenTouches() {}

  /**
   * What ends.
   *
   * @param channel or {@code all}
   * @param why {@code revocation} or {@code engaged}
   * @param sourceId of what was told, or the reason for which nothing may be sent any more
   * @param isForPerson for all contacts of the person
   */
  public record End(
      String contactId, String channel, String why, String sourceId, boolean isForPerson) {
    private static final String ALL = "all";
    private static final String REVOCATION = "revocation";

    /** Of somebody who came back. */
    public static End engaged(String contactId, String sourceId) {
      return new End(contactId, ALL, "engaged", sourceId, true);
    }

    /** Of a contact whose person said no. */
    public static End revoked(String contactId, String channel, String sourceId) {
      return new End(contactId, channel, REVOCATION, sourceId, false);
    }

    /** Of all contacts of a person who said no to a channel; null for all of them. */
    public static End revokedByPerson(String contactId, @Nullable String channel, String sourceId) {
      return new End(contactId, channel == null ? ALL : channel, REVOCATION, sourceId, true);
    }
  }

  private static final String ENDED =
      """
      with ended as materialized (
        select coalesce(same.contact_id, r.contact_id) as contact_id, r.channel, min(r.why) as why,
               min(r.source_id) as source_id
          from json_to_recordset(cast(:rows as json))
                 as r(contact_id text, channel text, why text, source_id text, for_person boolean)
          left join contact_person cp on cp.contact_id = r.contact_id and r.for_person
          left join contact_person same on same.person_id = cp.person_id
         group by 1, 2),
      """;

  private static final String WITHHOLD =
      ENDED
          + """
            withheld as (
              update touch t
                 set outcome = 'withheld', state = case when t.state is not null then 'withheld' end,
                     lease_until = null, watch_until = null, updated_at = clock_timestamp()
                from ended e
               where t.contact_id = e.contact_id and e.channel in ('all', t.channel) and t.outcome = 'reserved'
                 and (t.state is null or t.state in ('leased', 'task'))
              returning t.id, e.why, e.source_id),
            told as (
              insert into touch_event (touch_id, at, outcome, detail)
              select id, clock_timestamp(), 'withheld', jsonb_build_object(why, source_id) from withheld)
            update task k
               set done_at = clock_timestamp(), done_by = 'scheduler', disposition = 'withdrawn'
              from withheld w
             where k.touch_id = w.id and k.done_at is null
            """;

  private static final String RECALL =
      ENDED
          + """
            recalled as (
              select distinct on (t.id) t.id, t.contact_id, t.route, e.why, e.source_id
                from ended e
                join touch t on t.contact_id = e.contact_id and e.channel in ('all', t.channel)
               where t.state in ('sending', 'handing_over', 'handed_over', 'in_doubt')
                 and not exists (select from touch_event o where o.touch_id = t.id and o.outcome = 'recalled'
                                    and o.detail ->> 'attempt' = cast(t.attempt as text))
               order by t.id, e.why desc, e.source_id),
            told as (
              insert into touch_event (touch_id, at, outcome, detail)
              select r.id, clock_timestamp(), 'recalled',
                     jsonb_build_object(r.why, r.source_id, 'attempt', cast(t.attempt as text))
                from recalled r join touch t on t.id = r.id)
            select id, contact_id, route, why from recalled order by id
            """;

  /**
   * A touch that a platform has and should not send, or should not have sent.
   *
   * @param contactId null of somebody who is being forgotten
   */
  public record Recalled(
      String touchId, @Nullable String contactId, @Nullable String route, String why) {}

  private static final String IS_RECALLED =
      """
      select exists (
        select from touch t
          join touch_event o on o.touch_id = t.id and o.outcome = 'recalled'
                            and o.detail ->> 'attempt' = cast(t.attempt as text)
         where t.id = :id)
      """;

  /** Whether a touch was recalled since it was last handed over. */
  public static boolean isRecalled(Handle handle, String touchId) {
    return handle.createQuery(IS_RECALLED).bind("id", touchId).mapTo(Boolean.class).one();
  }

  private static final String AT_PLATFORMS =
      """
      select t.id, t.route from touch t
       where t.contact_id = any(array(
               select w.id from json_array_elements_text(cast(:contacts as json)) as w(id)))
         and t.state in ('sending', 'handing_over', 'handed_over', 'in_doubt')
       order by t.id
      """;

  /**
   * Recalls what platforms have, or may have, of a person who is about to be forgotten, by the ids
   * of the touches alone.
   */
  public static void recallForgotten(
      Handle handle, Collection<String> contactIds, Supplier<UUID> ids) {
    List<Recalled> recalled =
        handle
            .createQuery(AT_PLATFORMS)
            .bind("contacts", JsonRows.texts(List.copyOf(contactIds)))
            .map(
                (row, context) ->
                    new Recalled(row.getString("id"), null, row.getString("route"), End.REVOCATION))
            .list();
    NotificationStore.add(
        handle, recalled.stream().map(one -> Notification.recalled(ids.get(), one)).toList());
  }

  /**
   * Ends touches, and leaves a notification for each that is recalled.
   *
   * @param ids of notifications
   */
  public static void end(Handle handle, List<End> ends, Supplier<UUID> ids) {
    if (ends.isEmpty()) {
      return;
    }
    String rows =
        JsonRows.of(
            ends,
            (end, row) ->
                row.text("contact_id", end.contactId())
                    .text("channel", end.channel())
                    .text("why", end.why())
                    .text("source_id", end.sourceId())
                    .bool("for_person", end.isForPerson()));
    TouchLocks.lockOpen(handle, ends.stream().map(End::contactId).toList());
    handle.createUpdate(WITHHOLD).bind("rows", rows).execute();
    List<Recalled> recalled =
        handle
            .createQuery(RECALL)
            .bind("rows", rows)
            .map(
                (row, context) ->
                    new Recalled(
                        row.getString("id"),
                        row.getString("contact_id"),
                        row.getString("route"),
                        row.getString("why")))
            .list();
    NotificationStore.add(
        handle, recalled.stream().map(one -> Notification.recalled(ids.get(), one)).toList());
  }
}

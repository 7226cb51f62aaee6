package rekindle.service.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import rekindle.service.store.OpenTouches.End;

/**
 * People who leave by what this very transaction has told, be it by an event, a document, an import
 * or a merge: their open touches end in it. Only what is certain without the rules counts here: a
 * no, and what somebody did since the journey of a touch began. Whether something older ends a
 * touch is for the next look, which decides. Telling the same again ends nothing.
 */
enum Departures {
  RESPONSES(
      """
      select 'all' as channel, 'engaged' as why, x.source_id
        from response x
       where x.contact_id = o.told and x.xmin = pg_current_xact_id()::xid and x.at >= o.since
         and x.disposition is distinct from 'automatic' and x.kind in (%s)
       union all
      select w.channel, 'revocation', x.source_id
        from response x
       cross join unnest(
               case when x.kind not in ('opt_out', 'complaint') then array[x.channel]
                    when x.channel in ('sms', 'phone', 'whatsapp')
                    then array['sms', 'phone', 'whatsapp', 'paid_media']
                    else array[x.channel, 'paid_media'] end) as w(channel)
       where x.contact_id = o.told and x.xmin = pg_current_xact_id()::xid and x.at >= o.since
         and (x.disposition = 'negative' or x.kind in ('opt_out', 'complaint', 'hard_bounce'))
      """
          .replace("%s", "'" + String.join("', '", OpenTouches.ENGAGING) + "'")),

  PURCHASES(
      """
      select 'all' as channel, 'engaged' as why, 'purchase' as source_id
        from purchase p
       where p.contact_id = o.told and p.xmin = pg_current_xact_id()::xid and p.ordered_at >= o.since
         and not p.cancelled
      """),

  /** Clocks of others may be some seconds ahead. */
  SUPPRESSIONS(
      """
      select case when s.reason in ('deceased', 'minor', 'legal') then 'all' else s.scope end as channel,
             'revocation' as why, 'suppressed' as source_id
        from suppression s
       where s.contact_id = o.told and s.xmin = pg_current_xact_id()::xid
         and s.since <= clock_timestamp() + interval '10 seconds' and (s.until is null or s.until > clock_timestamp())
      """),

  CONSENTS(
      """
      select c.channel, 'revocation' as why, 'consent_withdrawn' as source_id
        from consent c
       where c.contact_id = o.told and c.xmin = pg_current_xact_id()::xid
         and c.withdrawn_at <= clock_timestamp() + interval '10 seconds'
         and not exists (
           select from consent later
            where later.contact_id = c.contact_id and later.channel = c.channel
              and later.captured_at > c.withdrawn_at and later.withdrawn_at is null)
      """),

  /** Also by becoming the same person as somebody who said no. */
  CONTACTS(
      """
      select w.scope as channel, 'revocation' as why, 'do_not_contact' as source_id
        from contact_person cp
        join contact_person same on same.person_id = cp.person_id
        join contact c on c.id = same.contact_id
       cross join unnest(c.do_not_contact_scope) as w(scope)
       where cp.contact_id = o.told
       union all
      select case when s.reason in ('deceased', 'minor', 'legal') then 'all' else s.scope end,
             'revocation', 'suppressed'
        from contact_person cp
        join contact_person same on same.person_id = cp.person_id
       cross join lateral (
         (select distinct on (x.scope, x.reason, x.since) x.scope, x.reason, x.since, x.until
            from suppression x where x.contact_id = same.contact_id
           order by x.scope, x.reason, x.since, x.id desc)
          union all
         (select distinct on (x.address_id, x.scope, x.reason, x.since) x.scope, x.reason, x.since, x.until
            from contact_address ca join address_suppression x on x.address_id = ca.address_id
           where ca.contact_id = same.contact_id
           order by x.address_id, x.scope, x.reason, x.since, x.id desc)) s
       where cp.contact_id = o.told
         and s.since <= clock_timestamp() + interval '10 seconds' and (s.until is null or s.until > clock_timestamp())
       union all
      select 'all', 'engaged', 'engaged'
        from contact c
       where c.id = o.told and c.xmin = pg_current_xact_id()::xid
         and greatest(c.last_login_at, c.last_engagement_at, c.last_inquiry_at) >= o.since
      """);

  // A touch without a journey is one that a platform
  // made by itself.
  private static final String OPEN =
      """
      with open as materialized (
        select distinct w.id as told, t.contact_id,
               coalesce(
                 (select max(j.entered_at) from journey j
                   where j.contact_id = t.contact_id and j.ended_at is null),
                 t.at) as since
          from json_array_elements_text(cast(:contacts as json)) as w(id)
          join contact_person cp on cp.contact_id = w.id
          join contact_person same on same.person_id = cp.person_id
          join touch t on t.contact_id = same.contact_id
         where t.outcome = 'reserved'
            or t.state in ('sending', 'handing_over', 'handed_over', 'in_doubt'))
      select distinct o.contact_id, ends.channel, ends.why, ends.source_id
        from open o
       cross join lateral (
      """;

  private final String sql;

  Departures(String told) {
    sql = OPEN + told + ") ends where ends.channel is not null";
  }

  /**
   * Ends the open touches of those who leave by what this transaction told of some contacts, whose
   * persons are locked.
   *
   * @param ids of notifications
   */
  void end(Handle handle, Collection<String> contactIds, Supplier<UUID> ids) {
    if (contactIds.isEmpty()) {
      return;
    }
    List<End> ends =
        handle
            .createQuery(sql)
            .bind("contacts", JsonRows.texts(Set.copyOf(contactIds)))
            .map(
                (row, context) ->
                    new End(
                        row.getString("contact_id"),
                        row.getString("channel"),
                        row.getString("why"),
                        row.getString("source_id"),
                        false))
            .list();
    OpenTouches.end(handle, ends, ids);
  }
}

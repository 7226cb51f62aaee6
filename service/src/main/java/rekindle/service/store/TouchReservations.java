package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.store.ScheduledTouches.State;

/** Reserves touches, each once: from then on they count, and nobody else makes them. */
public final class TouchReservations {
  private TouchReservations() {}

  /**
   * A touch to be reserved.
   *
   * @param lease how long its holder has, by the database's clock; null for no lease
   * @param watchUntil by when something must be told of it; null for no matter
   * @param confirmKey of the request that may send it; null for none
   */
  public record Reservation(
      String id,
      String contactId,
      String sequence,
      int step,
      Channel channel,
      Instant at,
      String outcome,
      UUID decisionId,
      State state,
      String route,
      @Nullable String client,
      @Nullable Duration lease,
      @Nullable Instant sendNotAfter,
      @Nullable Instant watchUntil,
      @Nullable String incentive,
      @Nullable String confirmKey) {}

  private static final String RESERVE =
      """
      with reserved as (
        insert into touch as t (id, contact_id, address_id, sequence, step, channel, at, outcome, decision_id, state,
                                route, client, attempt, lease_until, send_not_after, watch_until, incentive, confirm_key)
        select r.id, r.contact_id, ca.address_id, r.sequence, r.step, r.channel, r.at, r.outcome, r.decision_id,
               r.state, r.route, r.client, 1, clock_timestamp() + make_interval(secs => r.lease), r.send_not_after,
               r.watch_until, r.incentive, r.confirm_key
          from json_to_recordset(cast(:rows as json)) as r(
            id text, contact_id text, sequence text, step integer, channel text, at timestamptz, outcome text,
            decision_id uuid, state text, route text, client text, lease double precision,
            send_not_after timestamptz, watch_until timestamptz, incentive text, confirm_key text)
          left join contact_address ca on ca.contact_id = r.contact_id and ca.channel = r.channel
         where not exists (
                 select from contact_person cp
                   join contact_person same on same.person_id = cp.person_id
                   join touch later on later.contact_id = same.contact_id
                  where cp.contact_id = r.contact_id and later.at > r.at and later.id <> r.id
                    and later.decision_id is not null and later.outcome not in ('failed', 'not_sent'))
         order by r.id
        on conflict (id) do update
           set contact_id = excluded.contact_id, address_id = excluded.address_id, channel = excluded.channel,
               at = excluded.at, outcome = excluded.outcome, decision_id = excluded.decision_id,
               state = excluded.state, route = excluded.route, client = excluded.client, attempt = t.attempt + 1,
               lease_until = excluded.lease_until, send_not_after = excluded.send_not_after,
               watch_until = excluded.watch_until, incentive = excluded.incentive,
               confirm_key = excluded.confirm_key, updated_at = clock_timestamp()
         where t.state = 'released' or (t.state in ('leased', 'task', 'sending') and excluded.state = 'sending')
        returning t.id, t.at, t.outcome, t.state, t.route, t.attempt),
      told as (
        insert into touch_event (touch_id, at, outcome, detail)
        select x.id, x.at, x.outcome, jsonb_build_object('state', x.state, 'route', x.route) from reserved x)
      select id, attempt from reserved
      """;

  /**
   * Reserves touches; their persons are locked.
   *
   * @return attempts by the ids of those that were reserved; one that is under way is not, unless
   *     it is to be sent and passes to another hand, nor one that was decided by a clock that is
   *     behind that of the person's last touch: such a decision does not know of it
   */
  public static Map<String, Integer> reserve(Handle handle, List<Reservation> touches) {
    if (touches.isEmpty()) {
      return Map.of();
    }
    return handle
        .createQuery(RESERVE)
        .bind("rows", JsonRows.of(touches, TouchReservations::fields))
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void fields(Reservation touch, JsonRows row) {
    Duration lease = touch.lease();
    row.text("id", touch.id())
        .text("contact_id", touch.contactId())
        .text("sequence", touch.sequence())
        .integer("step", (long) touch.step())
        .text("channel", touch.channel().code())
        .instant("at", touch.at())
        .text("outcome", touch.outcome())
        .text("decision_id", touch.decisionId().toString())
        .text("state", touch.state().code())
        .text("route", touch.route())
        .text("client", touch.client())
        .integer("lease", lease == null ? null : lease.toSeconds())
        .instant("send_not_after", touch.sendNotAfter())
        .instant("watch_until", touch.watchUntil())
        .text("incentive", touch.incentive())
        .text("confirm_key", touch.confirmKey());
  }
}

package rekindle.service.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.service.record.Purchase;
import rekindle.service.record.Rows.Row;

/** Writes rows that the system of record may change, by its own ids: the last telling counts. */
final class RecordWriter {
  private RecordWriter() {}

  private static final String SUBSCRIPTION =
      """
      insert into subscription as s (contact_id, id, status, ended_at, reason, usage_last_30_days)
      select r.contact_id, r.id, r.status, r.ended_at, r.reason, r.usage_last_30_days
        from json_to_recordset(cast(:rows as json)) as r(
          contact_id text, id text, status text, ended_at timestamptz, reason text,
          usage_last_30_days bigint)
      on conflict (contact_id, id) do update
         set status = excluded.status,
             ended_at = excluded.ended_at,
             reason = excluded.reason,
             usage_last_30_days = excluded.usage_last_30_days
       where (s.status, s.ended_at, s.reason, s.usage_last_30_days) is distinct from
             (excluded.status, excluded.ended_at, excluded.reason, excluded.usage_last_30_days)
      """;

  static Written subscriptions(Handle handle, List<Row<Subscription>> rows) {
    return RowBatch.of(handle, rows, Row::id)
        .write(
            SUBSCRIPTION,
            (row, out) ->
                out.text("id", row.id())
                    .text("status", row.value().status())
                    .instant("ended_at", row.value().endedAt())
                    .text("reason", row.value().reason())
                    .integer("usage_last_30_days", row.value().usageLast30Days()));
  }

  private static final String PURCHASE =
      """
      insert into purchase as p (contact_id, id, ordered_at, amount, currency, cancelled)
      select r.contact_id, r.id, r.ordered_at, r.amount, r.currency, r.cancelled
        from json_to_recordset(cast(:rows as json)) as r(
          contact_id text, id text, ordered_at timestamptz, amount numeric, currency text,
          cancelled boolean)
      on conflict (contact_id, id) do update
         set ordered_at = excluded.ordered_at,
             amount = excluded.amount,
             currency = excluded.currency,
             cancelled = excluded.cancelled
       where (p.ordered_at, p.amount, p.currency, p.cancelled) is distinct from
             (excluded.ordered_at, excluded.amount, excluded.currency, excluded.cancelled)
      """;

  static Written purchases(Handle handle, List<Row<Purchase>> rows) {
    return RowBatch.of(handle, rows, Row::id)
        .write(
            PURCHASE,
            (row, out) ->
                out.text("id", row.id())
                    .instant("ordered_at", row.value().orderedAt())
                    .decimal("amount", row.value().amount())
                    .text("currency", row.value().currency())
                    .bool("cancelled", row.value().cancelled()));
  }

  private static final String DEAL =
      """
      insert into deal as d (contact_id, id, stage, outcome, closed_at, loss_reason, quoted_price)
      select r.contact_id, r.id, r.stage, r.outcome, r.closed_at, r.loss_reason, r.quoted_price
        from json_to_recordset(cast(:rows as json)) as r(
          contact_id text, id text, stage text, outcome text, closed_at timestamptz,
          loss_reason text, quoted_price numeric)
      on conflict (contact_id, id) do update
         set stage = excluded.stage,
             outcome = excluded.outcome,
             closed_at = excluded.closed_at,
             loss_reason = excluded.loss_reason,
             quoted_price = excluded.quoted_price
       where (d.stage, d.outcome, d.closed_at, d.loss_reason, d.quoted_price) is distinct from
             (excluded.stage, excluded.outcome, excluded.closed_at, excluded.loss_reason,
              excluded.quoted_price)
      """;

  static Written deals(Handle handle, List<Row<Deal>> rows) {
    return RowBatch.of(handle, rows, Row::id)
        .write(
            DEAL,
            (row, out) ->
                out.text("id", row.id())
                    .text("stage", row.value().stage())
                    .text("outcome", row.value().outcome())
                    .instant("closed_at", row.value().closedAt())
                    .text("loss_reason", row.value().lossReason())
                    .decimal("quoted_price", row.value().quotedPrice()));
  }

  private static final String MEETING =
      """
      insert into meeting as m (contact_id, id, scheduled_for, status)
      select r.contact_id, r.id, r.scheduled_for, r.status
        from json_to_recordset(cast(:rows as json)) as r(
          contact_id text, id text, scheduled_for timestamptz, status text)
      on conflict (contact_id, id) do update
         set scheduled_for = excluded.scheduled_for, status = excluded.status
       where (m.scheduled_for, m.status) is distinct from
             (excluded.scheduled_for, excluded.status)
      """;

  static Written meetings(Handle handle, List<Row<Meeting>> rows) {
    return RowBatch.of(handle, rows, Row::id)
        .write(
            MEETING,
            (row, out) ->
                out.text("id", row.id())
                    .instant("scheduled_for", row.value().scheduledFor())
                    .text("status", row.value().status()));
  }
}

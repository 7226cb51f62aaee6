package rekindle.service.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Touch;
import rekindle.service.record.Rows.Row;

/** Writes touches with their ledger, journeys and escalations. */
final class TouchWriter {
  private TouchWriter() {}

  private static final String TOUCH =
      """
      with written as (
        insert into touch as t (id, contact_id, sequence, step, channel, at, outcome)
        select r.id, r.contact_id, r.sequence, r.step, r.channel, r.at, r.outcome
          from json_to_recordset(cast(:rows as json)) as r(
            n integer, id text, contact_id text, sequence text, step integer, channel text,
            at timestamptz, outcome text)
         order by r.id
        on conflict (id) do update
           set outcome = excluded.outcome, updated_at = clock_timestamp()
         where (t.contact_id, t.sequence, t.step, t.channel, t.at) =
               (excluded.contact_id, excluded.sequence, excluded.step, excluded.channel, excluded.at)
           and t.outcome <> excluded.outcome
        returning t.id, t.at, t.outcome)
      insert into touch_event (touch_id, at, outcome)
      select w.id, w.at, w.outcome from written w
      """;

  private static final String OTHER_TOUCH =
      """
      select r.n, r.contact_id
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, id text, contact_id text, sequence text, step integer, channel text,
          at timestamptz, outcome text)
        join touch t on t.id = r.id
       where (t.contact_id, t.sequence, t.step, t.channel, t.at) is distinct from
             (r.contact_id, r.sequence, r.step, r.channel, r.at)
       order by r.n
      """;

  /** The same touch has the same id; its outcome may be told anew, and both stay in the ledger. */
  static Written touches(Handle handle, List<Row<Touch>> rows) {
    return RowBatch.ofUnique(handle, rows, TouchWriter::id)
        .write(
            TOUCH,
            OTHER_TOUCH,
            (row, out) ->
                out.text("id", id(row))
                    .text("sequence", row.value().sequence())
                    .integer("step", (long) row.value().step())
                    .text("channel", row.value().channel().code())
                    .instant("at", row.value().at())
                    .text("outcome", row.value().outcome()));
  }

  /** A touch without an id gets one from what it is. */
  private static String id(Row<Touch> row) {
    Touch touch = row.value();
    String id = touch.id();
    if (id != null) {
      return id;
    }
    return "t-"
        + Content.hexOf(
                row.contactId(), touch.sequence(), touch.step(), touch.channel(), touch.at())
            .substring(0, 32);
  }

  private static final String JOURNEY =
      """
      insert into journey as j (contact_id, sequence, entered_at, paused_until, ended_at, end_reason)
      select r.contact_id, r.sequence, r.entered_at, r.paused_until, r.ended_at, r.end_reason
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, sequence text, entered_at timestamptz,
          paused_until timestamptz, ended_at timestamptz, end_reason text)
       order by r.n
      on conflict (contact_id, sequence, entered_at) do update
         set paused_until = excluded.paused_until,
             ended_at = excluded.ended_at,
             end_reason = excluded.end_reason
       where (j.paused_until, j.ended_at, j.end_reason) is distinct from
             (excluded.paused_until, excluded.ended_at, excluded.end_reason)
      """;

  static Written journeys(Handle handle, List<Row<Journey>> rows) {
    return RowBatch.of(
            handle, rows, row -> List.of(row.value().sequence(), row.value().enteredAt()))
        .write(
            JOURNEY,
            (row, out) ->
                out.text("sequence", row.value().sequence())
                    .instant("entered_at", row.value().enteredAt())
                    .instant("paused_until", row.value().pausedUntil())
                    .instant("ended_at", row.value().endedAt())
                    .text("end_reason", row.value().endReason()));
  }

  private static final String OPEN_ESCALATION =
      """
      insert into escalation (contact_id, opened_at)
      select r.contact_id, r.opened_at
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, opened_at timestamptz)
       where not exists (
         select from escalation e
          where e.contact_id = r.contact_id
            and (e.closed_at is null or e.opened_at = r.opened_at))
       order by r.n
      """;

  /** One is open for each contact at most; the same opening told again is no new one. */
  static Written openEscalations(Handle handle, List<Row<Instant>> rows) {
    return RowBatch.of(handle, rows, row -> "open")
        .write(OPEN_ESCALATION, (row, out) -> out.instant("opened_at", row.value()));
  }

  private static final String CLOSE_ESCALATION =
      """
      update escalation e
         set closed_at = greatest(:at, e.opened_at)
        from json_array_elements_text(cast(:contacts as json)) as w(id)
       where e.contact_id = w.id and e.closed_at is null
      """;

  static int closeEscalations(Handle handle, Collection<String> contactIds, Instant at) {
    PersonLocks.lock(handle, contactIds);
    return handle
        .createUpdate(CLOSE_ESCALATION)
        .bind("contacts", JsonRows.texts(contactIds))
        .bind("at", at)
        .execute();
  }
}

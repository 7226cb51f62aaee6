package rekindle.service.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Begins and ends journeys as decisions say; their persons are locked. */
public final class JourneyStore {
  private JourneyStore() {}

  /** A journey that begins. */
  public record Begin(String contactId, String sequence, Instant enteredAt) {}

  /** All open journeys of the contact's person end. */
  public record End(String contactId, Instant at, String reason) {}

  private static final String BEGIN =
      """
      insert into journey (contact_id, sequence, entered_at)
      select r.contact_id, r.sequence, r.entered_at
        from json_to_recordset(cast(:rows as json)) as r(contact_id text, sequence text, entered_at timestamptz)
      on conflict (contact_id, sequence, entered_at) do nothing
      """;

  private static final String END =
      """
      update journey j
         set ended_at = greatest(r.at, j.entered_at), end_reason = r.reason
        from json_to_recordset(cast(:rows as json)) as r(contact_id text, at timestamptz, reason text)
        join contact_person cp on cp.contact_id = r.contact_id
        join contact_person same on same.person_id = cp.person_id
       where j.contact_id = same.contact_id and j.ended_at is null
      """;

  public static void begin(Handle handle, List<Begin> journeys) {
    if (!journeys.isEmpty()) {
      handle
          .createUpdate(BEGIN)
          .bind(
              "rows",
              JsonRows.of(
                  journeys,
                  (one, row) ->
                      row.text("contact_id", one.contactId())
                          .text("sequence", one.sequence())
                          .instant("entered_at", one.enteredAt())))
          .execute();
    }
  }

  public static void end(Handle handle, List<End> journeys) {
    if (!journeys.isEmpty()) {
      handle
          .createUpdate(END)
          .bind(
              "rows",
              JsonRows.of(
                  journeys,
                  (one, row) ->
                      row.text("contact_id", one.contactId())
                          .instant("at", one.at())
                          .text("reason", one.reason())))
          .execute();
    }
  }
}

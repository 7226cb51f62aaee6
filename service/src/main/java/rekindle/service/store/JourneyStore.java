package rekindle.service.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  private static final String COVER =
      """
      select r.contact_id,
             exists (select from contact_person cp
                       join contact_person same on same.person_id = cp.person_id
                       join journey j on j.contact_id = same.contact_id
                      where cp.contact_id = r.contact_id and j.sequence = r.sequence and j.entered_at <= r.entered_at
                        and (j.ended_at is null or j.ended_at >= r.entered_at)) as covered,
             exists (select from contact_person cp
                       join contact_person same on same.person_id = cp.person_id
                       join journey j on j.contact_id = same.contact_id
                      where cp.contact_id = r.contact_id and j.ended_at is null and j.entered_at > r.entered_at) as later
        from json_to_recordset(cast(:rows as json)) as r(contact_id text, sequence text, entered_at timestamptz)
      """;

  /**
   * Begins journeys of which only a touch is known: where the person was not on that journey at the
   * time. Others that are open end, as when a decision begins one; one that began later stays.
   *
   * @param journeys one of each person at most
   */
  public static void beginBelatedly(Handle handle, List<Begin> journeys) {
    if (journeys.isEmpty()) {
      return;
    }
    Set<String> missing =
        handle
            .createQuery(COVER)
            .bind("rows", rows(journeys))
            .map(
                (row, context) ->
                    row.getBoolean("covered") || row.getBoolean("later")
                        ? null
                        : row.getString("contact_id"))
            .filter(Objects::nonNull)
            .set();
    List<Begin> begun = journeys.stream().filter(one -> missing.contains(one.contactId())).toList();
    end(
        handle,
        begun.stream().map(one -> new End(one.contactId(), one.enteredAt(), "trigger")).toList());
    begin(handle, begun);
  }

  public static void begin(Handle handle, List<Begin> journeys) {
    if (!journeys.isEmpty()) {
      handle.createUpdate(BEGIN).bind("rows", rows(journeys)).execute();
    }
  }

  private static String rows(List<Begin> journeys) {
    return JsonRows.of(
        journeys,
        (one, row) ->
            row.text("contact_id", one.contactId())
                .text("sequence", one.sequence())
                .instant("entered_at", one.enteredAt()));
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

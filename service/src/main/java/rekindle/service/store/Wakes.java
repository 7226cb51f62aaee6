package rekindle.service.store;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What makes looks due: whatever changes somebody's facts, and what changes everybody's. */
public final class Wakes {
  private Wakes() {}

  // Who looks meanwhile may have read the facts before this was written: that look sees in the end
  // that it was overtaken, and another one follows at once.
  private static final String SOONER =
      """
      on conflict (person_id) do update
         set due_at = least(l.due_at, excluded.due_at), wakes = l.wakes + 1
      """;

  private static final String WAKE_CONTACTS =
      """
      insert into next_look as l (person_id, due_at)
      select cp.person_id, clock_timestamp() + make_interval(secs => min(w.seconds))
        from json_to_recordset(cast(:contacts as json)) as w(id text, seconds double precision)
        join contact_person cp on cp.contact_id = w.id
       group by cp.person_id
       order by cp.person_id
      """
          + SOONER;

  /** Has the persons of contacts looked at as soon as this transaction has committed. */
  public static void wake(Handle handle, Collection<String> contactIds) {
    Map<String, Duration> waits = new HashMap<>();
    contactIds.forEach(contact -> waits.put(contact, Duration.ZERO));
    wakeAfter(handle, waits);
  }

  /**
   * Has the persons of contacts looked at after some time at the latest.
   *
   * @param waits by contact
   */
  public static void wakeAfter(Handle handle, Map<String, Duration> waits) {
    if (!waits.isEmpty()) {
      handle
          .createUpdate(WAKE_CONTACTS)
          .bind(
              "contacts",
              JsonRows.of(
                  waits.entrySet(),
                  (one, row) ->
                      row.text("id", one.getKey()).integer("seconds", one.getValue().toSeconds())))
          .execute();
    }
  }

  private static final String WAKE_PERSONS =
      """
      insert into next_look as l (person_id, due_at)
      select p.id, clock_timestamp()
        from json_array_elements_text(cast(:persons as json)) as w(id)
        join person p on p.id = w.id
       order by p.id
      """
          + SOONER;

  static void wakePersons(Handle handle, Collection<String> personIds) {
    if (!personIds.isEmpty()) {
      handle
          .createUpdate(WAKE_PERSONS)
          .bind("persons", JsonRows.texts(Set.copyOf(personIds)))
          .execute();
    }
  }

  static final String SWEEP =
      """
      with part as materialized (
        select p.id from person p where p.id > :after order by p.id limit :most),
      added as (
        insert into next_look (person_id, due_at)
        select s.id, clock_timestamp()
          from part s
         where not exists (select from next_look l where l.person_id = s.id)
           and exists (select from contact_person cp where cp.person_id = s.id)
         order by s.id
        on conflict (person_id) do nothing
        returning person_id)
      select (select count(*) from added) as added,
             (select case when count(*) = :most then max(id) end from part) as last
      """;

  /**
   * Some persons that were gone through.
   *
   * @param added how many had no look
   * @param last the last id; null if nobody comes after it
   */
  public record Swept(int added, @Nullable String last) {}

  /**
   * Gives a look to everybody who has none, whatever wrote them: to some persons in the order of
   * their ids.
   *
   * @param after ids up to this one are done
   */
  public static Swept sweep(Handle handle, String after, int most) {
    return handle
        .createQuery(SWEEP)
        .bind("after", after)
        .bind("most", most)
        .map((row, context) -> new Swept(row.getInt("added"), row.getString("last")))
        .one();
  }

  static final String WAKE_STOPPED =
      """
      with woken as (
        insert into next_look as l (person_id, due_at)
        select n.person_id, clock_timestamp()
          from next_look n
         where n.reasons @> array['stopped'] and n.person_id > :after
         order by n.person_id
         limit :most
      """
          + SOONER
          + """
            returning l.person_id)
          select case when count(*) = :most then max(person_id) end from woken
          """;

  /**
   * Has some of those looked at of whom a kill switch held a touch back, in the order of their ids.
   *
   * @param after ids up to this one are done
   * @return the last id; null if nobody comes after it
   */
  static @Nullable String wakeStopped(Handle handle, String after, int most) {
    return handle
        .createQuery(WAKE_STOPPED)
        .bind("after", after)
        .bind("most", most)
        .map((row, context) -> row.getString(1))
        .one();
  }
}

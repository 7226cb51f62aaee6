package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/**
 * When each person is looked at next: one row a person. Whoever takes some holds them by a lease on
 * the database's clock. What changes a person's facts makes the look due at once.
 */
public final class NextLooks {
  private NextLooks() {}

  /**
   * A look that somebody took.
   *
   * @param epoch tells this lease from earlier and later ones
   */
  public record Claim(String personId, long epoch) {}

  private static final String CLAIM =
      """
      update next_look l
         set lease_until = clock_timestamp() + make_interval(secs => :lease),
             lease_epoch = l.lease_epoch + 1,
             claims = l.claims + 1
       where l.person_id in (
               select n.person_id from next_look n
                where n.due_at <= :now and n.due_at >= :from and n.parked_at is null
                  and (n.lease_until is null or n.lease_until < clock_timestamp())
                order by n.due_at
                limit :most
                  for update skip locked)
      returning l.person_id, l.lease_epoch, l.claims, l.due_at, clock_timestamp() as taken_at
      """;

  private static final String PARK =
      """
      update next_look
         set parked_at = clock_timestamp(), parked_reason = :reason, lease_until = null, ready_channel = null,
             ready_since = null
       where person_id = :person and parked_at is null
      """;

  /**
   * Looks that were taken.
   *
   * @param latestDue when the last of them was due; null if none was taken
   * @param at by the database's clock; null if none was taken
   */
  public record Claimed(List<Claim> claims, @Nullable Instant latestDue, @Nullable Instant at) {}

  /**
   * Takes looks that are due, the longest due first. One that was taken too often without an end is
   * parked.
   *
   * @param from earlier ones are left out; they were looked for before
   */
  public static Claimed claim(
      Handle handle, Instant from, Instant now, int most, Duration lease, int claimsMax) {
    record Taken(Claim claim, int claims, Instant due, Instant at) {}
    List<Taken> taken =
        handle
            .createQuery(CLAIM)
            .bind("lease", lease.toSeconds())
            .bind("from", from)
            .bind("now", now)
            .bind("most", most)
            .map(
                (row, context) ->
                    new Taken(
                        new Claim(row.getString("person_id"), row.getLong("lease_epoch")),
                        row.getInt("claims"),
                        row.getTimestamp("due_at").toInstant(),
                        row.getTimestamp("taken_at").toInstant()))
            .list();
    taken.stream()
        .filter(one -> one.claims > claimsMax)
        .forEach(one -> park(handle, one.claim.personId(), "taken_too_often"));
    return new Claimed(
        taken.stream().filter(one -> one.claims <= claimsMax).map(Taken::claim).toList(),
        taken.stream().map(Taken::due).max(Instant::compareTo).orElse(null),
        taken.stream().map(Taken::at).max(Instant::compareTo).orElse(null));
  }

  /** Leaves a person out of all looks until somebody says otherwise. */
  public static void park(Handle handle, String personId, String reason) {
    handle.createUpdate(PARK).bind("person", personId).bind("reason", reason).execute();
  }

  private static final String UNPARK =
      """
      update next_look
         set parked_at = null, parked_reason = null, claims = 0, due_at = clock_timestamp()
       where person_id = :person and parked_at is not null
      """;

  /**
   * Has a parked person looked at again.
   *
   * @return false if it was not parked
   */
  public static boolean unpark(Handle handle, String personId) {
    return handle.createUpdate(UNPARK).bind("person", personId).execute() == 1;
  }

  private static final String EARLIEST =
      "select min(due_at) from next_look where parked_at is null and due_at >= :from";

  /** When the earliest look that is due from some instant on is due. */
  public static Optional<Instant> earliest(Handle handle, Instant from) {
    return handle.createQuery(EARLIEST).bind("from", from).mapTo(Instant.class).findOne();
  }

  /** Persons of the looks that a platform may ask for, by channel. */
  static final String READY =
      """
      select n.person_id, n.lease_epoch from next_look n
       where n.ready_channel = any(array(
               select w.id from json_array_elements_text(cast(:channels as json)) as w(id)))
         and n.parked_at is null
         and (n.lease_until is null or n.lease_until < clock_timestamp())
       order by n.ready_since
       limit :most
         for update skip locked
      """;

  /** Persons of whom a touch waits on one of the channels; held until the transaction ends. */
  public static List<Claim> ready(Handle handle, Collection<String> channels, int most) {
    return handle
        .createQuery(READY)
        .bind("channels", JsonRows.texts(channels))
        .bind("most", most)
        .map((row, context) -> new Claim(row.getString(1), row.getLong(2)))
        .list();
  }

  private static final String ANY_READY =
      """
      select exists (
        select from next_look n
         where n.ready_channel in (select w.id from json_array_elements_text(cast(:channels as json)) as w(id))
           and n.parked_at is null
           and (n.lease_until is null or n.lease_until < clock_timestamp()))
      """;

  /** Whether a touch waits on one of the channels. */
  public static boolean isAnyReady(Handle handle, Collection<String> channels) {
    return handle
        .createQuery(ANY_READY)
        .bind("channels", JsonRows.texts(channels))
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * What the last look of a person came to.
   *
   * @param wakes tells whether somebody woke the person since
   */
  public record Last(
      @Nullable String verdict, List<String> reasons, @Nullable String contactId, long wakes) {}

  private static final String HELD =
      """
      select l.person_id, l.verdict, l.reasons, l.contact_id, l.wakes
        from json_to_recordset(cast(:claims as json)) as r(person text, epoch bigint)
        join next_look l on l.person_id = r.person
       where l.lease_epoch = r.epoch and l.lease_until > clock_timestamp()
      """;

  /** Those claims that still hold, with what the last look came to. */
  public static Map<String, Last> held(Handle handle, List<Claim> claims) {
    return last(
        handle
            .createQuery(HELD)
            .bind(
                "claims",
                JsonRows.of(
                    claims,
                    (claim, row) ->
                        row.text("person", claim.personId()).integer("epoch", claim.epoch())))
            .map((RowView row) -> entry(row))
            .list());
  }

  private static final String OF =
      """
      select l.person_id, l.verdict, l.reasons, l.contact_id, l.wakes
        from next_look l
       where l.person_id = any(array(
               select w.id from json_array_elements_text(cast(:persons as json)) as w(id)))
      """;

  /** What the last looks of persons came to. */
  public static Map<String, Last> of(Handle handle, Collection<String> persons) {
    return last(
        handle
            .createQuery(OF)
            .bind("persons", JsonRows.texts(Set.copyOf(persons)))
            .map((RowView row) -> entry(row))
            .list());
  }

  private static Map.Entry<String, Last> entry(RowView row) {
    return Map.entry(
        row.getColumn("person_id", String.class),
        new Last(
            row.getColumn("verdict", String.class),
            List.of(row.getColumn("reasons", String[].class)),
            row.getColumn("contact_id", String.class),
            row.getColumn("wakes", Long.class)));
  }

  private static Map<String, Last> last(List<Map.Entry<String, Last>> rows) {
    var byPerson = new HashMap<String, Last>();
    rows.forEach(row -> byPerson.put(row.getKey(), row.getValue()));
    return byPerson;
  }

  /**
   * How a look ended.
   *
   * @param dueAt when the next one is
   * @param wakes as it was when the look began
   * @param readyChannel on which a touch waits for a platform to ask; null if none does
   */
  public record Ended(
      String personId,
      long wakes,
      Instant dueAt,
      @Nullable String readyChannel,
      @Nullable String contactId,
      String verdict,
      List<String> reasons,
      @Nullable String sequence,
      Instant lookedAt) {}

  private static final String END =
      """
      insert into next_look as l (person_id, wakes, due_at, ready_channel, ready_since, contact_id, verdict,
                                  reasons, sequence, looked_at)
      select r.person_id, r.wakes, r.due_at, r.ready_channel, case when r.ready_channel is not null then r.looked_at end,
             r.contact_id, r.verdict, r.reasons, r.sequence, r.looked_at
        from json_to_recordset(cast(:ended as json)) as r(
          person_id text, wakes bigint, due_at timestamptz, ready_channel text, contact_id text, verdict text, reasons text[],
          sequence text, looked_at timestamptz)
       order by r.person_id
      on conflict (person_id) do update
         set due_at = case when l.wakes = excluded.wakes then excluded.due_at
                           else least(excluded.due_at, clock_timestamp()) end,
             ready_channel = excluded.ready_channel,
             ready_since = case when l.ready_channel = excluded.ready_channel then l.ready_since
                                else excluded.ready_since end,
             contact_id = excluded.contact_id,
             verdict = excluded.verdict,
             reasons = excluded.reasons,
             sequence = excluded.sequence,
             looked_at = excluded.looked_at,
             lease_until = null,
             claims = 0
      """;

  /** Writes how looks ended; the persons are locked. */
  public static void end(Handle handle, List<Ended> ended) {
    if (ended.isEmpty()) {
      return;
    }
    handle
        .createUpdate(END)
        .bind(
            "ended",
            JsonRows.of(
                ended,
                (look, row) ->
                    row.text("person_id", look.personId())
                        .integer("wakes", look.wakes())
                        .instant("due_at", look.dueAt())
                        .text("ready_channel", look.readyChannel())
                        .text("contact_id", look.contactId())
                        .text("verdict", look.verdict())
                        .texts("reasons", look.reasons())
                        .text("sequence", look.sequence())
                        .instant("looked_at", look.lookedAt())))
        .execute();
  }

  private static final String LET_GO =
      """
      update next_look l
         set lease_until = null, claims = greatest(l.claims - 1, 0)
       where l.person_id = any(array(
               select r.person from json_to_recordset(cast(:claims as json)) as r(person text)))
         and exists (
               select from json_to_recordset(cast(:claims as json)) as r(person text, epoch bigint)
                where r.person = l.person_id and r.epoch = l.lease_epoch)
      """;

  /** Gives back looks that could not be had now, because somebody else was at their persons. */
  public static void letGo(Handle handle, List<Claim> claims) {
    if (!claims.isEmpty()) {
      handle
          .createUpdate(LET_GO)
          .bind(
              "claims",
              JsonRows.of(
                  claims,
                  (claim, row) ->
                      row.text("person", claim.personId()).integer("epoch", claim.epoch())))
          .execute();
    }
  }

  private static final String FORGIVE =
      """
      update next_look l
         set claims = greatest(l.claims - 1, 0)
       where l.person_id = any(array(
               select r.person from json_to_recordset(cast(:claims as json)) as r(person text)))
      """;

  /** Does not count looks that failed by no fault of their persons. */
  public static void forgive(Handle handle, List<Claim> claims) {
    handle
        .createUpdate(FORGIVE)
        .bind("claims", JsonRows.of(claims, (claim, row) -> row.text("person", claim.personId())))
        .execute();
  }

  private static final String FORGET =
      """
      delete from next_look l
       where l.person_id = any(array(
               select w.id from json_array_elements_text(cast(:persons as json)) as w(id)))
      """;

  /** Ends the looks of persons who have no contacts any more; a contact that comes brings one. */
  public static void forget(Handle handle, Collection<String> persons) {
    if (!persons.isEmpty()) {
      handle.createUpdate(FORGET).bind("persons", JsonRows.texts(Set.copyOf(persons))).execute();
    }
  }
}

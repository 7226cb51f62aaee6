package rekindle.service.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of events themselves: which were taken in, which wait for their contact, and
 * what people wrote. Within the caller's transaction. Thread-safe.
 */
public final class EventStore {
  private static final String BODY = "event";

  private final Identities identities;

  public EventStore(Identities identities) {
    this.identities = identities;
  }

  /** The name of an event, unique over all sources. */
  public record Name(String source, String id) {}

  private static final String SEE =
      """
      insert into event_seen (source, id)
      select w.source, w.id
        from json_to_recordset(cast(:names as json)) as w(source text, id text)
       order by w.source collate "C", w.id collate "C"
      on conflict do nothing
      returning source, id
      """;

  /** Remembers events; those that were not seen before, after whoever sees them now committed. */
  public Set<Name> see(Handle handle, Collection<Name> names) {
    return new HashSet<>(
        handle
            .createQuery(SEE)
            .bind(
                "names",
                JsonRows.of(
                    names, (name, row) -> row.text("source", name.source()).text("id", name.id())))
            .map((row, context) -> new Name(row.getString(1), row.getString(2)))
            .list());
  }

  /**
   * Waits until whoever writes contacts now has committed, and keeps others waiting until the
   * transaction ends: an event is set aside for a contact, or the contact is there, and never
   * neither.
   */
  public void awaitContacts(Handle handle) {
    handle.createQuery("select pg_advisory_xact_lock(7301)").mapTo(String.class).list();
  }

  /** Lets no event be set aside until the transaction ends, which may bring its contact. */
  static void bringContacts(Handle handle) {
    handle.createQuery("select pg_advisory_xact_lock_shared(7301)").mapTo(String.class).list();
  }

  private static final String OF_ADDRESSES =
      """
      select w.id as address_id, cp.person_id, min(cp.contact_id collate "C") as contact_id
        from json_to_recordset(cast(:addresses as json)) as w(id bigint)
        join contact_address ca on ca.address_id = w.id
        join contact_person cp on cp.contact_id = ca.contact_id
       group by w.id, cp.person_id
      """;

  /** One contact of each person that has an address, by address number. */
  public Map<Long, List<String>> contactsOf(Handle handle, Collection<Long> addresses) {
    Map<Long, List<String>> contacts = new HashMap<>();
    if (addresses.isEmpty()) {
      return contacts;
    }
    record Found(long address, String contact) {}
    handle
        .createQuery(OF_ADDRESSES)
        .bind("addresses", JsonRows.of(addresses, (id, row) -> row.integer("id", id)))
        .map((row, context) -> new Found(row.getLong("address_id"), row.getString("contact_id")))
        .forEach(
            found ->
                contacts
                    .computeIfAbsent(found.address(), id -> new ArrayList<>())
                    .add(found.contact()));
    return contacts;
  }

  private static final String TOUCHED =
      """
      update contact c
         set last_engagement_at =
               case when c.last_engagement_at is null or c.facts_summary is not null
                    then c.last_engagement_at
                    else greatest(c.last_engagement_at, r.engaged) end,
             last_login_at = greatest(c.last_login_at, r.login)
        from (select w.contact_id, max(w.engaged) as engaged, max(w.login) as login
                from json_to_recordset(cast(:rows as json))
                       as w(contact_id text, engaged timestamptz, login timestamptz)
               group by w.contact_id) r
       where c.id = r.contact_id
         and (r.engaged > c.last_engagement_at or r.login > coalesce(c.last_login_at, '-infinity'))
      """;

  /**
   * A sign of life of a contact.
   *
   * @param login null if it was none
   */
  public record SignOfLife(String contactId, Instant engaged, @Nullable Instant login) {}

  /** Brings the dates up to date that the record itself tells. */
  public void engaged(Handle handle, List<SignOfLife> signs) {
    if (!signs.isEmpty()) {
      handle
          .createUpdate(TOUCHED)
          .bind(
              "rows",
              JsonRows.of(
                  signs,
                  (sign, row) ->
                      row.text("contact_id", sign.contactId())
                          .instant("engaged", sign.engaged())
                          .instant("login", sign.login())))
          .execute();
    }
  }

  /** What somebody wrote, and what it was read as. */
  public record Reply(
      UUID id,
      String contactId,
      Name event,
      Instant at,
      @Nullable String channel,
      String meaning,
      @Nullable String row,
      @Nullable String rule,
      String body,
      boolean review) {}

  private static final String KEEP =
      """
      insert into reply (id, contact_id, source, source_id, at, channel, meaning, row_reference, rule,
                         body, body_key, review)
      select r.id, r.contact_id, r.source, r.source_id, r.at, r.channel, r.meaning, r.row_reference,
             r.rule, r.body, r.body_key, r.review
        from json_to_recordset(cast(:rows as json)) as r(
          id uuid, contact_id text, source text, source_id text, at timestamptz, channel text,
          meaning text, row_reference text, rule text, body bytea, body_key text, review boolean)
      """;

  /** Keeps what people wrote, encrypted. */
  public void keep(Handle handle, List<Reply> replies) {
    if (!replies.isEmpty()) {
      handle.createUpdate(KEEP).bind("rows", JsonRows.of(replies, this::fields)).execute();
    }
  }

  static final String REPLY = "reply";

  private void fields(Reply reply, JsonRows row) {
    Identities.Sealed sealed = identities.seal(REPLY, reply.body());
    row.text("id", reply.id().toString())
        .text("contact_id", reply.contactId())
        .text("source", reply.event().source())
        .text("source_id", reply.event().id())
        .instant("at", reply.at())
        .text("channel", reply.channel())
        .text("meaning", reply.meaning())
        .text("row_reference", reply.row())
        .text("rule", reply.rule())
        .bytes("body", sealed.bytes())
        .text("body_key", sealed.keyId())
        .bool("review", reply.review());
  }

  /**
   * An event whose contact is not known yet.
   *
   * @param contactId null where an address names it
   */
  public record Aside(
      Name event, @Nullable String contactId, @Nullable Long addressId, String json) {}

  private static final String SET_ASIDE =
      """
      insert into event_aside (source, event_id, contact_id, address_id, body, body_key)
      select r.source, r.event_id, r.contact_id, r.address_id, r.body, r.body_key
        from json_to_recordset(cast(:rows as json)) as r(
          source text, event_id text, contact_id text, address_id bigint, body bytea, body_key text)
      """;

  public void setAside(Handle handle, List<Aside> events) {
    if (events.isEmpty()) {
      return;
    }
    handle
        .createUpdate(SET_ASIDE)
        .bind(
            "rows",
            JsonRows.of(
                events,
                (event, row) -> {
                  Identities.Sealed sealed = identities.seal(BODY, event.json());
                  row.text("source", event.event().source())
                      .text("event_id", event.event().id())
                      .text("contact_id", event.contactId())
                      .integer("address_id", event.addressId())
                      .bytes("body", sealed.bytes())
                      .text("body_key", sealed.keyId());
                }))
        .execute();
  }

  private static final String TAKE =
      """
      delete from event_aside e
       where e.id in (
         select a.id from event_aside a
          where exists (select from contact c where c.id = a.contact_id)
             or exists (select from contact_address ca where ca.address_id = a.address_id)
          order by a.id
          limit :most
          for update)
      returning e.id, e.received_at, e.body, e.body_key
      """;

  /**
   * Events whose contact is known by now, taken out; in the order in which they came. Waits for
   * whoever takes some, so that none is on its way to its contact afterwards.
   *
   * @return documents, each with when it was received
   */
  public List<Map.Entry<Instant, String>> takeMatched(Handle handle, int most) {
    var taken = new TreeMap<Long, Map.Entry<Instant, String>>();
    handle
        .createQuery(TAKE)
        .bind("most", most)
        .map(
            (row, context) -> {
              taken.put(
                  row.getLong("id"),
                  Map.entry(
                      row.getTimestamp("received_at").toInstant(),
                      identities.open(BODY, row.getString("body_key"), row.getBytes("body"))));
              return true;
            })
        .list();
    return List.copyOf(taken.values());
  }

  private static final String LIFT =
      """
      delete from contact_hold h
       where h.type = 'events'
         and not exists (select from event_aside a where a.contact_id = h.contact_id)
         and not exists (
           select from event_aside a
             join contact_address ca on ca.address_id = a.address_id
            where ca.contact_id = h.contact_id)
      """;

  /** Lets contacts be decided for again of whom no event waits any more. */
  public void liftHolds(Handle handle) {
    handle.execute(LIFT);
  }

  /** Whether any contact waits for its events. */
  public boolean isAnyHeld(Handle handle) {
    return handle
        .createQuery("select exists (select from contact_hold where type = 'events')")
        .mapTo(Boolean.class)
        .one();
  }
}

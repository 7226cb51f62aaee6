package rekindle.service.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Everything that the store holds about a person, for those who may see it. Thread-safe. */
public final class PersonStore {
  private final Identities identities;

  public PersonStore(Identities identities) {
    this.identities = identities;
  }

  /** A person and all of its contacts. */
  public record Person(String id, UUID subjectRef, Set<String> contactIds) {}

  /** Empty if there is no such person, or it has no contact. */
  public Optional<Person> find(Handle handle, String personId) {
    List<String> contacts =
        handle
            .createQuery("select contact_id from contact_person where person_id = :person")
            .bind("person", personId)
            .mapTo(String.class)
            .list();
    return contacts.isEmpty()
        ? Optional.empty()
        : handle
            .createQuery("select subject_ref from person where id = :person")
            .bind("person", personId)
            .mapTo(UUID.class)
            .findOne()
            .map(subject -> new Person(personId, subject, new java.util.TreeSet<>(contacts)));
  }

  /** The same under the person's lock. */
  public Optional<Person> lock(Handle handle, String personId) {
    PersonLocks.lockPersons(handle, List.of(personId));
    return find(handle, personId);
  }

  private static final String TOUCHES =
      """
      select row_to_json(x) from (
        select t.id, t.contact_id as "contactId", t.sequence, t.step, t.channel, t.at, t.outcome,
               t.decision_id as "decisionId"
          from touch t where t.contact_id = any(:contacts) order by t.at, t.id) x
      """;

  private static final String TOUCH_EVENTS =
      """
      select row_to_json(x) from (
        select e.touch_id as "touchId", e.at, e.outcome, e.detail
          from touch_event e join touch t on t.id = e.touch_id
         where t.contact_id = any(:contacts) order by e.id) x
      """;

  private static final String JOURNEYS =
      """
      select row_to_json(x) from (
        select j.contact_id as "contactId", j.sequence, j.entered_at as "enteredAt",
               j.paused_until as "pausedUntil", j.ended_at as "endedAt", j.end_reason as "endReason"
          from journey j where j.contact_id = any(:contacts) order by j.id) x
      """;

  private static final String ESCALATIONS =
      """
      select row_to_json(x) from (
        select e.contact_id as "contactId", e.opened_at as "openedAt", e.closed_at as "closedAt"
          from escalation e where e.contact_id = any(:contacts) order by e.id) x
      """;

  private static final String TRIGGERS =
      """
      select row_to_json(x) from (
        select t.contact_id as "contactId", t.kind, t.topic, t.at, t.matches_gap as "matchesGap"
          from trigger_event t where t.contact_id = any(:contacts) order by t.id) x
      """;

  private static final String MOVES =
      """
      select row_to_json(x) from (
        select m.contact_id as "contactId", m.from_person as "fromPerson",
               m.to_person as "toPerson", m.reason, m.moved_at as "movedAt"
          from person_move m where m.contact_id = any(:contacts) order by m.id) x
      """;

  private static final String ADDRESS_SUPPRESSIONS =
      """
      select row_to_json(x) from (
        select ca.contact_id as "contactId", ca.channel as "addressOf", s.scope, s.reason, s.since,
               s.until
          from contact_address ca join address_suppression s on s.address_id = ca.address_id
         where ca.contact_id = any(:contacts) order by s.id, ca.contact_id, ca.channel) x
      """;

  private static final String DECISIONS =
      """
      select json_build_object('id', d.id, 'recordedAt', d.recorded_at), d.facts, d.outcome
        from decision d
       where d.contact_id = any(:contacts) and d.erased_at is null order by d.id
      """;

  /** Rows that are JSON objects as the database makes them: kind to query. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "touches", TOUCHES,
          "touchEvents", TOUCH_EVENTS,
          "journeys", JOURNEYS,
          "escalations", ESCALATIONS,
          "triggers", TRIGGERS,
          "moves", MOVES,
          "addressSuppressions", ADDRESS_SUPPRESSIONS);

  /** The moves of contacts from one person to another, as JSON objects. */
  public List<String> moves(Handle handle, Set<String> contactIds) {
    return plain(handle, MOVES, contactIds);
  }

  private static List<String> plain(Handle handle, String sql, Set<String> contactIds) {
    return handle
        .createQuery(sql)
        .bindArray("contacts", String.class, contactIds.toArray())
        .mapTo(String.class)
        .list();
  }

  /** What no document of a contact tells, kind by kind, as JSON objects. */
  public Map<String, List<String>> ledgers(Handle handle, Set<String> contactIds) {
    var all = new TreeMap<String, List<String>>();
    PLAIN.forEach((kind, sql) -> all.put(kind, plain(handle, sql, contactIds)));
    all.put("decisions", decisions(handle, contactIds));
    return all;
  }

  private static List<String> decisions(Handle handle, Set<String> contactIds) {
    return handle
        .createQuery(DECISIONS)
        .bindArray("contacts", String.class, contactIds.toArray())
        .map(
            (row, context) -> {
              String head = row.getString(1);
              return "%s, \"facts\": %s, \"outcome\": %s}"
                  .formatted(
                      head.substring(0, head.length() - 1),
                      text(row.getBytes(2)),
                      text(row.getBytes(3)));
            })
        .list();
  }

  private static String text(byte[] document) {
    return new String(PackedDocument.unpack(document), StandardCharsets.UTF_8);
  }

  /** A text of or about a person, with the row that it belongs to as a JSON object. */
  public record Said(String json, String text) {}

  /** What a person wrote. */
  public List<Said> replies(Handle handle, Set<String> contactIds) {
    return said(
        handle,
        EventStore.REPLY,
        """
        select json_build_object('id', r.id, 'contactId', r.contact_id, 'source', r.source, 'sourceId', r.source_id,
                 'at', r.at, 'channel', r.channel, 'meaning', r.meaning, 'row', r.row_reference, 'rule', r.rule),
               r.body_key, r.body
          from reply r where r.contact_id = any(:contacts) order by r.recorded_at, r.id
        """,
        contactIds);
  }

  /** What a person said no to; the text is empty where nothing was said. */
  public List<Said> revocations(Handle handle, Set<String> contactIds) {
    return said(
        handle,
        RevocationWriter.NOTE,
        """
        select json_build_object('contactId', v.contact_id, 'channel', v.channel, 'scope', v.scope, 'reason', v.reason,
                 'source', v.source, 'sourceId', v.source_id, 'row', v.row_reference, 'rule', v.rule,
                 'receivedAt', v.received_at, 'effectiveAt', v.effective_at,
                 'legalDeadline', v.legal_deadline, 'strictDeadline', v.strict_deadline),
               v.note_key, v.note
          from revocation v where v.contact_id = any(:contacts) order by v.id
        """,
        contactIds);
  }

  /** What a person was shown who consented on a page of ours. */
  public List<Said> proofs(Handle handle, Set<String> contactIds) {
    return said(
        handle,
        "proof",
        """
        select json_build_object('hash', p.hash, 'contactId', p.contact_id), p.document_key, p.document
          from consent_proof p where p.contact_id = any(:contacts) order by p.recorded_at, p.hash
        """,
        contactIds);
  }

  /** What messages may say of a person. */
  public List<Said> contents(Handle handle, Set<String> contactIds) {
    return said(
        handle,
        ContactContent.KIND,
        """
        select json_build_object('contactId', c.contact_id, 'field', c.field, 'updatedAt', c.updated_at),
               c.value_key, c.value
          from contact_content c where c.contact_id = any(:contacts) order by c.contact_id, c.field
        """,
        contactIds);
  }

  private List<Said> said(Handle handle, String kind, String sql, Set<String> contactIds) {
    var all = new ArrayList<Said>();
    handle
        .createQuery(sql)
        .bindArray("contacts", String.class, contactIds.toArray())
        .map(
            (row, context) -> {
              byte[] sealed = row.getBytes(3);
              return new Said(
                  row.getString(1),
                  sealed == null ? "" : identities.open(kind, row.getString(2), sealed));
            })
        .forEach(all::add);
    return all;
  }
}

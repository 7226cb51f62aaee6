package rekindle.service.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a no ends, within the caller's transaction and under the locks of the persons
 * concerned. Telling the same again is harmless. Thread-safe.
 */
public final class RevocationWriter {
  private final Identities identities;

  public RevocationWriter(Identities identities) {
    this.identities = identities;
  }

  /** A contact of a person, as far as a no needs it. */
  public record Member(
      String contactId,
      String personId,
      UUID subjectRef,
      List<String> jurisdictions,
      List<String> timeZones) {}

  private static final String MEMBERS =
      """
      select c.id, p.id as person_id, p.subject_ref, c.jurisdictions, c.time_zones
        from person p
        join contact_person cp on cp.person_id = p.id
        join contact c on c.id = cp.contact_id
       where p.id in (select w.id from json_array_elements_text(cast(:persons as json)) as w(id))
       order by c.id collate "C"
      """;

  /** All contacts of some persons, by person. */
  public Map<String, List<Member>> members(Handle handle, Collection<String> personIds) {
    Map<String, List<Member>> members = new HashMap<>();
    handle
        .createQuery(MEMBERS)
        .bind("persons", JsonRows.texts(List.copyOf(personIds)))
        .map(
            (row, context) ->
                new Member(
                    row.getString("id"),
                    row.getString("person_id"),
                    row.getObject("subject_ref", UUID.class),
                    List.of((String[]) row.getArray("jurisdictions").getArray()),
                    List.of((String[]) row.getArray("time_zones").getArray())))
        .forEach(
            member ->
                members
                    .computeIfAbsent(member.personId(), id -> new java.util.ArrayList<>())
                    .add(member));
    return members;
  }

  /**
   * What ends for an address of a contact.
   *
   * @param channel the channel whose address it is
   * @param scope what ends for the address, a channel
   */
  public record AddressEnd(
      String contactId, String channel, String scope, String reason, Instant since) {}

  private static final String END_ADDRESSES =
      """
      insert into address_suppression (address_id, scope, reason, since)
      select distinct ca.address_id, r.scope, r.reason, r.since
        from json_to_recordset(cast(:rows as json))
               as r(contact_id text, channel text, scope text, reason text, since timestamptz)
        join contact_address ca on ca.contact_id = r.contact_id and ca.channel = r.channel
       where ca.address_id is not null
         and not exists (
           select from address_suppression s
            where s.address_id = ca.address_id
              and (s.scope, s.reason, s.since) = (r.scope, r.reason, r.since))
      """;

  private static final String SHARING =
      """
      select distinct r.contact_id, other.contact_id as other, r.scope
        from json_to_recordset(cast(:rows as json)) as r(contact_id text, channel text, scope text)
        join contact_address ca on ca.contact_id = r.contact_id and ca.channel = r.channel
        join contact_address other on other.address_id = ca.address_id and other.channel = r.scope
       where other.contact_id <> r.contact_id
       order by 1, 2, 3
      """;

  /** Somebody else to whom messages of a channel go over the same address. */
  public record Sharing(String contactId, String otherContactId, String channel) {}

  /** Who else is concerned by the end of addresses. */
  public List<Sharing> sharing(Handle handle, List<AddressEnd> ends) {
    return ends.isEmpty()
        ? List.of()
        : handle
            .createQuery(SHARING)
            .bind(
                "rows",
                JsonRows.of(
                    ends,
                    (end, row) ->
                        row.text("contact_id", end.contactId())
                            .text("channel", end.channel())
                            .text("scope", end.scope())))
            .map(
                (row, context) -> new Sharing(row.getString(1), row.getString(2), row.getString(3)))
            .list();
  }

  private static final String END_ADDRESS =
      """
      insert into address_suppression (address_id, scope, reason, since)
      select :address, w.scope, :reason, :since
        from json_array_elements_text(cast(:scopes as json)) as w(scope)
       where not exists (
         select from address_suppression s
          where s.address_id = :address and (s.scope, s.reason, s.since) = (w.scope, :reason, :since))
      """;

  /** Ends channels for an address that is nobody's yet. */
  public void endAddress(
      Handle handle, long addressId, List<String> scopes, String reason, Instant since) {
    handle
        .createUpdate(END_ADDRESS)
        .bind("address", addressId)
        .bind("scopes", JsonRows.texts(scopes))
        .bind("reason", reason)
        .bind("since", since)
        .execute();
  }

  public void endAddresses(Handle handle, List<AddressEnd> ends) {
    if (!ends.isEmpty()) {
      handle
          .createUpdate(END_ADDRESSES)
          .bind(
              "rows",
              JsonRows.of(
                  ends,
                  (end, row) ->
                      row.text("contact_id", end.contactId())
                          .text("channel", end.channel())
                          .text("scope", end.scope())
                          .text("reason", end.reason())
                          .instant("since", end.since())))
          .execute();
    }
  }

  /** A row of the revocation clock; fields as the table has them. */
  public record Revocation(
      String contactId,
      @Nullable String channel,
      List<String> scope,
      String reason,
      String source,
      String sourceId,
      @Nullable String row,
      @Nullable String rule,
      Instant receivedAt,
      @Nullable Instant legalDeadline,
      @Nullable Instant strictDeadline,
      String deadlines,
      @Nullable String note) {}

  private static final String RECORD =
      """
      insert into revocation (
          contact_id, channel, scope, reason, source, source_id, row_reference, rule, received_at,
          legal_deadline, strict_deadline, deadlines, note, note_key)
      select r.contact_id, r.channel, r.scope, r.reason, r.source, r.source_id, r.row_reference, r.rule,
             r.received_at, r.legal_deadline, r.strict_deadline, r.deadlines, r.note, r.note_key
        from json_to_recordset(cast(:rows as json)) as r(
          contact_id text, channel text, scope text[], reason text, source text, source_id text,
          row_reference text, rule text, received_at timestamptz, legal_deadline timestamptz,
          strict_deadline timestamptz, deadlines text, note bytea, note_key text)
      """;

  static final String NOTE = "note";

  // The rows that this very transaction wrote.
  private static final String TOLD_SUPPRESSIONS =
      """
      insert into revocation (contact_id, scope, reason, source, source_id, received_at, deadlines)
      select s.contact_id, array[s.scope], s.reason, 'suppression', cast(s.id as text), s.since, ''
        from suppression s
       where s.contact_id in (select w.id from json_array_elements_text(cast(:contacts as json)) as w(id))
         and s.xmin = pg_current_xact_id()::xid and s.until is null
      """;

  private static final String TOLD_WITHDRAWALS =
      """
      insert into revocation (contact_id, channel, scope, reason, source, source_id, received_at, deadlines)
      select c.contact_id, c.channel, array[c.channel], 'consent_withdrawn', 'consent', cast(c.id as text),
             c.withdrawn_at, ''
        from consent c
       where c.contact_id in (select w.id from json_array_elements_text(cast(:contacts as json)) as w(id))
         and c.xmin = pg_current_xact_id()::xid and c.withdrawn_at is not null
      """;

  /** Starts clocks for suppressions that an import or a document has just told. */
  static void toldSuppressions(Handle handle, List<String> contactIds) {
    told(handle, TOLD_SUPPRESSIONS, contactIds);
  }

  /** Starts clocks for withdrawals that an import or a document has just told. */
  static void toldWithdrawals(Handle handle, List<String> contactIds) {
    told(handle, TOLD_WITHDRAWALS, contactIds);
  }

  private static void told(Handle handle, String sql, List<String> contactIds) {
    if (!contactIds.isEmpty()) {
      handle.createUpdate(sql).bind("contacts", JsonRows.texts(contactIds)).execute();
    }
  }

  /** Starts the clocks. */
  public void record(Handle handle, List<Revocation> revocations) {
    if (revocations.isEmpty()) {
      return;
    }
    handle.createUpdate(RECORD).bind("rows", JsonRows.of(revocations, this::fields)).execute();
  }

  private void fields(Revocation revocation, JsonRows row) {
    row.text("contact_id", revocation.contactId())
        .text("channel", revocation.channel())
        .texts("scope", revocation.scope())
        .text("reason", revocation.reason())
        .text("source", revocation.source())
        .text("source_id", revocation.sourceId())
        .text("row_reference", revocation.row())
        .text("rule", revocation.rule())
        .instant("received_at", revocation.receivedAt())
        .instant("legal_deadline", revocation.legalDeadline())
        .instant("strict_deadline", revocation.strictDeadline())
        .text("deadlines", revocation.deadlines());
    String note = revocation.note();
    if (note != null) {
      Identities.Sealed sealed = identities.seal(NOTE, note);
      row.bytes("note", sealed.bytes()).text("note_key", sealed.keyId());
    }
  }
}

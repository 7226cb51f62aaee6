package rekindle.service.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.service.record.Rows.Row;

/** The noes in force of a person, and how they end. Thread-safe. */
public final class PreferenceStore {
  private final Identities identities;

  public PreferenceStore(Identities identities) {
    this.identities = identities;
  }

  private static final String IN_FORCE =
      """
      select x.contact_id, x.scope, x.reason, x.since
        from (select distinct on (s.contact_id, s.scope, s.reason, s.since)
                     s.contact_id, s.scope, s.reason, s.since, s.until
                from contact_person own
                join contact_person cp on cp.person_id = own.person_id
                join suppression s on s.contact_id = cp.contact_id
               where own.contact_id = :contact
               order by s.contact_id, s.scope, s.reason, s.since, s.id desc) x
       where x.since <= :at and (x.until is null or x.until > :at)
       order by x.contact_id, x.since
      """;

  /** The suppressions in force of all records of a contact's person, each once. */
  public List<Row<Suppression>> inForce(Handle handle, String contactId, Instant at) {
    return handle
        .createQuery(IN_FORCE)
        .bind("contact", contactId)
        .bind("at", at)
        .map(
            (row, context) ->
                new Row<>(
                    "",
                    row.getString("contact_id"),
                    0,
                    new Suppression(
                        row.getString("scope"),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant(),
                        null)))
        .list();
  }

  private static final String ADDRESSES_IN_FORCE =
      """
      select distinct x.scope, x.reason
        from (select distinct on (s.address_id, s.scope, s.reason, s.since)
                     s.scope, s.reason, s.since, s.until
                from contact_address ca
                join address_suppression s on s.address_id = ca.address_id
               where ca.contact_id = :contact
               order by s.address_id, s.scope, s.reason, s.since, s.id desc) x
       where x.since <= :at and (x.until is null or x.until > :at)
      """;

  /**
   * What holds for the addresses of a contact.
   *
   * @param scope a channel, or {@code all}
   */
  public record AddressHold(String scope, String reason) {}

  public List<AddressHold> addressesInForce(Handle handle, String contactId, Instant at) {
    return handle
        .createQuery(ADDRESSES_IN_FORCE)
        .bind("contact", contactId)
        .bind("at", at)
        .map((row, context) -> new AddressHold(row.getString(1), row.getString(2)))
        .list();
  }

  private static final String END_ADDRESSES =
      """
      insert into address_suppression (address_id, scope, reason, since, until)
      select x.address_id, x.scope, x.reason, x.since, :at
        from (select distinct on (s.address_id, s.scope, s.reason, s.since)
                     s.address_id, s.scope, s.reason, s.since, s.until
                from contact_person own
                join contact_person cp on cp.person_id = own.person_id
                join contact_address ca on ca.contact_id = cp.contact_id
                join address_suppression s on s.address_id = ca.address_id
               where own.contact_id = :contact
               order by s.address_id, s.scope, s.reason, s.since, s.id desc) x
       where x.until is null
      """;

  /** Reasons of noes that the person's own yes takes back. */
  public static final Set<String> RESUMABLE = Set.of("opt_out", Unanswered.REASON);

  /** Ends what such a no to a channel closed for the addresses of a contact's person. */
  public void resumeAddresses(Handle handle, String contactId, String channel, Instant at) {
    handle
        .createUpdate(
            END_ADDRESSES
                + " and x.scope = :channel"
                + " and x.reason in (select w.r from json_array_elements_text(cast(:reasons as json)) as w(r))")
        .bind("reasons", JsonRows.texts(RESUMABLE))
        .bind("contact", contactId)
        .bind("channel", channel)
        .bind("at", at)
        .execute();
  }

  /** Ends what closed for the addresses of a contact's person at an instant. */
  public void endAddressesSince(Handle handle, String contactId, Instant since, Instant at) {
    handle
        .createUpdate(END_ADDRESSES + " and x.since = :since")
        .bind("contact", contactId)
        .bind("since", since)
        .bind("at", at)
        .execute();
  }

  private static final String PROOF = "proof";

  /**
   * Keeps what was shown to somebody who consented.
   *
   * @param hash of the document, as the consent names it
   */
  public void keepProof(Handle handle, String hash, String contactId, String document) {
    Identities.Sealed sealed = identities.seal(PROOF, document);
    handle
        .createUpdate(
            """
            insert into consent_proof (hash, contact_id, document, document_key)
            values (:hash, :contact, :document, :key)
            on conflict (hash) do nothing
            """)
        .bind("hash", hash)
        .bind("contact", contactId)
        .bind("document", sealed.bytes())
        .bind("key", sealed.keyId())
        .execute();
  }

  /** The suppressions as they end: each row with its end. */
  public static List<Row<Suppression>> ended(List<Row<Suppression>> rows, @Nullable Instant until) {
    var ended = new ArrayList<Row<Suppression>>();
    for (Row<Suppression> row : rows) {
      Suppression told = row.value();
      ended.add(
          new Row<>(
              "",
              row.contactId(),
              0,
              new Suppression(told.scope(), told.reason(), told.since(), until)));
    }
    return ended;
  }
}

package rekindle.service.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Purchase;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows.Row;

/**
 * Writes what is told about contacts, a list at a time (a thousand rows are a good size), within
 * the caller's transaction, of isolation read committed, and under the locks of the persons
 * concerned. Telling the same again is harmless. Rows about contacts that the store does not know
 * are set aside, the others are written. Thread-safe.
 */
public final class ContactStore {
  private final ContactWriter contacts;
  private final ConsentWriter consents;
  private final Supplier<UUID> notificationIds;

  public ContactStore(Identities identities, Supplier<UUID> notificationIds) {
    contacts = new ContactWriter(identities);
    consents = new ConsentWriter(identities);
    this.notificationIds = notificationIds;
  }

  /** Writes contacts with their addresses, and joins or parts persons as that demands. */
  public ContactsWritten contacts(Handle handle, List<ContactRecord> rows) {
    return contacts.write(handle, rows);
  }

  /** Contacts that somebody tells; touches of those who leave by it end. */
  public ContactsWritten toldContacts(Handle handle, List<ContactRecord> rows) {
    ContactsWritten written = contacts(handle, rows);
    Departures.CONTACTS.end(handle, rows.stream().map(ContactRecord::id).toList(), notificationIds);
    return written;
  }

  /** A consent told otherwise than before is its next version; a withdrawal once told stays. */
  public Written consents(Handle handle, List<Row<AddressedConsent>> rows) {
    return consents.write(handle, rows);
  }

  /** A suppression told with another end is its next version, which counts. */
  public Written suppressions(Handle handle, List<Row<Suppression>> rows) {
    return LedgerWriter.suppressions(handle, rows);
  }

  /**
   * Consents that somebody tells; those that are withdrawn start a clock of their own and end
   * touches.
   */
  public Written toldConsents(Handle handle, List<Row<AddressedConsent>> rows) {
    Written written = consents(handle, rows);
    List<String> withdrawn =
        rows.stream()
            .filter(row -> row.value().consent().withdrawnAt() != null)
            .map(Row::contactId)
            .toList();
    RevocationWriter.toldWithdrawals(handle, withdrawn);
    Departures.CONSENTS.end(handle, withdrawn, notificationIds);
    return written;
  }

  /** Suppressions that somebody tells; each that is new starts a clock and ends touches. */
  public Written toldSuppressions(Handle handle, List<Row<Suppression>> rows) {
    Written written = suppressions(handle, rows);
    RevocationWriter.toldSuppressions(handle, contactIds(rows));
    Departures.SUPPRESSIONS.end(handle, contactIds(rows), notificationIds);
    return written;
  }

  private static <T> List<String> contactIds(List<Row<T>> rows) {
    return rows.stream().map(Row::contactId).toList();
  }

  public Written subscriptions(Handle handle, List<Row<Subscription>> rows) {
    return RecordWriter.subscriptions(handle, rows);
  }

  public Written purchases(Handle handle, List<Row<Purchase>> rows) {
    return RecordWriter.purchases(handle, rows);
  }

  /** Purchases that somebody tells; touches of those who came back by them end. */
  public Written toldPurchases(Handle handle, List<Row<Purchase>> rows) {
    Written written = purchases(handle, rows);
    Departures.PURCHASES.end(handle, contactIds(rows), notificationIds);
    return written;
  }

  public Written deals(Handle handle, List<Row<Deal>> rows) {
    return RecordWriter.deals(handle, rows);
  }

  public Written meetings(Handle handle, List<Row<Meeting>> rows) {
    return RecordWriter.meetings(handle, rows);
  }

  /** The row's id is the source's; a known one with other content is refused. */
  public Written responses(Handle handle, List<Row<Response>> rows) {
    return LedgerWriter.responses(handle, rows);
  }

  /** Responses that somebody tells; touches of those who came back or said no by them end. */
  public Written toldResponses(Handle handle, List<Row<Response>> rows) {
    Written written = responses(handle, rows);
    Departures.RESPONSES.end(handle, contactIds(rows), notificationIds);
    return written;
  }

  /** Responses whose ids nobody told before, of known contacts whose persons are locked. */
  public void newResponses(Handle handle, List<Row<Response>> rows) {
    LedgerWriter.newResponses(handle, rows);
  }

  /** Ends touches of those who came back or said no by responses of this transaction. */
  public void endTouchesOfResponses(Handle handle, List<String> contactIds) {
    Departures.RESPONSES.end(handle, contactIds, notificationIds);
  }

  /** Ends touches of those of whom somebody is now the same person who said no. */
  public void endTouchesOfJoined(Handle handle, Collection<String> contactIds) {
    Departures.CONTACTS.end(handle, contactIds, notificationIds);
  }

  public Written registryAnswers(Handle handle, List<Row<RegistryAnswer>> rows) {
    return LedgerWriter.registryAnswers(handle, rows);
  }

  public Written incentives(Handle handle, List<Row<GrantedIncentive>> rows) {
    return LedgerWriter.incentives(handle, rows);
  }

  public Written winBacks(Handle handle, List<Row<Instant>> rows) {
    return LedgerWriter.winBacks(handle, rows);
  }

  public Written triggers(Handle handle, List<Row<Trigger>> rows) {
    return LedgerWriter.triggers(handle, rows);
  }

  /**
   * A known id with another outcome changes the touch; with anything else changed it is refused.
   */
  public Written touches(Handle handle, List<Row<Touch>> rows) {
    return TouchWriter.touches(handle, rows);
  }

  public Written journeys(Handle handle, List<Row<Journey>> rows) {
    return TouchWriter.journeys(handle, rows);
  }

  /** Opens escalations, each at its row's instant; where one is open nothing changes. */
  public Written openEscalations(Handle handle, List<Row<Instant>> rows) {
    return TouchWriter.openEscalations(handle, rows);
  }

  /**
   * @return how many were open
   */
  public int closeEscalations(Handle handle, Collection<String> contactIds, Instant at) {
    return TouchWriter.closeEscalations(handle, contactIds, at);
  }

  private static final String HOLD =
      """
      insert into contact_hold as h (contact_id, type, reason)
      select c.id, :type, :reason from contact c where c.id = :contact
      on conflict (contact_id, type) do update
         set reason = excluded.reason
       where h.reason <> excluded.reason
      """;

  /**
   * Holds a contact back: nothing is decided for its person until {@link #lift}.
   *
   * @param type what could not be read, such as the type of an import
   * @param reason a sentence without personal data
   * @return whether the store knows the contact
   */
  public boolean hold(Handle handle, String contactId, String type, String reason) {
    boolean known = PersonLocks.lock(handle, List.of(contactId)).containsKey(contactId);
    if (known) {
      handle
          .createUpdate(HOLD)
          .bind("contact", contactId)
          .bind("type", type)
          .bind("reason", reason)
          .execute();
    }
    return known;
  }

  private static final String ANALYZE_CONTACTS =
      """
      analyze (skip_locked) person, contact, contact_person, contact_address, address,
        address_lookup
      """;

  private static final String ANALYZE_TOLD =
      """
      analyze (skip_locked) contact_hold, consent, suppression, response, registry_answer,
        incentive_grant, win_back, trigger_event, subscription, purchase, deal, meeting,
        escalation, touch, journey
      """;

  /**
   * Has the database count its contacts, addresses and persons anew. After many rows were written
   * it would plan by what it held before, until it counts by itself a minute later.
   */
  public void analyzeContacts(Handle handle) {
    handle.execute(ANALYZE_CONTACTS);
  }

  /** The same for all that is told about contacts. */
  public void analyzeTold(Handle handle) {
    handle.execute(ANALYZE_TOLD);
  }

  private static final String LIFT =
      """
      delete from contact_hold h
       using json_array_elements_text(cast(:contacts as json)) as w(id)
       where h.contact_id = w.id and h.type = :type
      """;

  /**
   * Ends the holds of one type.
   *
   * @return how many there were
   */
  public int lift(Handle handle, Collection<String> contactIds, String type) {
    return handle
        .createUpdate(LIFT)
        .bind("contacts", JsonRows.texts(contactIds))
        .bind("type", type)
        .execute();
  }

  private static final String COUNTRIES =
      """
      select c.id, c.country
        from json_array_elements_text(cast(:contacts as json)) as w(id)
        join contact c on c.id = w.id
      """;

  /** Those of the contacts that the store knows, each with the country that its numbers are of. */
  public Map<String, Optional<String>> countries(Handle handle, Collection<String> contactIds) {
    Map<String, Optional<String>> countries = new HashMap<>();
    handle
        .createQuery(COUNTRIES)
        .bind("contacts", JsonRows.texts(contactIds))
        .map(
            (row, context) -> {
              @Nullable String country = row.getString("country");
              return Map.entry(row.getString("id"), Optional.ofNullable(country));
            })
        .forEach(entry -> countries.put(entry.getKey(), entry.getValue()));
    return countries;
  }
}

package rekindle.service.intake;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Purchase;
import rekindle.service.record.Records;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows;
import rekindle.service.store.ContactStore;
import rekindle.service.store.Written;

/**
 * One kind of row about contacts: its columns, how a row is read, and where its records are held.
 *
 * @param type the file that holds such rows
 * @param holdsBack whether a row that could not be read holds its contact back; a row that permits
 *     and does not forbid need not
 * @param rows where records in memory are held
 * @param writer how they come into the store
 */
record Related<T>(
    FileType type,
    Reader<T> reader,
    Predicate<TypedRow> holdsBack,
    Function<Records, Rows<T>> rows,
    Writer<T> writer) {

  /** Reads one row. */
  interface Reader<T> {
    /**
     * @param country of the contact, or null
     * @return null only if the row is bad
     */
    @Nullable T read(TypedRow row, @Nullable String country);
  }

  /**
   * A row as it was read.
   *
   * @param contactId null if it cannot be read
   * @param id of the row in the system of record; empty if there is none
   * @param value null if the row is bad
   */
  record Told<T>(@Nullable String contactId, String id, @Nullable T value) {}

  /** Writes records into the store, in the caller's transaction. */
  interface Writer<T> {
    Written write(ContactStore store, Handle handle, List<Rows.Row<T>> rows);
  }

  static final Related<AddressedConsent> CONSENTS =
      new Related<>(
          FileType.CONSENTS,
          RelatedRows::consent,
          row -> row.cell("withdrawn_at") != null,
          data -> data.consents,
          ContactStore::toldConsents);
  static final Related<Suppression> SUPPRESSIONS =
      of(
          FileType.SUPPRESSIONS,
          RelatedRows::suppression,
          data -> data.suppressions,
          ContactStore::toldSuppressions);
  static final Related<Subscription> SUBSCRIPTIONS =
      of(
          FileType.SUBSCRIPTIONS,
          RelatedRows::subscription,
          data -> data.subscriptions,
          ContactStore::subscriptions);
  static final Related<Purchase> ORDERS =
      of(
          FileType.ORDERS,
          RelatedRows::purchase,
          data -> data.purchases,
          ContactStore::toldPurchases);
  static final Related<Deal> DEALS =
      of(FileType.DEALS, RelatedRows::deal, data -> data.deals, ContactStore::deals);
  static final Related<Meeting> MEETINGS =
      of(FileType.MEETINGS, RelatedRows::meeting, data -> data.meetings, ContactStore::meetings);
  static final Related<Response> ACTIVITIES =
      of(
          FileType.ACTIVITIES,
          RelatedRows::response,
          data -> data.responses,
          ContactStore::toldResponses);
  static final Related<RegistryAnswer> REGISTRY =
      of(
          FileType.REGISTRY,
          RelatedRows::registryAnswer,
          data -> data.registry,
          ContactStore::registryAnswers);
  static final Related<GrantedIncentive> INCENTIVES =
      of(
          FileType.INCENTIVES,
          RelatedRows::incentive,
          data -> data.incentives,
          ContactStore::incentives);
  static final Related<Instant> WIN_BACKS =
      of(
          FileType.WIN_BACKS,
          row -> row.requiredInstant("at"),
          data -> data.winBacks,
          ContactStore::winBacks);

  /** In the order in which a folder is read. */
  static final List<Related<?>> ALL =
      List.of(
          CONSENTS,
          SUPPRESSIONS,
          SUBSCRIPTIONS,
          ORDERS,
          DEALS,
          MEETINGS,
          ACTIVITIES,
          REGISTRY,
          INCENTIVES,
          WIN_BACKS);

  private static <T> Related<T> of(
      FileType type,
      Function<TypedRow, @Nullable T> read,
      Function<Records, Rows<T>> rows,
      Writer<T> writer) {
    return new Related<>(type, (row, country) -> read.apply(row), row -> true, rows, writer);
  }

  /** The rows of a type of file other than contacts. */
  static Related<?> of(FileType type) {
    return ALL.stream().filter(kind -> kind.type == type).findFirst().orElseThrow();
  }

  CsvShape shape() {
    return type.shape();
  }

  boolean hasIds() {
    return shape().required().contains("id");
  }

  RowImport importInto(ContactStore store) {
    return new RelatedImport<>(this, store);
  }

  /**
   * Reads a row whose contact is named in it.
   *
   * @param place where contacts are looked up, for the message about one that is not there
   */
  Told<T> read(TypedRow row, KnownContacts known, String place) {
    String contactId = row.requiredId("contact_id");
    if (contactId != null && !known.holds(contactId)) {
      row.error("contact_id", contactId, "There is no contact of that id in " + place + ".");
    }
    return read(row, contactId, contactId == null ? null : known.country(contactId));
  }

  /** Reads a row of a contact that is known already. */
  Told<T> read(TypedRow row, @Nullable String contactId, @Nullable String country) {
    String id = hasIds() ? row.requiredId("id") : null;
    T value = reader.read(row, country);
    return new Told<>(contactId, id == null ? "" : id, row.isBad() ? null : value);
  }
}

package rekindle.service.intake;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
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

/**
 * One kind of row about contacts: its columns, how a row is read, and where its records are held.
 *
 * @param holdsBack whether a row that could not be read holds its contact back; a row that permits
 *     and does not forbid need not
 * @param rows where a folder in memory holds the records
 */
record Related<T>(
    CsvShape shape,
    Reader<T> reader,
    Predicate<TypedRow> holdsBack,
    Function<Records, Rows<T>> rows) {

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

  static final Related<AddressedConsent> CONSENTS =
      new Related<>(
          CrmShapes.CONSENTS,
          RelatedRows::consent,
          row -> row.cell("withdrawn_at") != null,
          data -> data.consents);
  static final Related<Suppression> SUPPRESSIONS =
      of(CrmShapes.SUPPRESSIONS, RelatedRows::suppression, data -> data.suppressions);
  static final Related<Subscription> SUBSCRIPTIONS =
      of(CrmShapes.SUBSCRIPTIONS, RelatedRows::subscription, data -> data.subscriptions);
  static final Related<Purchase> ORDERS =
      of(CrmShapes.ORDERS, RelatedRows::purchase, data -> data.purchases);
  static final Related<Deal> DEALS = of(CrmShapes.DEALS, RelatedRows::deal, data -> data.deals);
  static final Related<Meeting> MEETINGS =
      of(CrmShapes.MEETINGS, RelatedRows::meeting, data -> data.meetings);
  static final Related<Response> ACTIVITIES =
      of(CrmShapes.ACTIVITIES, RelatedRows::response, data -> data.responses);
  static final Related<RegistryAnswer> REGISTRY =
      of(CrmShapes.REGISTRY, RelatedRows::registryAnswer, data -> data.registry);
  static final Related<GrantedIncentive> INCENTIVES =
      of(CrmShapes.INCENTIVES, RelatedRows::incentive, data -> data.incentives);
  static final Related<Instant> WIN_BACKS =
      of(CrmShapes.WIN_BACKS, row -> row.requiredInstant("at"), data -> data.winBacks);

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
      CsvShape shape, Function<TypedRow, @Nullable T> read, Function<Records, Rows<T>> rows) {
    return new Related<>(shape, (row, country) -> read.apply(row), row -> true, rows);
  }

  boolean hasIds() {
    return shape.required().contains("id");
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

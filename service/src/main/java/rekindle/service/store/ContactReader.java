package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;

/** Reads contacts with their addresses, for people who may see them. Thread-safe. */
public final class ContactReader {
  private final Identities identities;

  public ContactReader(Identities identities) {
    this.identities = identities;
  }

  /** A contact as it is held; empty if the store does not know it. */
  public Optional<StoredContact> find(Handle handle, String contactId, Instant asOf) {
    return handle
        .createQuery(FactsQuery.ONE)
        .bind("contact", contactId)
        .map((row, context) -> stored(row, asOf))
        .findOne()
        .map(stored -> readable(handle, stored));
  }

  private static StoredContact stored(ResultSet row, Instant asOf) throws SQLException {
    Records records = PersonRows.of(FactsRow.of(row), asOf, null);
    String id = row.getString("contact_id");
    return new StoredContact(
        Objects.requireNonNull(records.contacts.get(id)),
        null,
        row.getString("person_id"),
        row.getObject("subject_ref", UUID.class),
        records,
        Map.of(),
        records.heldBack.get(id));
  }

  private StoredContact readable(Handle handle, StoredContact stored) {
    ContactRecord contact = stored.contact();
    Set<Long> numbers = new HashSet<>();
    contact.addresses().values().forEach(number -> numbers.add(Long.valueOf(number)));
    for (Rows.Row<AddressedConsent> row : stored.records().consents.of(contact.id())) {
      String number = row.value().address();
      if (number != null) {
        numbers.add(Long.valueOf(number));
      }
    }
    Map<String, String> texts = new HashMap<>();
    identities
        .reveal(handle, numbers)
        .forEach((number, text) -> texts.put(String.valueOf(number), text));
    return new StoredContact(
        contact,
        declaredPerson(handle, contact.id()),
        stored.personId(),
        stored.subjectRef(),
        stored.records(),
        texts,
        stored.heldBack());
  }

  private static @Nullable String declaredPerson(Handle handle, String contactId) {
    return handle
        .createQuery("select declared_person from contact where id = :contact")
        .bind("contact", contactId)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }
}

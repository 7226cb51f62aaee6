package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.PersonFacts;
import rekindle.service.record.Records;

/**
 * The facts of stored contacts, as they are known to the database at one moment: one statement for
 * a contact, one for a thousand. Thread-safe.
 */
public final class FactsStore {
  private static final int CONTACTS_MAX = 1000;

  private final Jdbi jdbi;

  public FactsStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The facts of a contact; empty if the store does not know it. */
  public Optional<StoredFacts> find(String contactId, Instant asOf) {
    return jdbi.withHandle(handle -> find(handle, contactId, asOf));
  }

  /** The facts of a contact within the caller's transaction. */
  public Optional<StoredFacts> find(Handle handle, String contactId, Instant asOf) {
    return handle
        .createQuery(FactsQuery.ONE)
        .bind("contact", contactId)
        .map((row, context) -> facts(row, asOf))
        .findOne();
  }

  /** The facts of those of the contacts that the store knows, by id. */
  public Map<String, StoredFacts> find(Collection<String> contactIds, Instant asOf) {
    return jdbi.withHandle(handle -> find(handle, contactIds, asOf));
  }

  /** The facts of contacts within the caller's transaction. */
  public Map<String, StoredFacts> find(Handle handle, Collection<String> contactIds, Instant asOf) {
    Map<String, StoredFacts> found = new HashMap<>();
    List<String> ids = new ArrayList<>(contactIds);
    for (int from = 0; from < ids.size(); from += CONTACTS_MAX) {
      handle
          .createQuery(FactsQuery.MANY)
          .bind(
              "contacts",
              JsonRows.texts(ids.subList(from, Math.min(ids.size(), from + CONTACTS_MAX))))
          .map((row, context) -> facts(row, asOf))
          .forEach(stored -> found.put(stored.facts().contact().id(), stored));
    }
    return found;
  }

  private static StoredFacts facts(ResultSet row, Instant asOf) throws SQLException {
    Records data = PersonRows.of(row, asOf);
    var same = new TreeSet<>(data.contacts.keySet());
    ContactRecord contact = Objects.requireNonNull(data.contacts.get(row.getString("contact_id")));
    String heldBack =
        same.stream().map(data.heldBack::get).filter(Objects::nonNull).findFirst().orElse(null);
    return new StoredFacts(
        new PersonFacts(data, contact, row.getString("person_id"), same, asOf).facts(),
        row.getObject("subject_ref", UUID.class),
        heldBack);
  }
}

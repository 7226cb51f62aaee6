package rekindle.service.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

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
    return FactsRow.of(handle, List.of(contactId)).stream()
        .findFirst()
        .map(row -> row.facts(asOf, null));
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
      for (FactsRow row :
          FactsRow.of(handle, ids.subList(from, Math.min(ids.size(), from + CONTACTS_MAX)))) {
        found.put(row.contactId(), row.facts(asOf, null));
      }
    }
    return found;
  }
}

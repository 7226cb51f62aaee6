package rekindle.service.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Those of some contacts that are in the store. */
final class StoredContacts implements KnownContacts {
  private final Map<String, @Nullable String> countryById = new HashMap<>();

  private StoredContacts() {}

  static StoredContacts among(Handle handle, Collection<String> ids) {
    var known = new StoredContacts();
    handle
        .createQuery("select id, country from contact where id = any(:ids)")
        .bindArray("ids", String.class, ids.toArray())
        .map(
            (row, context) -> {
              known.countryById.put(row.getString("id"), row.getString("country"));
              return row.getString("id");
            })
        .list();
    return known;
  }

  @Override
  public boolean holds(String contactId) {
    return countryById.containsKey(contactId);
  }

  @Override
  public @Nullable String country(String contactId) {
    return countryById.get(contactId);
  }
}

package rekindle.service.intake;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Those of some contacts that are in the store.
 *
 * @param countryById the country of each, if it is known
 */
record StoredContacts(Map<String, Optional<String>> countryById) implements KnownContacts {
  @Override
  public boolean holds(String contactId) {
    return countryById.containsKey(contactId);
  }

  @Override
  public @Nullable String country(String contactId) {
    return countryById.getOrDefault(contactId, Optional.empty()).orElse(null);
  }
}

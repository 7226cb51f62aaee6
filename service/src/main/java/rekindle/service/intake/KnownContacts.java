package rekindle.service.intake;

import org.jspecify.annotations.Nullable;

/** The contacts that rows can be about. */
interface KnownContacts {
  boolean holds(String contactId);

  /** ISO 3166-1 code; null if it or the contact is unknown. */
  @Nullable String country(String contactId);
}

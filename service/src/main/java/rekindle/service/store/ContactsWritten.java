package rekindle.service.store;

import java.util.Map;
import java.util.Set;

/**
 * What became of a list of contacts.
 *
 * @param changed new ones and those told otherwise than before
 * @param unchanged told as they were known
 * @param ambiguous contacts without a declared person that share addresses with several declared
 *     persons, and the one that they are taken for
 * @param otherPhones contacts that had another telephone number before
 */
public record ContactsWritten(
    long changed, long unchanged, Map<String, String> ambiguous, Set<String> otherPhones) {
  public ContactsWritten {
    ambiguous = Map.copyOf(ambiguous);
    otherPhones = Set.copyOf(otherPhones);
  }
}

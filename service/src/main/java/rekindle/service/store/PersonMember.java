package rekindle.service.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contact as far as it matters for which person it belongs to.
 *
 * @param declared the person that it was decided to be of, else that the system of record declares
 * @param pinned whether that was decided
 * @param current the person that it belongs to until now; null if it is new
 * @param currentAge the older a person, the smaller
 * @param joinAddresses e-mail address and telephone number, by which it may belong to others
 */
record PersonMember(
    String contactId,
    @Nullable String declared,
    boolean pinned,
    @Nullable String current,
    long currentAge,
    Set<Long> joinAddresses) {
  PersonMember {
    joinAddresses = Set.copyOf(joinAddresses);
  }

  boolean isDeclared() {
    return declared != null;
  }
}

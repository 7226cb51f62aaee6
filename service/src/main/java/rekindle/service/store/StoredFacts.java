package rekindle.service.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;

/**
 * The facts of a stored contact.
 *
 * @param others facts of the person's other contacts, in no order
 * @param subjectRef names the person in the audit log
 * @param mark differs from a later one if something was added since that may forbid
 * @param heldBack why nothing may be decided for the person now; null if something may
 */
public record StoredFacts(
    ContactFacts facts,
    List<ContactFacts> others,
    UUID subjectRef,
    String mark,
    @Nullable String heldBack) {
  public StoredFacts {
    others = List.copyOf(others);
  }
}

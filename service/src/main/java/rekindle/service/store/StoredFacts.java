package rekindle.service.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;

/**
 * The facts of a stored contact.
 *
 * @param subjectRef names the person in the audit log
 * @param mark differs from a later one if something was added since that may forbid
 * @param heldBack why nothing may be decided for the person now; null if something may
 */
public record StoredFacts(
    ContactFacts facts, UUID subjectRef, String mark, @Nullable String heldBack) {}

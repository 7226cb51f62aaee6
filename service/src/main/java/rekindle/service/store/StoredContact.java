package rekindle.service.store;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;

/**
 * A contact as the store holds it, its addresses readable.
 *
 * @param declaredPerson the person that the system of record declared, or null
 * @param personId the person that the contact was joined to
 * @param subjectRef names that person in the audit log
 * @param records of all contacts of the person
 * @param addresses texts of the addresses, which records name by their numbers
 * @param heldBack why nothing is decided for this contact, or null
 */
public record StoredContact(
    ContactRecord contact,
    @Nullable String declaredPerson,
    String personId,
    UUID subjectRef,
    Records records,
    Map<String, String> addresses,
    @Nullable String heldBack) {}

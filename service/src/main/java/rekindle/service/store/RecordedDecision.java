package rekindle.service.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it lies in the store. The byte arrays are not copied and must not be changed.
 *
 * @param facts canonical JSON that it was made from
 * @param outcome canonical JSON that was answered
 * @param salt 32 random bytes: of the hashes in the audit event, erased together with the documents
 * @param client who asked
 * @param subjectRef names the person in the audit log; null for facts that the caller brought
 * @param touchId of the touch that it names; null if none
 */
public record RecordedDecision(
    UUID id,
    String contactId,
    String release,
    Instant asOf,
    String verdict,
    @Nullable Instant recheckAt,
    byte[] facts,
    byte[] outcome,
    byte[] salt,
    String client,
    @Nullable UUID subjectRef,
    @Nullable String touchId) {}

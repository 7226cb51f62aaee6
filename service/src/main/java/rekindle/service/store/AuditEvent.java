package rekindle.service.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the audit log.
 *
 * @param subjectRef names the person, and nothing else does
 * @param body canonical JSON without direct identifiers; not copied
 */
public record AuditEvent(UUID id, String kind, @Nullable UUID subjectRef, byte[] body) {}

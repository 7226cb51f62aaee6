package rekindle.service.record;

import java.time.Instant;

/**
 * What a registry answered about a contact's telephone number.
 *
 * @param registry a list's name, or {@code reassigned}
 * @param answer {@code yes}, {@code no}, {@code listed}, {@code not_listed} or {@code no_data}
 */
public record RegistryAnswer(String registry, String answer, Instant checkedAt) {}

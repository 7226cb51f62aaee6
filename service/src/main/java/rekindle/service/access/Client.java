package rekindle.service.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that may call, and its keys, revoked ones included, the newest first.
 *
 * @param person who holds its keys, by a staff id; its own name where nobody was told
 * @param roles codes of its roles, sorted
 * @param disabledAt since when none of its keys passes; null while they do
 */
public record Client(
    String name,
    String person,
    List<String> roles,
    Instant createdAt,
    @Nullable Instant disabledAt,
    List<Key> keys) {
  public Client {
    roles = List.copyOf(roles);
    keys = List.copyOf(keys);
  }

  /**
   * What may be shown of a key.
   *
   * @param id its public part
   * @param lastUsedAt to the minute; null if it never was, or not yet written
   */
  public record Key(
      String id, Instant createdAt, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {}
}

package rekindle.service.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The active keys, looked up by hash and remembered for a minute at most, so that a request costs
 * no query. A change made by this process counts at once; one made by another process within that
 * minute. Thread-safe.
 */
public final class ApiKeys {
  /** How long a key that another process revoked may still pass here. */
  public static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final int REMEMBERED_KEYS_MAX = 10_000;

  private static final Duration SEEN = Duration.ofDays(1);

  private static final String FIND =
      """
      select k.id, c.name, c.person, c.roles
        from api_key k
        join api_client c on c.name = k.client
       where k.hash = :hash and k.revoked_at is null and c.disabled_at is null
      """;

  private final Jdbi jdbi;
  private final Cache<ByteBuffer, Remembered> cache;
  private final Cache<ByteBuffer, Boolean> seen;

  /** Counts changes: what was read before the last one is not trusted, however late it arrives. */
  private final AtomicLong changes = new AtomicLong();

  private record Remembered(long changes, KnownKey key) {}

  public ApiKeys(Jdbi jdbi) {
    this(jdbi, Ticker.systemTicker());
  }

  ApiKeys(Jdbi jdbi, Ticker ticker) {
    this.jdbi = jdbi;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED_KEYS_MAX)
            .expireAfterWrite(REMEMBERED)
            .ticker(ticker)
            .build();
    this.seen =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED_KEYS_MAX)
            .expireAfterAccess(SEEN)
            .ticker(ticker)
            .build();
  }

  /** The key if it is remembered; null says nothing about it. */
  @Nullable KnownKey remembered(byte[] hash) {
    Remembered found = cache.getIfPresent(ByteBuffer.wrap(hash));
    return found != null && found.changes == changes.get() ? found.key : null;
  }

  /** Whether the key was valid when it was looked up last, however long ago. */
  boolean wasKnown(byte[] hash) {
    return seen.getIfPresent(ByteBuffer.wrap(hash)) != null;
  }

  /** The key as the store knows it, remembered from now on. */
  Optional<KnownKey> lookUp(byte[] hash) {
    long before = changes.get();
    Optional<KnownKey> key =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(FIND)
                    .bind("hash", hash)
                    .map((row, context) -> key(row))
                    .findOne());
    ByteBuffer name = ByteBuffer.wrap(hash);
    if (key.isPresent()) {
      cache.put(name, new Remembered(before, key.get()));
      seen.put(name, true);
    } else {
      seen.invalidate(name);
    }
    return key;
  }

  /** Forgets what is remembered, because clients or keys have changed. */
  void forget() {
    changes.incrementAndGet();
    cache.invalidateAll();
  }

  private static KnownKey key(ResultSet row) throws SQLException {
    return new KnownKey(
        row.getString("id"),
        new Caller(row.getString("name"), row.getString("person"), Set.of(texts(row, "roles"))));
  }

  static String[] texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return (String[]) array.getArray();
  }
}

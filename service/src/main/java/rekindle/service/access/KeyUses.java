package rekindle.service.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each key was used last: noted in memory by requests, written by whoever calls {@link
 * #write}, so that no request waits for it. Thread-safe.
 */
public final class KeyUses {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

  private static final String WRITE =
      """
      update api_key
         set last_used_at = greatest(last_used_at, :at)
       where id = :id
      """;

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

  public KeyUses(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  void note(String keyId) {
    unwritten.put(keyId, clock.instant());
  }

  /** Writes what was noted since the last time; what cannot be written now is kept for the next. */
  public void write() {
    // In order of the id, so that two processes cannot wait for each other.
    var uses = new TreeMap<>(unwritten);
    if (uses.isEmpty()) {
      return;
    }
    try {
      jdbi.useTransaction(
          handle -> {
            var batch = handle.prepareBatch(WRITE);
            uses.forEach((id, at) -> batch.bind("id", id).bind("at", at).add());
            batch.execute();
          });
      uses.forEach(unwritten::remove);
    } catch (RuntimeException e) {
      LOG.warn(
          "The last use of {} keys could not be written ({}); it is tried again with the next ones",
          uses.size(),
          e.getClass().getSimpleName());
    }
  }
}

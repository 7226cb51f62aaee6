package rekindle.service.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.hash.Sha256;

/** Requests that name an idempotency key, as the store knows them. */
final class Once {
  static final String HEADER = "Idempotency-Key";
  static final String REPLAYED = "Idempotency-Replayed";

  private Once() {}

  /**
   * @param key value of the header; null if there is none, and so nothing to recognise
   * @param body what must be the same when the key is
   */
  static @Nullable Request of(Caller caller, String operation, @Nullable String key, byte[] body) {
    return key == null ? null : Request.of(caller.client(), operation, key, Sha256.of(body));
  }

  /** One line of a request with many. */
  static @Nullable Request ofLine(
      Caller caller, String operation, @Nullable String key, long line, byte[] body) {
    return key == null
        ? null
        : Request.of(caller.client(), operation + "#" + line, key, Sha256.of(body));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package rekindle.service.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import rekindle.service.hash.Sha256;

/**
 * A key that was just made: {@code rk_<id>_<secret>}. Only its hash is kept; the text is seen once.
 *
 * @param id the public part, which may be shown and logged
 * @param text the whole key
 */
public record NewKey(String id, String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;

  /** A key of 256 random bits. */
  static NewKey random() {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    String id = randomId();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new NewKey(id, "rk_" + id + "_" + text);
  }

  /** A key whose text somebody chose. */
  static NewKey chosen(String text) {
    return new NewKey(randomId(), text);
  }

  byte[] hash() {
    return hash(text);
  }

  static byte[] hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String randomId() {
    var id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "key " + id;
  }
}

package rekindle.service.handoff;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of Standard Webhooks 1.0.0: {@code whsec_} and the Base64 of 24 to 64 bytes. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static WebhookSecret of(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("a secret is whsec_ and the Base64 of 24 to 64 bytes");
    }
    return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
  }

  static boolean isOne(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      int length = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return length >= BYTES_MIN && length <= BYTES_MAX;
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  /**
   * The value of the header {@code webhook-signature}: one signature for each secret.
   *
   * @param id of the message, which repetitions share
   * @param seconds of the epoch, the header {@code webhook-timestamp}
   */
  static String signatures(List<WebhookSecret> secrets, String id, long seconds, byte[] body) {
    byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + secret.sign(head, body))
        .collect(Collectors.joining(" "));
  }

  private String sign(byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
    }
  }
}

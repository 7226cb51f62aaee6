package rekindle.service.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key of 256 bits under which addresses are encrypted, or found again by their HMAC.
 * Immutable, and never printed.
 */
final class IdentityKey {
  static final int SECRET_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HMAC = "HmacSHA256";
  private static final byte FORM = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 6;

  /** What a key is for. */
  enum Purpose {
    ENCRYPTION,
    LOOKUP;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String id;
  private final Purpose purpose;
  private final byte[] secret;

  /** Made once for each thread: making one takes longer than a hash. */
  private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);

  /**
   * @param secret {@link #SECRET_BYTES} random bytes
   */
  IdentityKey(String id, Purpose purpose, byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("Key " + id + " has " + secret.length + " bytes, not 32");
    }
    this.id = id;
    this.purpose = purpose;
    this.secret = secret.clone();
  }

  /** A new key of its own name. */
  static IdentityKey random(Purpose purpose) {
    byte[] name = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(name);
    RANDOM.nextBytes(secret);
    return new IdentityKey(
        purpose.code().charAt(0) + "-" + HexFormat.of().formatHex(name), purpose, secret);
  }

  String id() {
    return id;
  }

  Purpose purpose() {
    return purpose;
  }

  byte[] secret() {
    return secret.clone();
  }

  /** Tells this key from any other, and nothing about it. */
  byte[] fingerprint() {
    return hmac("fingerprint of identity key\n" + purpose.code() + "\n" + id);
  }

  /** The keyed hash under which a text of that kind is found. */
  byte[] lookup(String kind, String text) {
    return hmac(kind + "\n" + text);
  }

  private byte[] hmac(String text) {
    return mac.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private Mac newMac() {
    try {
      Mac fresh = Mac.getInstance(HMAC);
      fresh.init(new SecretKeySpec(secret, HMAC));
      return fresh;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** AES-256-GCM with a random nonce, bound to the kind: form, nonce, ciphertext and tag. */
  byte[] encrypt(String kind, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, kind, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = new byte[1 + NONCE_BYTES + sealed.length];
      bytes[0] = FORM;
      System.arraycopy(nonce, 0, bytes, 1, NONCE_BYTES);
      System.arraycopy(sealed, 0, bytes, 1 + NONCE_BYTES, sealed.length);
      return bytes;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws IllegalStateException if the bytes were not encrypted by this key for that kind, or
   *     were changed since
   */
  String decrypt(String kind, byte[] bytes) {
    if (bytes.length < 1 + NONCE_BYTES || bytes[0] != FORM) {
      throw new IllegalStateException("No ciphertext of form 1 under key " + id);
    }
    byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
    try {
      byte[] opened =
          cipher(Cipher.DECRYPT_MODE, kind, nonce)
              .doFinal(bytes, 1 + NONCE_BYTES, bytes.length - 1 - NONCE_BYTES);
      return new String(opened, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException tampered) {
      throw new IllegalStateException(
          "A ciphertext of kind " + kind + " does not open under key " + id, tampered);
    }
  }

  private Cipher cipher(int mode, String kind, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((id + "\n" + kind).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return id;
  }
}

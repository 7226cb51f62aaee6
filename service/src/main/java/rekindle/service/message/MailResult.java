package rekindle.service.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an e-mail.
 *
 * @param stage what was under way last
 * @param code the server's answer, such as 550; null where it gave none
 * @param detail the answer in words, or what went wrong; it may quote the recipient
 */
public record MailResult(Outcome outcome, Stage stage, @Nullable Integer code, String detail) {
  /**
   * The stage in words, with the code or, of an encryption, with the reason: the server was told no
   * recipient by then. Its later words may quote the recipient, and stay out of what is kept.
   */
  public String summary() {
    String at = stage.name().toLowerCase(Locale.ROOT);
    if (stage == Stage.ENCRYPTION) {
      return at + ": " + detail;
    }
    return at + (code == null ? "" : ": " + code);
  }

  /** Who has the message now. */
  public enum Outcome {
    /** The server took it, and answers for it from here on. */
    TAKEN,
    /** The server refused it for good. */
    REFUSED,
    /** The server does not have it, for certain; it may be handed over again. */
    NOT_TAKEN,
    /** All of it was sent, and no answer came: the server may have it, or not. */
    IN_DOUBT
  }

  /** A part of the exchange with the server. */
  public enum Stage {
    /** Connecting and logging in. */
    CONNECTION,
    /** Encrypting: it was not offered, or the certificate is not trusted or of another host. */
    ENCRYPTION,
    /** The server was told who sends. */
    SENDER,
    /** The server was told to whom: a refusal is about the mailbox. */
    RECIPIENT,
    /** The server was given the message: a refusal is about what it says. */
    MESSAGE
  }
}

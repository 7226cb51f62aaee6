package rekindle.service.message;

import java.util.regex.Pattern;

/**
 * A message on its way to a mailbox.
 *
 * @param touchId of the touch; the same one gives the same Message-ID, so that a receiver can tell
 *     a repetition
 * @param to the mailbox alone, without a name
 */
public record OutgoingMail(String touchId, String to, PassedMessage message) {
  private static final Pattern ID = Pattern.compile("[!-~&&[^<>@\\\\\"(),:;]]{1,128}");
  private static final Pattern MAILBOX =
      Pattern.compile("[^\\s\\p{Cc}<>,;:\"()]+@[^\\s\\p{Cc}<>,;:\"()@]+");

  /**
   * @throws IllegalArgumentException if something that becomes a header is not of its form, or the
   *     message is no e-mail
   */
  public OutgoingMail {
    checkId(touchId);
    if (!isMailbox(to)) {
      throw new IllegalArgumentException("The recipient is no mailbox");
    }
    if (message.message().subject() == null) {
      throw new IllegalArgumentException(
          "A message without a subject is no e-mail: " + message.message().template());
    }
  }

  /**
   * @throws IllegalArgumentException if an id cannot stand in a header
   */
  static void checkId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("The id of a message cannot stand in a header");
    }
  }

  static boolean isMailbox(String text) {
    return MAILBOX.matcher(text).matches();
  }

  /** Without the mailbox, which belongs in no log. */
  @Override
  public String toString() {
    return "OutgoingMail[touchId=" + touchId + "]";
  }
}

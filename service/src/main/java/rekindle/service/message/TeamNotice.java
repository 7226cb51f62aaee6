package rekindle.service.message;

import java.util.regex.Pattern;

/**
 * A short text for whoever works here, which no person of the store ever gets: it has passed no
 * {@link Preflight}.
 *
 * @param id the same one gives the same Message-ID, so that a receiver can tell a repetition
 * @param from a mailbox with or without a name
 * @param to the mailbox alone, without a name
 * @param kind what it tells, such as {@code task.created}, for filters of mail programs
 */
public record TeamNotice(
    String id, String from, String to, String kind, String subject, String text) {
  private static final Pattern CODE = Pattern.compile("[a-z][a-z._]{0,63}");

  /**
   * @throws IllegalArgumentException if something that becomes a header is not of its form
   */
  public TeamNotice {
    OutgoingMail.checkId(id);
    if (!isMailbox(to)) {
      throw new IllegalArgumentException("The recipient is no mailbox");
    }
    if (!CODE.matcher(kind).matches()) {
      throw new IllegalArgumentException("A kind is small letters, points and _");
    }
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A subject holds a line break");
    }
  }

  /** Whether a text is a mailbox alone, such as {@code team@example.com}. */
  public static boolean isMailbox(String text) {
    return OutgoingMail.isMailbox(text);
  }

  /** Without the mailbox, which belongs in no log. */
  @Override
  public String toString() {
    return "TeamNotice[id=" + id + ", kind=" + kind + "]";
  }
}

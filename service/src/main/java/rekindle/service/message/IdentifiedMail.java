package rekindle.service.message;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** An Internet message to one mailbox whose Message-ID is made of an id of ours. */
abstract class IdentifiedMail extends MimeMessage {
  private final String messageId;

  /**
   * @param from a mailbox with or without a name
   * @param recipient the mailbox in ASCII
   */
  IdentifiedMail(Session session, String from, String id, String recipient, Instant now)
      throws MessagingException {
    super(session);
    InternetAddress sender = mailbox(from);
    messageId = "<" + id + "@" + sender.getAddress().replaceFirst("^.*@", "") + ">";
    setFrom(sender);
    setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
    setSentDate(Date.from(now));
  }

  static InternetAddress mailbox(String text) throws MessagingException {
    InternetAddress parsed = InternetAddress.parse(text, true)[0];
    try {
      // Encodes a name that is not in ASCII.
      return new InternetAddress(
          parsed.getAddress(), parsed.getPersonal(), StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The address alone, to which mail that cannot be delivered comes back.
   *
   * @param mailbox one that was checked before
   */
  static String address(String mailbox) {
    try {
      return InternetAddress.parse(mailbox, true)[0].getAddress();
    } catch (AddressException checkedBefore) {
      throw new IllegalStateException("it is no mailbox", checkedBefore);
    }
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}

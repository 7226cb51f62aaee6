package rekindle.service.message;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A touch as an Internet message: text and HTML of the same words, and what mailboxes act on. */
final class TouchMail extends MimeMessage {
  static final String TOUCH = "X-Rekindle-Touch";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String messageId;

  /**
   * @param recipient the mailbox in ASCII
   */
  TouchMail(
      Session session,
      MailConfiguration configuration,
      OutgoingMail mail,
      String recipient,
      Instant now)
      throws MessagingException {
    super(session);
    InternetAddress from = mailbox(configuration.from());
    messageId = "<" + mail.touchId() + "@" + from.getAddress().replaceFirst("^.*@", "") + ">";
    setFrom(from);
    if (!configuration.replyTo().isBlank()) {
      setReplyTo(new InternetAddress[] {mailbox(configuration.replyTo())});
    }
    setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
    RenderedMessage message = mail.message().message();
    setSubject(message.subject(), UTF_8);
    setSentDate(Date.from(now));
    setHeader(TOUCH, mail.touchId());
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      setHeader(header.getKey(), header.getValue());
    }
    content(message.text(), message.html());
    saveChanges();
  }

  private static InternetAddress mailbox(String text) throws MessagingException {
    InternetAddress parsed = InternetAddress.parse(text, true)[0];
    try {
      // Encodes a name that is not in ASCII.
      return new InternetAddress(parsed.getAddress(), parsed.getPersonal(), UTF_8);
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void content(String text, @Nullable String html) throws MessagingException {
    if (html == null) {
      setText(text, UTF_8);
      return;
    }
    var alternatives = new MimeMultipart("alternative");
    var plain = new MimeBodyPart();
    plain.setText(text, UTF_8);
    alternatives.addBodyPart(plain);
    // The last is the one that readers prefer.
    var rich = new MimeBodyPart();
    rich.setText(html, UTF_8, "html");
    alternatives.addBodyPart(rich);
    setContent(alternatives);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}

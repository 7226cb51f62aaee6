package rekindle.service.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A touch as an Internet message: text and HTML of the same words, and what mailboxes act on. */
final class TouchMail extends IdentifiedMail {
  static final String TOUCH = "X-Rekindle-Touch";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

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
    super(session, configuration.from(), mail.touchId(), recipient, now);
    if (!configuration.replyTo().isBlank()) {
      setReplyTo(new InternetAddress[] {mailbox(configuration.replyTo())});
    }
    RenderedMessage message = mail.message().message();
    setSubject(message.subject(), UTF_8);
    setHeader(TOUCH, mail.touchId());
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      setHeader(header.getKey(), header.getValue());
    }
    content(message.text(), message.html());
    saveChanges();
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
}

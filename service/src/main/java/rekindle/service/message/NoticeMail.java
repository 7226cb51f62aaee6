package rekindle.service.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A notice to the team as an Internet message, which no absence note should answer (RFC 3834). */
final class NoticeMail extends IdentifiedMail {
  static final String KIND = "X-Rekindle-Kind";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /**
   * @param recipient the mailbox in ASCII
   */
  NoticeMail(Session session, TeamNotice notice, String recipient, Instant now)
      throws MessagingException {
    super(session, notice.from(), notice.id(), recipient, now);
    setSubject(notice.subject(), UTF_8);
    setHeader("Auto-Submitted", "auto-generated");
    setHeader(KIND, notice.kind());
    setText(notice.text(), UTF_8);
    saveChanges();
  }
}

package rekindle.service.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.MailResult.Stage;

/**
 * An exchange with a mail server that remembers how far it came and what was answered there first:
 * later answers, such as that to a reset, say nothing of the message. For one message.
 */
final class AttentiveTransport extends SMTPTransport {
  private Stage stage = Stage.CONNECTION;
  private boolean whollySent;
  private @Nullable Integer code;
  private String answer = "";

  AttentiveTransport(Session session, String host, int port) {
    super(session, new URLName("smtp", host, port, null, null, null));
  }

  private void enter(Stage next) {
    stage = next;
    code = null;
    answer = "";
  }

  @Override
  protected void startTLS() throws MessagingException {
    enter(Stage.ENCRYPTION);
    super.startTLS();
    enter(Stage.CONNECTION);
  }

  /** Where encryption is required, the exchange ends here if it is not offered. */
  @Override
  public boolean supportsExtension(String extension) {
    boolean offered = super.supportsExtension(extension);
    if (!offered && extension.equals("STARTTLS") && getRequireStartTLS()) {
      enter(Stage.ENCRYPTION);
    }
    return offered;
  }

  @Override
  protected void mailFrom() throws MessagingException {
    enter(Stage.SENDER);
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    enter(Stage.RECIPIENT);
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    enter(Stage.MESSAGE);
    return super.data();
  }

  /** From here on the server may have the whole message, even if sending its end fails. */
  @Override
  protected void finishData() throws IOException, MessagingException {
    enter(Stage.MESSAGE);
    whollySent = true;
    super.finishData();
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int read = super.readServerResponse();
    if (code == null) {
      code = read;
      answer = String.valueOf(getLastServerResponse()).strip();
    }
    return read;
  }

  /**
   * What became of the message.
   *
   * @param failure what ended the exchange; null if nothing did
   */
  MailResult result(@Nullable Exception failure) {
    Integer told = code != null && code > 0 ? code : null;
    if (stage == Stage.ENCRYPTION && failure != null && (told == null || told < 400)) {
      return new MailResult(outcome(0), stage, null, reason(failure));
    }
    String detail =
        told != null && (told >= 400 || failure == null)
            ? answer
            : failure == null ? answer : failure.toString();
    return new MailResult(outcome(told == null ? 0 : told), stage, told, detail);
  }

  /** What lies at the bottom, such as a certificate of another host. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private Outcome outcome(int told) {
    int kind = told / 100;
    if (whollySent && kind == 2) {
      return Outcome.TAKEN;
    }
    if (kind == 5 && stage != Stage.CONNECTION && stage != Stage.ENCRYPTION) {
      return Outcome.REFUSED;
    }
    return whollySent && kind != 4 ? Outcome.IN_DOUBT : Outcome.NOT_TAKEN;
  }
}

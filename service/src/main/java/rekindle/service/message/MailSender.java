package rekindle.service.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import rekindle.service.message.MailConfiguration.Tls;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.MailResult.Stage;

/**
 * Hands e-mail to a server by SMTP, one message on one connection, and tells who has it then. Tries
 * once: whoever asks knows whether to ask again. Thread-safe.
 */
public final class MailSender implements AutoCloseable {
  private static final Duration CONNECTING_MAX = Duration.ofSeconds(2);
  private static final Duration ALL_MAX = Duration.ofSeconds(10);

  private final MailConfiguration configuration;
  private final InstantSource clock;
  private final @Nullable SSLSocketFactory trusted;
  private final Timer timer;
  private final Runnable atClose;

  /** Does something later, unless it is cancelled before. */
  interface Timer {
    Future<?> after(Duration delay, Runnable task);
  }

  /**
   * @param configuration with a host
   */
  public MailSender(MailConfiguration configuration, InstantSource clock) {
    this(configuration, clock, deadlines());
  }

  private MailSender(
      MailConfiguration configuration, InstantSource clock, ScheduledThreadPoolExecutor deadlines) {
    this(
        configuration,
        clock,
        (delay, task) -> deadlines.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS),
        deadlines::shutdownNow);
  }

  MailSender(MailConfiguration configuration, InstantSource clock, Timer timer) {
    this(configuration, clock, timer, () -> {});
  }

  private MailSender(
      MailConfiguration configuration, InstantSource clock, Timer timer, Runnable atClose) {
    if (!configuration.isOn()) {
      throw new IllegalArgumentException("mail.host is empty: no e-mail is sent from here");
    }
    this.configuration = configuration;
    this.clock = clock;
    this.trusted = configuration.trusted();
    this.timer = timer;
    this.atClose = atClose;
  }

  private static ScheduledThreadPoolExecutor deadlines() {
    var deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "mail-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
    return deadlines;
  }

  /**
   * Sends a message once. Whatever goes wrong on the way is told by the result.
   *
   * @throws IllegalStateException if the message cannot be written, which is a fault of this
   *     service
   */
  public MailResult send(OutgoingMail mail) {
    return send(
        configuration.from(),
        mail.to(),
        mail,
        (session, recipient) ->
            new TouchMail(session, configuration, mail, recipient, clock.instant()));
  }

  /** The same for a notice to the team. */
  public MailResult send(TeamNotice notice) {
    return send(
        notice.from(),
        notice.to(),
        notice,
        (session, recipient) -> new NoticeMail(session, notice, recipient, clock.instant()));
  }

  /** Writes a message. */
  private interface Writing {
    IdentifiedMail of(Session session, String recipient) throws MessagingException;
  }

  private MailResult send(String from, String to, Object what, Writing writing) {
    String recipient = ascii(to);
    if (recipient == null) {
      return new MailResult(
          Outcome.REFUSED,
          // No server said anything about the mailbox.
          Stage.CONNECTION,
          null,
          "The mailbox has letters that are not ASCII, which is not supported");
    }
    var sockets = new DeadlineSockets();
    Session session = Session.getInstance(properties(sockets, from));
    IdentifiedMail message;
    try {
      message = writing.of(session, recipient);
    } catch (MessagingException fault) {
      throw new IllegalStateException("The e-mail of " + what + " cannot be written", fault);
    }
    Future<?> deadline = timer.after(ALL_MAX, sockets::close);
    try {
      return exchange(session, message);
    } finally {
      deadline.cancel(false);
      sockets.close();
    }
  }

  private MailResult exchange(Session session, IdentifiedMail message) {
    var transport = new AttentiveTransport(session, configuration.host(), configuration.port());
    try {
      transport.connect(
          configuration.host(),
          configuration.port(),
          emptyToNull(configuration.user()),
          emptyToNull(configuration.password()));
      transport.sendMessage(message, message.getAllRecipients());
      return transport.result(null);
    } catch (MessagingException failure) {
      return transport.result(failure);
    } finally {
      quit(transport);
    }
  }

  /** The message is settled by then, however the farewell goes. */
  private static void quit(AttentiveTransport transport) {
    try {
      transport.close();
    } catch (MessagingException settledAnyway) {
      // Nothing depends on it.
    }
  }

  private Properties properties(DeadlineSockets sockets, String from) {
    var properties = new Properties();
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECTING_MAX.toMillis()));
    properties.put("mail.smtp.timeout", String.valueOf(ALL_MAX.toMillis()));
    properties.put("mail.smtp.auth", String.valueOf(!configuration.user().isEmpty()));
    properties.put("mail.smtp.starttls.enable", String.valueOf(configuration.tls() != Tls.OFF));
    properties.put(
        "mail.smtp.starttls.required", String.valueOf(configuration.tls() == Tls.REQUIRED));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (trusted != null) {
      properties.put("mail.smtp.ssl.socketFactory", trusted);
    }
    properties.put("mail.smtp.from", IdentifiedMail.address(from));
    // A farewell that is not answered would cost the time limit.
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The domain as it stands in the DNS; null if the rest is not in ASCII. */
  private static @Nullable String ascii(String mailbox) {
    int at = mailbox.lastIndexOf('@');
    try {
      String whole = mailbox.substring(0, at + 1) + IDN.toASCII(mailbox.substring(at + 1));
      return StandardCharsets.US_ASCII.newEncoder().canEncode(whole) ? whole : null;
    } catch (IllegalArgumentException noDomain) {
      return null;
    }
  }

  @Override
  public void close() {
    atClose.run();
  }
}

package rekindle.service.handoff;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.service.message.MailResult;
import rekindle.service.message.MailResult.Stage;
import rekindle.service.message.MailSender;
import rekindle.service.message.OutgoingMail;
import rekindle.service.message.PassedMessage;
import rekindle.service.store.ScheduledTouches;

/** E-mail through a server of one's own, by SMTP. Thread-safe. */
public final class MailPlatform implements Platform {
  /** Its name among the routes. */
  public static final String NAME = ScheduledTouches.SMTP;

  private static final int CONNECTIONS = 8;

  private static final int LOGIN_NEEDED = 530;
  private static final String SECURITY = "7";

  /** Without an enhanced code these are about the mailbox. */
  private static final Set<Integer> PLAIN = Set.of(550, 551, 553);

  private static final Pattern ENHANCED = Pattern.compile("\\b5\\.(\\d{1,3})\\.\\d{1,3}\\b");

  /** No such mailbox, host or user, moved away, or disabled. */
  private static final Pattern NO_MAILBOX = Pattern.compile("5\\.1\\.(?:[0-6]|10)|5\\.2\\.1");

  /** Stages in which a server that wants to be asked later means this message alone. */
  private static final Set<Stage> OF_ONE_MESSAGE = Set.of(Stage.RECIPIENT, Stage.MESSAGE);

  private static final int CLOSING = 421;

  private final MailSender sender;
  private final Addresses addresses;

  public MailPlatform(MailSender sender, Addresses addresses) {
    this.sender = sender;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int concurrency() {
    return CONNECTIONS;
  }

  @Override
  public boolean wantsMessages() {
    return true;
  }

  @Override
  public Answer handOver(Intent intent) {
    PassedMessage message = intent.message();
    @Nullable String to;
    try {
      to = addresses.of(intent.touchId());
    } catch (RuntimeException failed) {
      return Answer.thisNotTaken(
          "it could not be made ready: " + failed.getClass().getSimpleName());
    }
    if (message == null || to == null) {
      return Answer.refused(to == null ? "there is no address" : "there is no message");
    }
    OutgoingMail mail;
    try {
      mail = new OutgoingMail(intent.touchId(), to, message);
    } catch (IllegalArgumentException unfit) {
      return Answer.refused("it cannot be sent as e-mail");
    }
    return answer(sender.send(mail));
  }

  private static Answer answer(MailResult result) {
    String detail = result.summary();
    return switch (result.outcome()) {
      case TAKEN -> Answer.taken(detail);
      case REFUSED -> refused(result);
      case NOT_TAKEN ->
          isOfOneMessage(result) ? Answer.thisNotTaken(detail) : Answer.notTaken(detail);
      case IN_DOUBT -> Answer.inDoubt(detail);
    };
  }

  /** A server that breaks off, or is about to, has not answered for the message. */
  private static boolean isOfOneMessage(MailResult result) {
    return OF_ONE_MESSAGE.contains(result.stage())
        && result.code() != null
        && result.code() != CLOSING;
  }

  /**
   * A mailbox that does not exist is closed for good, so an answer must say that, and not that the
   * server takes nothing of us (RFC 5321, 4.2.2; RFC 3463, 3.2, 3.3 and 3.8).
   */
  private static Answer refused(MailResult result) {
    String detail = result.summary();
    int code = result.code() == null ? 0 : result.code();
    if (result.stage() == Stage.SENDER || code == LOGIN_NEEDED) {
      // It is about who sends, and would be the same for everybody.
      return Answer.notTaken(detail);
    }
    if (result.stage() != Stage.RECIPIENT) {
      return Answer.refused(detail);
    }
    Matcher enhanced = ENHANCED.matcher(result.detail());
    boolean isEnhanced = enhanced.find();
    if (isEnhanced && enhanced.group(1).equals(SECURITY)) {
      // It may mean us or this mailbox.
      return Answer.thisNotTaken(detail);
    }
    boolean isNoMailbox =
        isEnhanced ? NO_MAILBOX.matcher(enhanced.group()).matches() : PLAIN.contains(code);
    return isNoMailbox ? Answer.bounced(detail) : Answer.refused(detail);
  }

  @Override
  public void close() {
    sender.close();
  }
}

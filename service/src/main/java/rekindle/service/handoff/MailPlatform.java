package rekindle.service.handoff;

import org.jspecify.annotations.Nullable;
import rekindle.service.message.MailResult;
import rekindle.service.message.MailResult.Stage;
import rekindle.service.message.MailSender;
import rekindle.service.message.OutgoingMail;
import rekindle.service.message.PassedMessage;

/** E-mail through a server of one's own, by SMTP. Thread-safe. */
public final class MailPlatform implements Platform {
  /** Its name among the routes. */
  public static final String NAME = "smtp";

  private static final int CONNECTIONS = 8;

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
    @Nullable String to = addresses.of(intent.touchId());
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
      case REFUSED ->
          result.stage() == Stage.RECIPIENT ? Answer.bounced(detail) : Answer.refused(detail);
      case NOT_TAKEN -> Answer.notTaken(detail);
      case IN_DOUBT -> Answer.inDoubt(detail);
    };
  }

  @Override
  public void close() {
    sender.close();
  }
}

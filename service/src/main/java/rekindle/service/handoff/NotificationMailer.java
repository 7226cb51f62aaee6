package rekindle.service.handoff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import rekindle.service.message.MailResult;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.MailSender;
import rekindle.service.message.TeamNotice;
import rekindle.service.store.Notification;
import rekindle.service.store.NotificationStore;

/** Tells one mailbox system events, in words. Thread-safe. */
public final class NotificationMailer implements NotificationReceiver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MailSender sender;
  private final String from;
  private final String to;
  private final String baseUrl;

  /**
   * @param sender is closed with this
   * @param from a mailbox with or without a name
   * @param to a mailbox alone
   * @param baseUrl of the API, without a slash at its end
   */
  public NotificationMailer(MailSender sender, String from, String to, String baseUrl) {
    this.sender = sender;
    this.from = from;
    this.to = to;
    this.baseUrl = baseUrl;
  }

  @Override
  public String endpoint() {
    return Notification.mailed(to);
  }

  /** What was in doubt is told again under the same Message-ID, as a webhook's is. */
  @Override
  public @Nullable String tell(NotificationStore.Due due) {
    Notification notification = due.notification();
    NoticeText words = NoticeText.of(notification.kind(), data(notification), baseUrl);
    MailResult result =
        sender.send(
            new TeamNotice(
                notification.id().toString(),
                from,
                to,
                notification.kind(),
                words.subject(),
                words.text()));
    return result.outcome() == Outcome.TAKEN ? null : result.summary();
  }

  private static JsonNode data(Notification notification) {
    try {
      return JSON.readTree(notification.data());
    } catch (IOException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}

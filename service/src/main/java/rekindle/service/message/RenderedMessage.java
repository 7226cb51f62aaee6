package rekindle.service.message;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * A message as it would leave. E-mail has a subject and HTML besides; a phone call's text is the
 * script.
 *
 * @param links all that a reader can follow, the unsubscribe link among them
 */
public record RenderedMessage(
    String template,
    Channel channel,
    String language,
    @Nullable String subject,
    String text,
    @Nullable String html,
    List<String> links,
    @Nullable String unsubscribeUrl) {
  public static final String LIST_UNSUBSCRIBE = "List-Unsubscribe";
  public static final String LIST_UNSUBSCRIBE_POST = "List-Unsubscribe-Post";
  public static final String ONE_CLICK = "List-Unsubscribe=One-Click";

  /**
   * @throws IllegalArgumentException if something that becomes a header could end it
   */
  public RenderedMessage {
    links = List.copyOf(links);
    if (endsLine(subject) || endsLine(unsubscribeUrl)) {
      throw new IllegalArgumentException("A subject or link of a message holds a line break");
    }
  }

  private static boolean endsLine(@Nullable String text) {
    return text != null
        && text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  /** The header fields that its channel wants, by name: of e-mail those of RFC 8058. */
  public Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    if (channel == Channel.EMAIL && unsubscribeUrl != null) {
      headers.put(LIST_UNSUBSCRIBE, "<" + unsubscribeUrl + ">");
      headers.put(LIST_UNSUBSCRIBE_POST, ONE_CLICK);
    }
    return headers;
  }
}

package rekindle.service.message;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rendered message by whoever made it, to be checked.
 *
 * @param headers by name, in whatever case
 */
public record Draft(
    @Nullable String subject,
    @Nullable String text,
    @Nullable String html,
    Map<String, String> headers) {
  public Draft {
    var ignoringCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(headers);
    headers = Collections.unmodifiableMap(ignoringCase);
  }

  static Draft of(RenderedMessage message) {
    return new Draft(message.subject(), message.text(), message.html(), message.headers());
  }
}

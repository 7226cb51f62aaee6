package rekindle.service.message;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Marks links with the campaign they belong to, so that the visit can be told from others. */
final class CampaignLinks {
  private final String parameters;

  CampaignLinks(MessageRequest request) {
    parameters =
        "utm_source=rekindle&utm_medium="
            + encoded(request.channel().code())
            + "&utm_campaign="
            + encoded(request.sequence())
            + "&utm_content="
            + encoded(request.template());
  }

  /** The link with the marks; as it is where it has some, or is none of the web. */
  String marked(String link) {
    URI uri = MergeField.uri(link);
    if (uri == null
        || uri.getScheme() == null
        || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")
        || isMarked(uri.getRawQuery())) {
      return link;
    }
    int fragment = link.indexOf('#');
    String before = fragment < 0 ? link : link.substring(0, fragment);
    String after = fragment < 0 ? "" : link.substring(fragment);
    String joint = before.indexOf('?') < 0 ? "?" : before.endsWith("?") ? "" : "&";
    return before + joint + parameters + after;
  }

  /** A calendar or an author may have marked it on purpose. */
  private static boolean isMarked(@org.jspecify.annotations.Nullable String query) {
    return query != null && ("&" + query).contains("&utm_");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

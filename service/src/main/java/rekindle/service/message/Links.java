package rekindle.service.message;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with the links of a message. Thread-safe. */
final class Links {
  private static final Pattern NUMERIC_HOST =
      Pattern.compile("\\[.*\\]|[0-9.]+|0[xX][0-9a-fA-F]+(\\.0?[xX]?[0-9a-fA-F]+)*");

  /** Ways to reach the sender that lead to no page. */
  private static final Set<String> NO_PAGE = Set.of("mailto", "tel", "sms");

  private final Set<String> shorteners;

  /**
   * @param shorteners a host on each line; lines with # are comments
   */
  Links(String shorteners) {
    this.shorteners =
        shorteners
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
  }

  static Links shipped() {
    return new Links(Resources.read("shorteners.txt"));
  }

  /** Every link of a message once. */
  static Set<String> of(Draft draft) {
    var links = new LinkedHashSet<String>();
    if (draft.text() != null) {
      links.addAll(VisibleText.addresses(draft.text()));
    }
    if (draft.html() != null) {
      links.addAll(VisibleText.targets(draft.html()));
      links.addAll(VisibleText.addresses(VisibleText.ofHtml(draft.html())));
    }
    return links;
  }

  void check(Draft draft, Consumer<Finding> findings) {
    of(draft).forEach(link -> check(link, findings));
    if (draft.html() != null) {
      VisibleText.shown(draft.html()).forEach(shown -> compare(shown, findings));
    }
  }

  /** Filters take a link that shows another host than its own for a fraud. */
  private static void compare(VisibleText.Shown shown, Consumer<Finding> findings) {
    String leads = host(MergeField.uri(shown.target()));
    boolean hasScheme = shown.address().toLowerCase(Locale.ROOT).startsWith("http");
    String shows = host(MergeField.uri(hasScheme ? shown.address() : "https://" + shown.address()));
    if (leads.isEmpty() || shows.isEmpty() || isWithin(leads, shows) || isWithin(shows, leads)) {
      return;
    }
    String message =
        "A link shows %s and leads to %s; show words, or where it leads."
            .formatted(shown.address(), leads);
    findings.accept(
        shown.isCertain()
            ? Finding.error("link_shows_another", message)
            : Finding.warning("link_shows_another", message));
  }

  /** The host in lower case, without www; empty if there is none. */
  private static String host(@Nullable URI uri) {
    return uri == null || uri.getHost() == null
        ? ""
        : uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
  }

  private static boolean isWithin(String host, String other) {
    return host.equals(other) || host.endsWith("." + other);
  }

  private void check(String link, Consumer<Finding> findings) {
    URI uri = MergeField.uri(link);
    String scheme = uri == null || uri.getScheme() == null ? "" : uri.getScheme();
    if (NO_PAGE.contains(scheme.toLowerCase(Locale.ROOT))) {
      return;
    }
    if (uri == null || !scheme.equalsIgnoreCase("https")) {
      findings.accept(
          Finding.error("link_not_https", "The link " + link + " does not begin with https://."));
    }
    String host =
        uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (uri != null && (host.isEmpty() || uri.getRawUserInfo() != null)) {
      findings.accept(
          Finding.error(
              "link_unclear", "The link " + link + " does not name a host and nothing else."));
    }
    if (NUMERIC_HOST.matcher(host).matches()) {
      findings.accept(
          Finding.error(
              "link_raw_ip", "The link " + link + " names a number and no host; use a name."));
    }
    if (List.of(host, host.replaceFirst("^www\\.", "")).stream().anyMatch(shorteners::contains)) {
      findings.accept(
          Finding.error(
              "link_shortener",
              "The link "
                  + link
                  + " hides where it leads; carriers block it. Use the page's own."));
    }
  }
}

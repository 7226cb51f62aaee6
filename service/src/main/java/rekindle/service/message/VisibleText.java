package rekindle.service.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader sees of a message, and where its links lead. HTML is read as far as that needs; it
 * need not be well formed.
 */
final class VisibleText {
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<!--.*?-->|<(head|style|script|template)\\b.*?</\\1\\s*>");
  private static final Pattern TAG = Pattern.compile("(?s)<[a-zA-Z/!][^>]*>");
  private static final Pattern TARGET =
      Pattern.compile("(?is)<a\\b[^>]*?\\bhref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))");
  private static final Pattern ANCHOR = Pattern.compile("(?is)<a\\b[^>]*>(.*?)</a\\s*>");
  private static final Pattern HOST = Pattern.compile("(?i)([a-z0-9-]+\\.)+[a-z]{2,24}(/[^\\s]*)?");
  private static final Pattern ENTITY =
      Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]+);");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\bhttps?://[^\\s<>\"]+|\\bwww\\.[^\\s<>\"]+");
  private static final Pattern TRAILING = Pattern.compile("[.,;:!?)\\]'»”]+$");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private VisibleText() {}

  /** The words of an HTML document. */
  static String ofHtml(String html) {
    String seen = UNSEEN.matcher(html).replaceAll(" ");
    return unescaped(TAG.matcher(seen).replaceAll(" "));
  }

  /**
   * In lower case, with plain apostrophes and single spaces, and without what nobody sees: as
   * phrases are looked for.
   */
  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("\\p{Cf}", "")
        .replace('\u2019', '\'')
        .replaceAll("[\\s\\u00a0]+", " ")
        .strip();
  }

  /** Targets of anchors. */
  static List<String> targets(String html) {
    var targets = new ArrayList<String>();
    Matcher matcher = TARGET.matcher(html);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          targets.add(unescaped(matcher.group(group)).strip());
        }
      }
    }
    return targets;
  }

  /**
   * An anchor whose words are an address of their own.
   *
   * @param isCertain false where the words are a name with a point and may mean something else
   */
  record Shown(String target, String address, boolean isCertain) {}

  /** Anchors that show an address, whether or not it is the one to which they lead. */
  static List<Shown> shown(String html) {
    var shown = new ArrayList<Shown>();
    Matcher anchor = ANCHOR.matcher(html);
    while (anchor.find()) {
      List<String> targets = targets(anchor.group());
      String words = ofHtml(anchor.group(1)).strip();
      if (targets.size() == 1) {
        addresses(words).forEach(address -> shown.add(new Shown(targets.get(0), address, true)));
        if (HOST.matcher(words).matches() && addresses(words).isEmpty()) {
          shown.add(new Shown(targets.get(0), words, false));
        }
      }
    }
    return shown;
  }

  /** Links that stand in plain text. */
  static List<String> addresses(String text) {
    var addresses = new ArrayList<String>();
    Matcher matcher = ADDRESS.matcher(text);
    while (matcher.find()) {
      addresses.add(TRAILING.matcher(matcher.group()).replaceFirst(""));
    }
    return addresses;
  }

  private static String unescaped(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
  }

  private static String character(String entity) {
    if (entity.charAt(0) != '#') {
      return NAMED.getOrDefault(entity, "&" + entity + ";");
    }
    boolean hex = Character.toLowerCase(entity.charAt(1)) == 'x';
    int code = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
    return Character.isValidCodePoint(code) ? Character.toString(code) : "\uFFFD";
  }
}

package rekindle.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that spreadsheet files write as {@code _x000D_}, since XML cannot hold them. */
final class XmlEscapes {
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private static final Pattern UNDERSCORE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private XmlEscapes() {}

  /** So that a text that looks like such an escape stays what it is. */
  static String encode(String text) {
    return UNDERSCORE.matcher(text).replaceAll("_x005F_");
  }

  static String decode(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }
}

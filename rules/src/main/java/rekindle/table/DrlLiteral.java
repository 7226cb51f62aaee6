package rekindle.table;

import java.util.Locale;

/** Literals for generated rules: the only way from a cell's value into DRL. */
public final class DrlLiteral {
  /** Characters that mean nothing to any parser on the way, inside or outside quotes. */
  private static final String PLAIN = " ,-./:_";

  private DrlLiteral() {}

  /**
   * A string literal, quotes included, that means the same in DRL and in Java. Between the quotes
   * it has letters, digits and harmless punctuation of ASCII, octal escapes, and Unicode escapes of
   * characters above U+00FF; neither a quote nor a pair of backslashes.
   */
  public static String string(String value) {
    var out = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean next = i + 1 < value.length();
      if (isPlain(c) && !(c == '_' && next && Character.toLowerCase(value.charAt(i + 1)) == 'x')) {
        out.append(c);
      } else if (c <= 0xff) {
        // A Unicode escape of these would be undone by Java before it looks for quotes and line
        // ends; an underscore before x would start a character escape of spreadsheet files.
        out.append(String.format(Locale.ROOT, "\\%03o", (int) c));
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  /** A long literal. */
  public static String number(long value) {
    return value + "L";
  }
}

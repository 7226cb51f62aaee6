package rekindle.table;

import java.util.Locale;

/** Literals for generated rules: the only way from a cell's value into DRL. */
public final class DrlLiteral {
  private DrlLiteral() {}

  /**
   * A Java string literal, quotes included. Everything but printable ASCII is a Unicode escape, so
   * no character of the value means anything to a parser.
   */
  public static String string(String value) {
    var out = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f && c != '$') {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  /** A long literal. */
  public static String number(long value) {
    return value + "L";
  }
}

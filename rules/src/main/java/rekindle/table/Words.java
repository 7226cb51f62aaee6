package rekindle.table;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts as people type them: blanks, quotes, quoting in messages, the nearest known word. */
final class Words {
  /** As much of a cell as a message repeats. */
  private static final int QUOTED_MAX = 60;

  private static final String QUOTES = "\"'`´‘’‚‛“”„‟«»‹›＂＇";

  private Words() {}

  /** Whether the character is a blank of any kind, seen or unseen. */
  static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF';
  }

  /** Without blanks at the ends, each run of blanks inside one space. */
  static String collapse(String text) {
    var out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = true;
      } else {
        if (gap && out.length() > 0) {
          out.append(' ');
        }
        gap = false;
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  /** Without the one pair of quotes around it, or the one stray apostrophe before it. */
  static String unquote(String text) {
    long quotes = text.chars().filter(c -> QUOTES.indexOf(c) >= 0).count();
    boolean around =
        quotes == 2
            && text.length() >= 2
            && QUOTES.indexOf(text.charAt(0)) >= 0
            && QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0;
    if (around) {
      return collapse(text.substring(1, text.length() - 1));
    }
    return quotes == 1 && text.startsWith("'") ? collapse(text.substring(1)) : text;
  }

  /**
   * The first character that nobody sees and that could make a text look like another one; empty if
   * there is none.
   *
   * @param lines whether line breaks, tabs and direction marks are allowed, as in notes
   */
  static Optional<String> badCharacter(String text, boolean lines) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBad(c, lines)) {
        return Optional.of(String.format(Locale.ROOT, "U+%04X", c));
      }
    }
    return Optional.empty();
  }

  private static boolean isBad(int c, boolean lines) {
    if (c == '\n' || c == '\r' || c == '\t' || c == '\u200B' || c == '\u2060' || c == '\uFEFF') {
      return false;
    }
    if (lines && (c == '\u200E' || c == '\u200F' || c == '\u200C' || c == '\u200D')) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED;
  }

  /** A person's text for a message: short, on one line, in quotes. */
  static String quoted(String text) {
    return '"' + plain(text) + '"';
  }

  /** A person's text for a message: short, on one line, without characters that nobody sees. */
  static String plain(String text) {
    var out = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < text.length(); shown++) {
      if (shown == QUOTED_MAX) {
        return out.append('…').toString();
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBad(c, false) || c == '\u200B' || c == '\u2060' || c == '\uFEFF') {
        out.append(String.format(Locale.ROOT, "\\u%04X", c));
      } else if (isBlank(c)) {
        out.append(' ');
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  /** The known word that was probably meant; null if none is near. */
  static @Nullable String nearest(String text, Collection<String> known) {
    String wanted = text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
    if (wanted.isEmpty() || wanted.length() > 64) {
      return null;
    }
    int allowed = wanted.length() <= 3 ? 1 : wanted.length() <= 8 ? 2 : 3;
    String nearest = null;
    int least = allowed + 1;
    for (String word : known) {
      int distance = distance(wanted, word.toLowerCase(Locale.ROOT).replace('-', '_'), least);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  /** {@code ". Did you mean …?"}, or nothing. */
  static String didYouMean(@Nullable String suggestion) {
    return suggestion == null ? "" : ". Did you mean " + suggestion + "?";
  }

  /**
   * Edits (insert, delete, replace, swap of neighbours) from one text to another, up to a limit.
   */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), replace);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      // An exchange reaches back two rows, but costs one: no later row can fall below this one.
      if (least >= limit) {
        return limit;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}

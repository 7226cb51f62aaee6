package rekindle.reply;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text as its words, in the one spelling in which two are compared: small letters without
 * accents, letters that only look like Latin ones turned into those, apostrophes gone, every emoji
 * a word of its own, all other signs between words. Letters that stand alone one after another, as
 * in {@code S.T.O.P}, are one word. Takes time in proportion to the text.
 */
final class FoldedText {
  private static final int SPELT_MIN = 3;

  /** Letters that look like the one below them, and no decomposition says so. */
  private static final String LOOK_ALIKE =
      "асеорхукмнтіѕјԁɡαορτυνικερøłđıßæœᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";

  /** First of the letters in dark circles and squares, which nothing decomposes. */
  private static final int[] FRAMED = {0x1F150, 0x1F170};

  private static final int ALPHABET = 26;

  private static final String[] LATIN = {
    "a", "c", "e", "o", "p", "x", "y", "k", "m", "h", "t", "i", "s", "j", "d", "g", "a", "o", "p",
    "t", "u", "v", "i", "k", "e", "p", "o", "l", "d", "i", "ss", "ae", "oe", "a", "b", "c", "d",
    "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "v", "w", "y",
    "z"
  };

  private final List<String> words;

  private FoldedText(List<String> words) {
    this.words = words;
  }

  /** The words of a text. */
  static FoldedText of(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(point -> add(point, word, words));
    end(word, words);
    return new FoldedText(spelt(words));
  }

  private static void add(int point, StringBuilder word, List<String> words) {
    if (Character.isLetterOrDigit(point) || isFramed(point)) {
      word.append(latin(point));
    } else if (!isPassedOver(point)) {
      end(word, words);
      if (Character.getType(point) == Character.OTHER_SYMBOL) {
        words.add(Character.toString(point));
      }
    }
  }

  private static boolean isFramed(int point) {
    return FRAMED[0] <= point && point < FRAMED[1] + ALPHABET;
  }

  private static String latin(int point) {
    for (int first : FRAMED) {
      if (point >= first && point < first + ALPHABET) {
        return Character.toString('a' + point - first);
      }
    }
    int at = LOOK_ALIKE.indexOf(point);
    return at < 0 ? Character.toString(point) : LATIN[at];
  }

  /** Accents, apostrophes, and what cannot be seen: within a word they are not there. */
  private static boolean isPassedOver(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || "'’‘`´ʼ".indexOf(point) >= 0
        // Skin tones and the like change the look of an emoji and not what it says.
        || type == Character.MODIFIER_SYMBOL;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** Joins single letters that stand one after another. */
  private static List<String> spelt(List<String> words) {
    var joined = new ArrayList<String>();
    int from = 0;
    while (from < words.size()) {
      int to = from;
      while (to < words.size() && isLetter(words.get(to))) {
        to++;
      }
      if (to - from >= SPELT_MIN) {
        joined.add(String.join("", words.subList(from, to)));
        from = to;
      } else {
        joined.add(words.get(from));
        from++;
      }
    }
    return List.copyOf(joined);
  }

  private static boolean isLetter(String word) {
    return word.length() == 1 && Character.isLetter(word.charAt(0));
  }

  List<String> words() {
    return words;
  }

  /**
   * A word whose repeated letters are one, and whose digits among letters are the letters that they
   * stand for: {@code st0ppp} as {@code stop}.
   */
  static String skeleton(String word) {
    boolean letters = word.chars().anyMatch(Character::isLetter);
    var skeleton = new StringBuilder();
    for (char letter : word.toCharArray()) {
      char plain = letters ? letter(letter) : letter;
      if (skeleton.isEmpty() || skeleton.charAt(skeleton.length() - 1) != plain) {
        skeleton.append(plain);
      }
    }
    return skeleton.toString();
  }

  private static char letter(char digit) {
    return switch (digit) {
      case '0' -> 'o';
      case '1' -> 'i';
      case '3' -> 'e';
      case '4' -> 'a';
      case '5' -> 's';
      case '7' -> 't';
      default -> digit;
    };
  }
}

package rekindle.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.text.Normalizer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What was found in a document, in words. */
public final class Found {
  static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private static final int LONGEST_QUOTE = 60;

  private Found() {}

  /** A value's type, and the value itself if it is short: "the number 5". */
  public static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "the text " + quote(node.textValue());
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      default -> "null";
    };
  }

  /** The text in quotes, cut to a length that fits a message, without control characters. */
  public static String quote(String text) {
    String cut = text;
    if (text.length() > LONGEST_QUOTE) {
      int end = text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_QUOTE) - 1);
      cut = text.substring(0, end) + "…";
    }
    return "\"" + cut.replaceAll("[\\p{Cc}\\u2028\\u2029]", "\uFFFD") + "\"";
  }

  /** Says that a word is none of the known ones, and which was probably meant. */
  public static String unknown(String what, String word, Collection<String> known) {
    String message = quote(word) + " is no known " + what + "; ";
    return Nearest.to(word, known)
        .map(nearest -> message + "did you mean \"" + nearest + "\"? ")
        .orElse(message)
        .concat("Allowed: " + String.join(", ", known));
  }

  /** Why a text is not short, printable and normalised; null if it is. */
  static @Nullable String faultOf(String text, int longest) {
    int length = text.codePointCount(0, text.length());
    if (text.isBlank()) {
      return "the text is empty; leave the field out if it is unknown";
    }
    if (length > longest) {
      return "the text has " + length + " characters; at most " + longest;
    }
    if (text.chars().anyMatch(Found::isUnprintable)) {
      return "the text holds a control character, such as a line break; remove it";
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return "the text is not in Unicode normal form C; normalise it";
    }
    return null;
  }

  /** Control characters, and the line and paragraph separators, which break logs all the same. */
  private static boolean isUnprintable(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}

package rekindle.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document, RFC 8259 to the letter: UTF-8, no comments, no NaN, no trailing content,
 * no duplicate keys, no half surrogate pairs, nothing beyond the limits. Thread-safe.
 */
public final class StrictJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Exponents beyond this have no use here and make big numbers explode when they are expanded. */
  private static final int LARGEST_EXPONENT = 400;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              // Document, depth and lengths are checked here with pointers; these only back that
              // up.
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final JsonLimits limits;
  private final JsonProblems problems;

  private StrictJson(JsonParser parser, JsonLimits limits, JsonProblems problems) {
    this.parser = parser;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * Reads a document within the standard limits.
   *
   * @throws InvalidJson if the bytes are not one JSON document within the standard limits
   */
  public static JsonNode read(byte[] utf8) {
    return read(utf8, JsonLimits.STANDARD);
  }

  /**
   * Reads a document within limits of its own.
   *
   * @throws InvalidJson if the bytes are not one JSON document within the limits
   */
  public static JsonNode read(byte[] utf8, JsonLimits limits) {
    var problems = new JsonProblems();
    Optional<JsonNode> node = read(utf8, limits, problems);
    problems.throwIfAny();
    return node.orElseThrow();
  }

  /**
   * Reads a document given as text, within the standard limits.
   *
   * @throws InvalidJson if the text is not one JSON document within the standard limits
   */
  public static JsonNode read(String text) {
    var problems = new JsonProblems();
    Optional<JsonNode> node = read(text, JsonLimits.STANDARD, problems);
    problems.throwIfAny();
    return node.orElseThrow();
  }

  /** Notes the problems instead of throwing; empty if the document could not be read to its end. */
  public static Optional<JsonNode> read(byte[] utf8, JsonLimits limits, JsonProblems problems) {
    if (utf8.length > limits.documentBytes()) {
      tooLong(utf8.length + " bytes", limits, problems);
      return Optional.empty();
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      return read(text.array(), text.position(), text.limit(), limits, problems);
    } catch (CharacterCodingException e) {
      problems.add("", "the document is not UTF-8; save or send it as UTF-8");
      return Optional.empty();
    }
  }

  /** Notes the problems instead of throwing; empty if the text could not be read to its end. */
  public static Optional<JsonNode> read(String text, JsonLimits limits, JsonProblems problems) {
    if (text.length() > limits.documentBytes()) {
      tooLong(text.length() + " characters", limits, problems);
      return Optional.empty();
    }
    return read(text.toCharArray(), 0, text.length(), limits, problems);
  }

  private static void tooLong(String length, JsonLimits limits, JsonProblems problems) {
    problems.add("", "the document has " + length + "; at most " + limits.documentBytes());
  }

  private static Optional<JsonNode> read(
      char[] text, int from, int to, JsonLimits limits, JsonProblems problems) {
    int start = from < to && text[from] == BYTE_ORDER_MARK ? from + 1 : from;
    try (JsonParser parser = FACTORY.createParser(text, start, to - start)) {
      return new StrictJson(parser, limits, problems).document();
    } catch (JsonEOFException e) {
      problems.add("", "the document ends too early, " + place(e.getLocation()));
    } catch (JsonProcessingException e) {
      problems.add("", "not valid JSON" + near(e.getLocation(), text, start, to));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory cannot fail", e);
    }
    return Optional.empty();
  }

  private Optional<JsonNode> document() throws IOException {
    if (parser.nextToken() == null) {
      problems.add("", "the document is empty; a JSON object is expected");
      return Optional.empty();
    }
    JsonNode root = value(1);
    if (root == null) {
      return Optional.empty();
    }
    if (parser.nextToken() != null) {
      problems.add(
          "", "something follows the end of the document, " + place(parser.currentLocation()));
      return Optional.empty();
    }
    return Optional.of(root);
  }

  /** The value at the current token; null if it is nested too deeply to go on. */
  private @Nullable JsonNode value(int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isStructStart() && depth > limits.depth()) {
      problems.add(pointer(), "objects and lists are nested too deeply; at most " + limits.depth());
      return null;
    }
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> NODES.textNode(text(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private @Nullable ObjectNode object(int depth) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName());
      parser.nextToken();
      if (object.has(name)) {
        problems.add(pointer(), "the field is given twice");
      }
      JsonNode value = value(depth + 1);
      if (value == null) {
        return null;
      }
      object.set(name, value);
    }
    return object;
  }

  private @Nullable ArrayNode array(int depth) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode value = value(depth + 1);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }

  private String text(String text) {
    if (text.length() > limits.textLength()) {
      problems.add(
          pointer(),
          "the text has " + text.length() + " characters; at most " + limits.textLength());
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        problems.add(
            pointer(),
            "the text holds half a character, \\u" + Integer.toHexString(c) + "; remove it");
        return text;
      }
    }
    return text;
  }

  private JsonNode number(JsonToken token) throws IOException {
    int length = parser.getTextLength();
    if (length > limits.numberLength()) {
      problems.add(
          pointer(), "the number has " + length + " digits; at most " + limits.numberLength());
      return NODES.numberNode(0);
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return switch (parser.getNumberType()) {
        case INT, LONG -> NODES.numberNode(parser.getLongValue());
        default -> NODES.numberNode(parser.getBigIntegerValue());
      };
    }
    try {
      BigDecimal decimal = new BigDecimal(parser.getText());
      if (Math.abs((long) decimal.scale()) <= LARGEST_EXPONENT) {
        return NODES.numberNode(decimal);
      }
    } catch (NumberFormatException e) {
      // The exponent does not even fit an int: told below like any other that is too large.
    }
    problems.add(pointer(), "the number's exponent is beyond " + LARGEST_EXPONENT);
    return NODES.numberNode(0);
  }

  private String pointer() {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  private static String place(JsonLocation location) {
    return "at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String near(JsonLocation location, char[] text, int start, int end) {
    int at = (int) Math.max(start, Math.min(end, start + location.getCharOffset()));
    int from = Math.max(start, at - 12);
    int to = Math.min(end, at + 12);
    String excerpt = new String(text, from, to - from).replaceAll("\\p{Cntrl}", " ");
    return " " + place(location) + ", near: " + excerpt;
  }
}

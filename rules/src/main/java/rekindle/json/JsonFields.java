package rekindle.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;

/**
 * The fields of one JSON object, read strictly. Each getter names a field that the object may have,
 * notes what is wrong with it, and gives null for an absent, null or wrong one; {@link #end} then
 * refuses every field that no getter named. Where a {@code required} getter finds nothing it notes
 * that and gives a stand-in, which nobody sees, because a document with a problem is refused as a
 * whole. Confined to one thread.
 */
public final class JsonFields {
  /** 1900-01-01T00:00:00Z and 2200-01-01T00:00:00Z: beyond, an instant is a slip. */
  private static final Instant EARLIEST = Instant.ofEpochSecond(-2_208_988_800L);

  private static final Instant LATEST = Instant.ofEpochSecond(7_258_118_400L);

  private static final int LONGEST_DECIMAL = 23;

  private static final Check PLAIN_DECIMAL =
      Check.form(
          Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,6})?"),
          "is no plain decimal; write it with a point, for example \"4200.00\"");

  private final JsonNode object;
  private final String pointer;
  private final JsonProblems problems;
  private final Set<String> named = new LinkedHashSet<>();

  private JsonFields(JsonNode object, String pointer, JsonProblems problems) {
    this.object = object;
    this.pointer = pointer;
    this.problems = problems;
  }

  /**
   * The fields of a node; of none, with the problem noted, if it is no object.
   *
   * @param pointer where the node stands in its document
   */
  public static JsonFields of(JsonNode node, String pointer, JsonProblems problems) {
    if (node.isObject()) {
      return new JsonFields(node, pointer, problems);
    }
    problems.add(pointer, "expected an object, found " + Found.describe(node));
    return new JsonFields(Found.EMPTY, pointer, new JsonProblems());
  }

  /** Where this object stands in its document. */
  public String pointer() {
    return pointer;
  }

  /** Notes a problem of a field. */
  public void problem(String name, String message) {
    problems.add(JsonProblem.child(pointer, name), message);
  }

  /** Notes every field that no getter named, with the one that was probably meant. */
  public void end() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!named.contains(name)) {
                problems.add(
                    JsonProblem.child(pointer, name), () -> Found.unknown("field", name, named));
              }
            });
  }

  /** The field as it stands; null if absent or null. */
  public @Nullable JsonNode node(String name) {
    named.add(name);
    return value(name);
  }

  private @Nullable JsonNode value(String name) {
    JsonNode node = object.get(name);
    return node == null || node.isNull() ? null : node;
  }

  /** A text of 1 to {@code longest} characters, none of them a control character. */
  public @Nullable String text(String name, int longest) {
    JsonNode node = node(name);
    return node == null ? null : text(node, JsonProblem.child(pointer, name), longest);
  }

  public String requiredText(String name, int longest) {
    return required(name, text(name, longest), "");
  }

  /** A text that passes a check besides. */
  public @Nullable String text(String name, int longest, Check check) {
    JsonNode node = node(name);
    return node == null ? null : text(node, JsonProblem.child(pointer, name), longest, check);
  }

  /** A code of a closed vocabulary. */
  public @Nullable String code(String name, Vocabulary vocabulary) {
    JsonNode node = node(name);
    return node == null ? null : code(node, JsonProblem.child(pointer, name), vocabulary);
  }

  public String requiredCode(String name, Vocabulary vocabulary) {
    return required(name, code(name, vocabulary), vocabulary.codes().iterator().next());
  }

  public @Nullable Boolean bool(String name) {
    JsonNode node = node(name);
    if (node != null && !node.isBoolean()) {
      problem(name, "expected true or false, found " + Found.describe(node));
      return null;
    }
    return node == null ? null : (Boolean) node.booleanValue();
  }

  public boolean requiredBool(String name) {
    return required(name, bool(name), false);
  }

  /** A whole number between two bounds, both allowed. */
  public @Nullable Long integer(String name, long least, long most) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      problem(name, "expected a whole number, found " + Found.describe(node));
      return null;
    }
    if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
      problem(name, node.asText() + " does not lie between " + least + " and " + most);
      return null;
    }
    return node.longValue();
  }

  public long requiredInteger(String name, long least, long most) {
    return required(name, integer(name, least, most), least);
  }

  /** A decimal given as a text such as {@code "4200.00"}, between two bounds, both allowed. */
  public @Nullable BigDecimal decimal(String name, BigDecimal least, BigDecimal most) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (node.isNumber()) {
      problem(name, "a decimal is written as a text: \"" + node.asText() + "\"");
      return null;
    }
    String text = text(name, LONGEST_DECIMAL, PLAIN_DECIMAL);
    if (text == null) {
      return null;
    }
    BigDecimal decimal = new BigDecimal(text);
    if (decimal.compareTo(least) < 0 || decimal.compareTo(most) > 0) {
      problem(name, Found.quote(text) + " does not lie between " + least + " and " + most);
      return null;
    }
    return decimal;
  }

  /** An RFC 3339 date-time of the years 1900 to 2199, truncated to the millisecond. */
  public @Nullable Instant instant(String name) {
    JsonNode node = node(name);
    return node == null ? null : instant(node, JsonProblem.child(pointer, name));
  }

  public Instant requiredInstant(String name) {
    return required(name, instant(name), Instant.EPOCH);
  }

  /** An object; null if absent. */
  public <T> @Nullable T object(String name, Function<JsonFields, T> read) {
    JsonNode node = node(name);
    return node == null ? null : entry(node, JsonProblem.child(pointer, name), read);
  }

  /** An object that must be there. */
  public <T> T requiredObject(String name, Function<JsonFields, T> read) {
    if (value(name) == null) {
      named.add(name);
      problem(name, "is missing");
      return read.apply(new JsonFields(Found.EMPTY, pointer, new JsonProblems()));
    }
    return objectOrEmpty(name, read);
  }

  /** An object; where it is absent, what {@code read} makes of an empty one. */
  public <T> T objectOrEmpty(String name, Function<JsonFields, T> read) {
    JsonNode node = node(name);
    return entry(node == null ? Found.EMPTY : node, JsonProblem.child(pointer, name), read);
  }

  /** A list of objects; empty if absent. */
  public <T> List<T> objects(String name, Function<JsonFields, T> read) {
    return list(name, (node, at) -> Optional.of(entry(node, at, read)));
  }

  /** A list of texts of 1 to {@code longest} characters; empty if absent. */
  public List<String> texts(String name, int longest) {
    return list(name, (node, at) -> Optional.ofNullable(text(node, at, longest)));
  }

  /** A list of texts each of which passes a check besides; empty if absent. */
  public List<String> texts(String name, int longest, Check check) {
    return list(name, (node, at) -> Optional.ofNullable(text(node, at, longest, check)));
  }

  /** A list of codes of a closed vocabulary; empty if absent. */
  public List<String> codes(String name, Vocabulary vocabulary) {
    return list(name, (node, at) -> Optional.ofNullable(code(node, at, vocabulary)));
  }

  /** A list of instants; empty if absent. */
  public List<Instant> instants(String name) {
    return list(name, (node, at) -> Optional.ofNullable(instant(node, at)));
  }

  private interface Entry<T> {
    Optional<T> read(JsonNode node, String pointer);
  }

  private <T> List<T> list(String name, Entry<T> entry) {
    JsonNode node = node(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      problem(name, "expected a list, found " + Found.describe(node));
      return List.of();
    }
    String at = JsonProblem.child(pointer, name);
    var entries = new ArrayList<T>(node.size());
    for (int i = 0; i < node.size(); i++) {
      entry.read(node.get(i), at + "/" + i).ifPresent(entries::add);
    }
    return entries;
  }

  private <T> T entry(JsonNode node, String at, Function<JsonFields, T> read) {
    JsonFields fields = of(node, at, problems);
    T entry = read.apply(fields);
    fields.end();
    return entry;
  }

  private <T> T required(String name, @Nullable T value, T standIn) {
    if (value != null) {
      return value;
    }
    if (value(name) == null) {
      problem(name, "is missing");
    }
    return standIn;
  }

  private @Nullable String textual(JsonNode node, String at) {
    if (!node.isTextual()) {
      problems.add(at, "expected a text, found " + Found.describe(node));
      return null;
    }
    return node.textValue();
  }

  private @Nullable String text(JsonNode node, String at, int longest) {
    String text = textual(node, at);
    if (text == null) {
      return null;
    }
    String fault = Found.faultOf(text, longest);
    if (fault != null) {
      problems.add(at, fault);
      return null;
    }
    return text;
  }

  private @Nullable String text(JsonNode node, String at, int longest, Check check) {
    String text = text(node, at, longest);
    if (text == null || check.passes(text)) {
      return text;
    }
    problems.add(at, () -> Found.quote(text) + " " + check.objection(text));
    return null;
  }

  private @Nullable String code(JsonNode node, String at, Vocabulary vocabulary) {
    String code = textual(node, at);
    if (code == null || vocabulary.codes().contains(code)) {
      return code;
    }
    problems.add(at, () -> Found.unknown(vocabulary.name(), code, vocabulary.codes()));
    return null;
  }

  private @Nullable Instant instant(JsonNode node, String at) {
    String text = textual(node, at);
    if (text == null) {
      return null;
    }
    Optional<Instant> instant = Rfc3339.parse(text);
    if (instant.isEmpty()) {
      problems.add(
          at,
          Found.quote(text)
              + " is no instant; write date, time and zone, for example 2026-03-10T15:00:00Z");
      return null;
    }
    if (instant.get().isBefore(EARLIEST) || !instant.get().isBefore(LATEST)) {
      problems.add(at, Found.quote(text) + " lies outside the years 1900 to 2199");
      return null;
    }
    return instant.get();
  }
}

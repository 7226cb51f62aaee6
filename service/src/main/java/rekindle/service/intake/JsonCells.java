package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;

/**
 * The cells of one row that is a JSON object: its fields have the names of the columns in
 * lowerCamelCase, and types. A field gets one problem at most. Confined to one thread.
 */
final class JsonCells implements Cells {
  /** Columns that hold lists, and are named so where a list is no text. */
  private static final Map<String, String> NAMES = Map.of("time_zone", "timeZones");

  private final String file;
  private final long line;
  private final JsonFields fields;
  private final JsonProblems problems;
  private final List<JsonProblem> warnings;
  private final Map<String, JsonNode> values = new HashMap<>();
  private final Set<String> faulty = new HashSet<>();

  /**
   * @param columns those that the object may have
   * @param warnings takes what leaves nothing out
   */
  JsonCells(
      CsvShape shape,
      List<String> columns,
      long line,
      JsonFields fields,
      JsonProblems problems,
      List<JsonProblem> warnings) {
    this.file = shape.file();
    this.line = line;
    this.fields = fields;
    this.problems = problems;
    this.warnings = warnings;
    for (String column : columns) {
      JsonNode value = fields.node(name(column));
      if (value != null) {
        values.put(column, value);
      }
    }
  }

  /** The name of the field for a column. */
  static String name(String column) {
    String special = NAMES.get(column);
    if (special != null) {
      return special;
    }
    var name = new StringBuilder();
    for (String word : column.split("_", -1)) {
      name.append(
          name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable String text(String column) {
    JsonNode value = values.get(column);
    if (value != null && !value.isTextual()) {
      error(column, TypedRow.WHOLE, null, "Expected a text in quotation marks.");
      return null;
    }
    return value == null ? null : stripped(value);
  }

  @Override
  public @Nullable String flag(String column) {
    JsonNode value = values.get(column);
    if (value != null && !value.isBoolean()) {
      error(column, TypedRow.WHOLE, null, "Expected true or false, without quotation marks.");
      return null;
    }
    return value == null ? null : value.asText();
  }

  @Override
  public @Nullable String whole(String column) {
    JsonNode value = values.get(column);
    if (value != null && !value.isIntegralNumber()) {
      error(column, TypedRow.WHOLE, null, "Expected a whole number, such as 0 or 12.");
      return null;
    }
    return value == null ? null : value.asText();
  }

  @Override
  public List<String> list(String column) {
    JsonNode value = values.get(column);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      error(column, TypedRow.WHOLE, null, "Expected a list of texts.");
      return List.of();
    }
    var parts = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      String part = value.get(i).isTextual() ? stripped(value.get(i)) : null;
      if (part == null) {
        error(column, i, null, "Expected a text that is not empty.");
      }
      // A wrong part keeps its place, since faults are told by it.
      parts.add(part == null ? "" : part);
    }
    return parts;
  }

  private static @Nullable String stripped(JsonNode value) {
    String text = value.textValue().strip();
    return text.isEmpty() ? null : text;
  }

  @Override
  public List<String> content() {
    return List.of(values.toString());
  }

  @Override
  public void error(String column, int part, @Nullable String found, String why) {
    String pointer = pointer(column, part);
    if (faulty.add(pointer)) {
      String shown = IntakeLog.shown(column, found);
      problems.add(pointer, shown == null ? why : "\"" + shown + "\": " + why);
    }
  }

  @Override
  public void warning(String column, String why) {
    warnings.add(new JsonProblem(pointer(column, TypedRow.WHOLE), why));
  }

  private String pointer(String column, int part) {
    String pointer = JsonProblem.child(fields.pointer(), name(column));
    return part == TypedRow.WHOLE ? pointer : pointer + "/" + part;
  }
}

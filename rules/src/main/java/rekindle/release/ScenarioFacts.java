package rekindle.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;

/**
 * Reads the Facts cell of a scenario: one {@code path: value} a line, the path into the facts
 * document with list indexes. A list of codes is separated by commas, a date alone means its start
 * in UTC, and an entry of a list may be written in one line ({@link ScenarioShorthands}). The
 * contact's id is the scenario's own where the cell names none.
 */
public final class ScenarioFacts {
  private static final Pattern PART = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)(?:\\[(\\d{1,3})])?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final Set<String> LISTS =
      Set.of("jurisdictions", "timeZones", "doNotContactScope", "tags", "winBackAt");
  private static final Set<String> NUMBERS = Set.of("step", "count", "usageLast30Days");
  private static final Set<String> TRUTHS =
      Set.of(
          "textShown",
          "noticeAtCollection",
          "listed",
          "redeemed",
          "openEscalation",
          "globalPrivacyControl",
          "matchesGap");

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> written = new HashSet<>();

  private ScenarioFacts() {}

  /**
   * @param id the scenario's id
   * @param text the cell
   * @throws InvalidScenario if the text is no facts document, with every problem of it
   */
  public static ContactFacts read(String id, String text) {
    var reader = new ScenarioFacts();
    ObjectNode contact = reader.document.putObject("contact");
    contact.put("id", id);
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        reader.line(i + 1, lines[i].strip());
      }
    }
    if (!reader.problems.isEmpty()) {
      throw new InvalidScenario(reader.problems);
    }
    try {
      return FactsReader.read(reader.document);
    } catch (InvalidJson e) {
      throw new InvalidScenario(e.problems().stream().map(ScenarioFacts::inWords).toList());
    }
  }

  private void line(int number, String line) {
    int colon = line.indexOf(':');
    String path = colon < 0 ? line : line.substring(0, colon).strip();
    String value = colon < 0 ? "" : line.substring(colon + 1).strip();
    String problem =
        colon < 0
            ? "has no colon; write path: value, for example contact.relationship: lead"
            : written.add(path) ? put(path, value) : "names " + path + " a second time";
    if (problem != null) {
      problems.add("line " + number + " (" + line + ") " + problem);
    }
  }

  /** Puts a value where the path leads; null if all is well, else what is wrong. */
  private @Nullable String put(String path, String value) {
    String[] parts = path.split("\\.", -1);
    ObjectNode node = document;
    for (int i = 0; i < parts.length; i++) {
      var part = PART.matcher(parts[i]);
      if (!part.matches()) {
        return "has no path; write it like touches[0].outcome";
      }
      String name = part.group(1);
      boolean last = i == parts.length - 1;
      if (part.group(2) == null) {
        if (last) {
          return putLast(node, name, value);
        }
        JsonNode child = node.get(name);
        if (child != null && !child.isObject()) {
          return "goes on below " + name + ", which already has a value";
        }
        node = child == null ? node.putObject(name) : (ObjectNode) child;
      } else {
        ObjectNode entry = entry(node, name, Integer.parseInt(part.group(2)));
        if (entry == null) {
          return "skips an entry of " + name + "; entries count from [0] without gaps";
        }
        if (last) {
          return ScenarioShorthands.put(entry, name, value);
        }
        node = entry;
      }
    }
    return null;
  }

  private static @Nullable String putLast(ObjectNode node, String name, String value) {
    if (ScenarioShorthands.isKnown(name) && !value.equals("null")) {
      JsonNode child = node.get(name);
      return ScenarioShorthands.put(
          child instanceof ObjectNode object ? object : node.putObject(name), name, value);
    }
    return putValue(node, name, value);
  }

  /** Puts one value of the type that the contract gives to the field. */
  static @Nullable String putValue(ObjectNode node, String name, String value) {
    if (value.equals("null")) {
      node.putNull(name);
    } else if (LISTS.contains(name)) {
      ArrayNode list = node.putArray(name);
      for (String item : value.split(",", -1)) {
        list.add(instant(item.strip()));
      }
    } else if (NUMBERS.contains(name)) {
      if (!WHOLE.matcher(value).matches()) {
        return "needs a whole number, not \"" + value + "\"";
      }
      node.put(name, new BigInteger(value));
    } else if (TRUTHS.contains(name)) {
      switch (value.toLowerCase(Locale.ROOT)) {
        case "true", "yes" -> node.put(name, true);
        case "false", "no" -> node.put(name, false);
        default -> {
          return "needs yes or no, not \"" + value + "\"";
        }
      }
    } else {
      node.put(name, instant(value));
    }
    return null;
  }

  /** A date becomes its start in UTC; no code of the contract looks like a date. */
  private static String instant(String value) {
    return DATE.matcher(value).matches() ? value + "T00:00:00Z" : value;
  }

  private static @Nullable ObjectNode entry(ObjectNode node, String name, int index) {
    ArrayNode list = node.get(name) instanceof ArrayNode array ? array : node.putArray(name);
    if (index > list.size()) {
      return null;
    }
    if (index == list.size()) {
      return list.addObject();
    }
    return list.get(index) instanceof ObjectNode object ? object : null;
  }

  /** A problem at a pointer, with the pointer as the cell writes paths. */
  private static String inWords(JsonProblem problem) {
    String path =
        problem.pointer().replaceAll("/(\\d+)", "[$1]").replaceFirst("^/", "").replace('/', '.');
    return path.isEmpty() ? problem.message() : path + " " + problem.message();
  }
}

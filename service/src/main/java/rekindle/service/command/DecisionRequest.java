package rekindle.service.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.json.LineReader;
import rekindle.json.StrictJson;

/** One line of {@code decide}: a facts document, or {@code {"facts": …, "asOf": …}}. */
record DecisionRequest(ContactFacts facts, Instant asOf) {

  /**
   * Reads a line.
   *
   * @param asOf taken where the line names none
   * @throws InvalidJson with everything that is wrong with the line
   */
  static DecisionRequest of(LineReader.Line line, Instant asOf) {
    JsonProblem problem = line.problem();
    byte[] bytes = line.bytes();
    if (problem != null || bytes == null) {
      throw new InvalidJson(problem == null ? List.of() : List.of(problem));
    }
    JsonNode node = StrictJson.read(bytes);
    if (!node.isObject() || !(node.has("facts") || node.has("asOf"))) {
      return new DecisionRequest(FactsReader.read(node), asOf);
    }
    var problems = new ArrayList<JsonProblem>();
    ContactFacts facts = facts(node, problems);
    Instant at = asOf(node, asOf, problems);
    for (String name : new TreeSet<>(names(node))) {
      if (!name.equals("facts") && !name.equals("asOf")) {
        problems.add(
            new JsonProblem(
                JsonProblem.child("", name),
                "unknown field \"" + name + "\"; expected facts or asOf"));
      }
    }
    if (!problems.isEmpty() || facts == null) {
      throw new InvalidJson(problems);
    }
    return new DecisionRequest(facts, at);
  }

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static @Nullable ContactFacts facts(JsonNode node, List<JsonProblem> problems) {
    JsonNode facts = node.get("facts");
    if (facts == null || facts.isNull()) {
      problems.add(new JsonProblem("/facts", "missing; expected a facts document"));
      return null;
    }
    try {
      return FactsReader.read(facts);
    } catch (InvalidJson e) {
      e.problems().forEach(p -> problems.add(new JsonProblem("/facts" + p.pointer(), p.message())));
      return null;
    }
  }

  private static Instant asOf(JsonNode node, Instant otherwise, List<JsonProblem> problems) {
    JsonNode asOf = node.get("asOf");
    if (asOf == null || asOf.isNull()) {
      return otherwise;
    }
    var instant =
        asOf.isTextual()
            ? InstantOption.parse(asOf.textValue())
            : java.util.Optional.<Instant>empty();
    if (instant.isEmpty()) {
      problems.add(
          new JsonProblem("/asOf", asOf + " is no instant; write it like 2026-03-10T15:00:00Z"));
    }
    return instant.orElse(otherwise);
  }
}

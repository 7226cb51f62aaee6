package rekindle.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.facts.FactsWriter;
import rekindle.json.InvalidJson;

/** Makes facts smaller, a field or an entry at a time, while something about them still holds. */
final class Shrink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shrink() {}

  static ContactFacts smallest(ContactFacts facts, Predicate<ContactFacts> holds) {
    JsonNode best = tree(facts);
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (JsonNode candidate : without(best)) {
        if (accepted(candidate, holds)) {
          best = candidate;
          smaller = true;
          break;
        }
      }
    }
    return FactsReader.read(best);
  }

  private static boolean accepted(JsonNode candidate, Predicate<ContactFacts> holds) {
    try {
      return holds.test(FactsReader.read(candidate));
    } catch (InvalidJson fieldNeeded) {
      return false;
    }
  }

  static JsonNode tree(ContactFacts facts) {
    try {
      return JSON.readTree(FactsWriter.write(facts));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every tree with one field or entry less, the large ones first. */
  private static List<JsonNode> without(JsonNode tree) {
    var trees = new ArrayList<JsonNode>();
    if (tree instanceof ObjectNode object) {
      for (String name : (Iterable<String>) object::fieldNames) {
        trees.add(object.deepCopy().without(name));
      }
      for (String name : (Iterable<String>) object::fieldNames) {
        for (JsonNode child : without(object.get(name))) {
          trees.add(object.deepCopy().set(name, child));
        }
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        ArrayNode copy = array.deepCopy();
        copy.remove(i);
        trees.add(copy);
      }
      for (int i = 0; i < array.size(); i++) {
        for (JsonNode child : without(array.get(i))) {
          ArrayNode copy = array.deepCopy();
          copy.set(i, child);
          trees.add(copy);
        }
      }
    }
    return trees;
  }
}

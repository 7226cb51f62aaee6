package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import rekindle.facts.FactsReader;
import rekindle.json.InvalidJson;

/** A facts document, and the instant for which it is asked. */
record Question(ObjectNode facts, Instant asOf) {

  /** Where one fact stands: its path, and the same document without it. */
  record Without(String path, Question question) {}

  /** The document without one fact, for each fact that may be missing: a field, or an entry. */
  List<Without> withoutEach() {
    var all = new ArrayList<Without>();
    for (String pointer : pointers("", facts)) {
      ObjectNode copy = facts.deepCopy();
      remove(copy, pointer);
      if (readable(copy)) {
        all.add(new Without(pointer, new Question(copy, asOf)));
      }
    }
    return all;
  }

  /** The smallest document, by leaving out one fact after the other, of which this still holds. */
  Question shrunk(Predicate<Question> stillHolds) {
    Question smallest = this;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Without without : smallest.withoutEach()) {
        if (stillHolds.test(without.question())) {
          smallest = without.question();
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<String> pointers(String pointer, JsonNode node) {
    var pointers = new ArrayList<String>();
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      names.add(Integer.toString(i));
    }
    for (String name : names) {
      String child = pointer + "/" + name;
      pointers.add(child);
      pointers.addAll(pointers(child, node.at("/" + name)));
    }
    return pointers;
  }

  private static void remove(ObjectNode document, String pointer) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = document.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(name));
    } else {
      ((ObjectNode) parent).remove(name);
    }
  }

  private static boolean readable(ObjectNode document) {
    try {
      FactsReader.read(document);
      return true;
    } catch (InvalidJson e) {
      return false;
    }
  }
}

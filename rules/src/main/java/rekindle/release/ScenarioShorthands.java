package rekindle.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a facts document that a scenario may write in one line, word by word: {@code
 * consents[0]: sms express_written 2025-05-05}. Words at the end may be left out where the contract
 * lets the field be absent; a consent is complete unless later lines say otherwise.
 */
final class ScenarioShorthands {
  /**
   * @param fields the fields that the words fill, in their order
   * @param required how many words there must be
   * @param given fields with the values that they have without a word
   */
  private record Shorthand(List<String> fields, int required, Map<String, String> given) {}

  private static final Map<String, Shorthand> BY_NAME =
      Map.of(
          "consents",
          new Shorthand(
              List.of("channel", "basis", "capturedAt"),
              3,
              Map.of("method", "web_form", "textShown", "yes")),
          "touches",
          new Shorthand(
              List.of("sequence", "step", "channel", "at", "outcome"),
              4,
              Map.of("outcome", "delivered")),
          "responses",
          new Shorthand(List.of("kind", "channel", "at", "disposition"), 3, Map.of()),
          "suppressions",
          new Shorthand(List.of("scope", "reason", "since", "until"), 3, Map.of()),
          "triggers",
          new Shorthand(List.of("kind", "at", "matchesGap"), 2, Map.of()),
          "lists",
          new Shorthand(List.of("name", "listed", "checkedAt"), 3, Map.of()),
          "reassigned",
          new Shorthand(List.of("answer", "checkedAt"), 2, Map.of()),
          "incentives",
          new Shorthand(List.of("code", "grantedAt", "redeemed"), 2, Map.of()),
          "journey",
          new Shorthand(List.of("sequence", "enteredAt"), 2, Map.of()));

  /** Words that read better than yes and no. */
  private static final Map<String, String> WORDS =
      Map.of("listed", "yes", "not_listed", "no", "matches", "yes", "redeemed", "yes");

  private ScenarioShorthands() {}

  /** Whether the field's object may be written in one line. */
  static boolean isKnown(String name) {
    return BY_NAME.containsKey(name);
  }

  /** Fills an entry from its words; null if all is well, else what is wrong. */
  static @Nullable String put(ObjectNode entry, String name, String value) {
    Shorthand shorthand = BY_NAME.get(name);
    if (shorthand == null) {
      return "needs a field of the entry: " + name + "[0].field: value";
    }
    String[] words = value.split("\\s+");
    if (value.isEmpty()
        || words.length < shorthand.required()
        || words.length > shorthand.fields().size()) {
      return "needs " + String.join(" ", shorthand.fields()) + " in this order";
    }
    for (var given : shorthand.given().entrySet()) {
      ScenarioFacts.putValue(entry, given.getKey(), given.getValue());
    }
    for (int i = 0; i < words.length; i++) {
      String field = shorthand.fields().get(i);
      String word = name.equals("touches") ? words[i] : WORDS.getOrDefault(words[i], words[i]);
      String problem = ScenarioFacts.putValue(entry, field, word);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }
}

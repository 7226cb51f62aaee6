package rekindle.service.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.Check;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.LineReader;
import rekindle.json.StrictJson;

/**
 * What is to be decided: facts that the caller brings, or a contact of the store.
 *
 * @param facts null where {@code contactId} is not
 * @param contactId null where {@code facts} is not
 * @param asOf the instant to decide for; null = now
 * @param release the release to decide by; null = the active one
 * @param record whether the decision is kept; null = as usual: yes for a contact of the store that
 *     is decided for now by the active release, no for a what-if
 */
public record DecisionRequest(
    @Nullable ContactFacts facts,
    @Nullable String contactId,
    @Nullable Instant asOf,
    @Nullable String release,
    @Nullable Boolean record) {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_RELEASE = 71;
  private static final Check RELEASE =
      Check.form(
          Pattern.compile("sha256:[0-9a-f]{64}"),
          "is no release; write sha256: and 64 hexadecimal digits");

  /** The stored contact, now, by the active release. */
  public static DecisionRequest of(String contactId, boolean record) {
    return new DecisionRequest(null, contactId, null, null, record);
  }

  /** Whether the decision is to be kept. */
  public boolean isRecorded() {
    return record == null ? contactId != null && asOf == null && release == null : record;
  }

  /** The same request, but kept or not where it does not say. */
  public DecisionRequest orRecorded(boolean usual) {
    return record != null || !usual
        ? this
        : new DecisionRequest(facts, contactId, asOf, release, true);
  }

  /** Id of the contact, wherever the request has it. */
  public String subject() {
    return facts != null ? facts.contact().id() : String.valueOf(contactId);
  }

  /**
   * The body of a request to decide.
   *
   * @throws InvalidJson with everything that is wrong with it
   */
  public static DecisionRequest read(JsonNode body) {
    var problems = new JsonProblems();
    JsonFields fields = JsonFields.of(body, "", problems);
    JsonNode node = fields.node("facts");
    ContactFacts facts = node == null ? null : FactsReader.read(node, "/facts", problems);
    var request =
        new DecisionRequest(
            facts,
            fields.text("contactId", LONGEST_ID),
            fields.instant("asOf"),
            release(fields),
            fields.bool("record"));
    if (body.isObject() && body.hasNonNull("facts") == body.hasNonNull("contactId")) {
      problems.add(
          "", "expected either \"facts\" or \"contactId\": facts to decide on, or whom to look up");
    }
    fields.end();
    problems.throwIfAny();
    return request;
  }

  /**
   * One line of a batch: the body of a request to decide, or a facts document by itself.
   *
   * @throws InvalidJson with everything that is wrong with the line
   */
  public static DecisionRequest read(LineReader.Line line) {
    JsonNode node = tree(line);
    return isFacts(node) ? ofFacts(FactsReader.read(node)) : read(node);
  }

  /**
   * One line where there is no store: a facts document, or {@code {"facts": …, "asOf": …}}.
   *
   * @throws InvalidJson with everything that is wrong with the line
   */
  public static DecisionRequest readWithoutStore(LineReader.Line line) {
    JsonNode node = tree(line);
    if (!node.isObject() || !(node.has("facts") || node.has("asOf"))) {
      return ofFacts(FactsReader.read(node));
    }
    var problems = new JsonProblems();
    JsonFields fields = JsonFields.of(node, "", problems);
    JsonNode document = fields.node("facts");
    if (document == null) {
      problems.add("/facts", "missing; expected a facts document");
    }
    ContactFacts facts = document == null ? null : FactsReader.read(document, "/facts", problems);
    var request = new DecisionRequest(facts, null, fields.instant("asOf"), null, null);
    fields.end();
    problems.throwIfAny();
    return request;
  }

  /** The release that a request names; null where it names none. */
  static @Nullable String release(JsonFields fields) {
    return fields.text("release", LONGEST_RELEASE, RELEASE);
  }

  private static DecisionRequest ofFacts(ContactFacts facts) {
    return new DecisionRequest(facts, null, null, null, null);
  }

  private static boolean isFacts(JsonNode node) {
    return node.has("contact") && !node.has("facts") && !node.has("contactId");
  }

  private static JsonNode tree(LineReader.Line line) {
    JsonProblem problem = line.problem();
    byte[] bytes = line.bytes();
    if (problem != null || bytes == null) {
      throw new InvalidJson(problem == null ? List.of() : List.of(problem));
    }
    return StrictJson.read(bytes);
  }
}

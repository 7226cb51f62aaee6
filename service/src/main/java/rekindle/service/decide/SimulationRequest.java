package rekindle.service.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblems;
import rekindle.plan.Assumptions;

/**
 * Whose calendar is asked for, and under which assumptions.
 *
 * @param release the release to decide by; null = the active one
 */
public record SimulationRequest(
    ContactFacts facts, Assumptions assumptions, @Nullable String release) {

  /**
   * The body of a request to simulate.
   *
   * @param now where the walk begins if the body does not say
   * @throws InvalidJson with everything that is wrong with it
   */
  public static SimulationRequest read(JsonNode body, Instant now) {
    var problems = new JsonProblems();
    JsonFields fields = JsonFields.of(body, "", problems);
    JsonNode node = fields.node("facts");
    ContactFacts facts = node == null ? null : FactsReader.read(node, "/facts", problems);
    if (node == null && body.isObject()) {
      problems.add("/facts", "is missing; expected a facts document");
    }
    Assumptions assumptions = Assumptions.read(fields, now);
    String release = DecisionRequest.release(fields);
    fields.end();
    problems.throwIfAny();
    return new SimulationRequest(Objects.requireNonNull(facts), assumptions, release);
  }
}

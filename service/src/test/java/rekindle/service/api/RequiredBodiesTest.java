package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.ADMIN_KEY;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.openapi.Contract.Operation;
import rekindle.service.openapi.OpenApiDocument;

/** What is said to those who leave out a body that is needed. */
class RequiredBodiesTest {
  private static final String LINES = "application/x-ndjson";

  @RegisterExtension static final RunningService SERVICE = RunningService.shared();

  private final Contract contract = new Contract(OpenApiDocument.read());

  private static boolean needsBody(Operation operation) {
    JsonNode body = operation.description().path("requestBody");
    // No lines are lines, too, and pages answer people.
    return body.path("required").booleanValue()
        && !body.path("content").has(LINES)
        && !operation.name().contains(" /u/");
  }

  @Test
  void requests_withoutTheBodyThatIsNeeded_areRefusedAsTheDocumentTells() throws Exception {
    List<Operation> operations =
        contract.operations().values().stream().filter(RequiredBodiesTest::needsBody).toList();
    assertThat(operations).hasSizeGreaterThan(30);
    var wrong = new ArrayList<String>();
    for (Operation operation : operations) {
      String[] name = operation.name().split(" ", 2);
      String path = name[1].replaceAll("\\{[^}]+}", "00000000-0000-8000-8000-000000000000");
      var answer =
          SERVICE.send(SERVICE.request(path, ADMIN_KEY).method(name[0], BodyPublishers.noBody()));
      List<String> objections = contract.objections(operation, Answer.of(answer));
      if (!List.of(400, 415).contains(answer.statusCode()) || !objections.isEmpty()) {
        wrong.add(operation.name() + ": " + answer.statusCode() + " " + answer.body() + objections);
      }
    }
    assertThat(wrong).isEmpty();
  }
}

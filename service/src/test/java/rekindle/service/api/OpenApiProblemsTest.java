package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.api.Provocations.Provocation;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.openapi.OpenApiDocument;
import rekindle.service.problem.ProblemType;

/** Every type of problem comes about on the whole service, and looks as the document tells. */
class OpenApiProblemsTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(OpenApiProblemsTest::configure);

  private static final Contract CONTRACT = new Contract(OpenApiDocument.read());

  /** Small limits, which a test reaches soon. */
  private static void configure(ObjectNode configuration) {
    configuration
        .withObject("/api")
        .put("bodySize", "4KiB")
        .put("requestsPerSecondPerKey", 10)
        .put("burstPerKey", 200);
    configuration.withObject("/database").put("lockTimeout", "500ms");
    ((ObjectNode) configuration.at("/server/applicationConnectors/0")).put("idleTimeout", "4s");
  }

  @TestFactory
  Stream<DynamicTest> problem_ofEveryType_isAsTheDocumentTells() throws Exception {
    Map<ProblemType, Provocation> provocations = new Provocations(SERVICE).all();
    return Arrays.stream(ProblemType.values())
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.code(),
                    () -> {
                      Provocation provocation = provocations.get(type);
                      assertThat(provocation).as("no test provokes it").isNotNull();
                      assertTold(type, Objects.requireNonNull(provocation));
                    }));
  }

  private static void assertTold(ProblemType type, Provocation provocation) throws Exception {
    Answer answer = provocation.call().answer();
    assertThat(answer.status()).as(answer.body()).isEqualTo(type.status());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.json().get("type").textValue()).isEqualTo("/problems/" + type.code());
    assertThat(answer.json().get("title").textValue()).isEqualTo(type.title());
    assertThat(CONTRACT.problemObjections(answer.json())).as(answer.body()).isEmpty();
    if (!provocation.operation().isEmpty()) {
      String[] parts = provocation.operation().split(" ", 2);
      var operation = CONTRACT.operation(parts[0], parts[1]).orElseThrow();
      assertThat(CONTRACT.objections(operation, answer)).as(answer.body()).isEmpty();
    }
  }
}

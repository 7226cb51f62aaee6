package rekindle.service.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;

/** The JSON of a problem. */
public final class ProblemJson {
  private ProblemJson() {}

  /** The members of the problem, to which a caller may add its own. */
  public static ObjectNode of(Problem problem) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", ProblemType.PATH + problem.type());
    json.put("title", problem.title());
    json.put("status", problem.status());
    if (problem.detail() != null) {
      json.put("detail", problem.detail());
    }
    if (!problem.errors().isEmpty()) {
      var errors = json.putArray("errors");
      for (JsonProblem error : problem.errors()) {
        errors.addObject().put("pointer", error.pointer()).put("message", error.message());
      }
    }
    return json;
  }

  /**
   * A whole document.
   *
   * @param requestId under which the log tells more; null if there is none
   */
  public static byte[] bytes(Problem problem, @Nullable String requestId) {
    ObjectNode json = of(problem);
    if (requestId != null) {
      json.put("requestId", requestId);
    }
    return CanonicalJson.of(json);
  }
}

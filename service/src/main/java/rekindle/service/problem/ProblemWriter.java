package rekindle.service.problem;

import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;

/** Problems as canonical JSON (RFC 9457, section 3.1; {@code errors} is an extension member). */
public final class ProblemWriter {
  private static final String TYPES = "/problems/";

  private ProblemWriter() {}

  /** The problem as a document of its own. */
  public static byte[] write(Problem problem) {
    var json = new CanonicalJson();
    write(problem, json);
    return json.toBytes();
  }

  /** Writes the problem as one value of a larger document. */
  public static void write(Problem problem, CanonicalJson json) {
    json.startObject();
    if (problem.detail() != null) {
      json.key("detail").text(problem.detail());
    }
    if (!problem.errors().isEmpty()) {
      json.key("errors").startArray();
      for (JsonProblem error : problem.errors()) {
        json.startObject();
        json.key("message").text(error.message());
        json.key("pointer").text(error.pointer());
        json.endObject();
      }
      json.endArray();
    }
    json.key("status").integer(problem.status());
    json.key("title").text(problem.title());
    json.key("type").text(TYPES + problem.type());
    json.endObject();
  }
}

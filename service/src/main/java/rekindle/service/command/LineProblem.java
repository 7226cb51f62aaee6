package rekindle.service.command;

import java.util.List;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemJson;

/** The error line that stands in the place of a line that could not be decided. */
final class LineProblem {
  private LineProblem() {}

  static byte[] of(long line, List<JsonProblem> problems) {
    return new CanonicalJson()
        .startObject()
        .key("error")
        .node(ProblemJson.of(Problem.invalidInput(problems)))
        .key("line")
        .integer(line)
        .endObject()
        .toBytes();
  }
}

package rekindle.service.command;

import java.util.List;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemWriter;

/** The error line that stands in the place of a line that could not be decided. */
final class LineProblem {
  private LineProblem() {}

  static byte[] of(long line, List<JsonProblem> problems) {
    var json = new CanonicalJson().startObject().key("error");
    ProblemWriter.write(Problem.invalidInput(problems), json);
    return json.key("line").integer(line).endObject().toBytes();
  }
}

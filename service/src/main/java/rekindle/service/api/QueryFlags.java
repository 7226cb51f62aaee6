package rekindle.service.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Query parameters that are true or false, and nothing else. */
final class QueryFlags {
  private QueryFlags() {}

  static boolean isTrue(String name, @Nullable String value, boolean usual) {
    if (value == null) {
      return usual;
    }
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw new ProblemException(
        Problem.invalidInput(
            List.of(
                new JsonProblem(
                    "",
                    "the query parameter " + name + " takes true or false, and nothing else"))));
  }
}

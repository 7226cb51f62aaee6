package rekindle.json;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON document was refused; carries every problem found in it. */
public final class InvalidJson extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<JsonProblem> problems;

  public InvalidJson(List<JsonProblem> problems) {
    super(problems.stream().map(JsonProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<JsonProblem> problems() {
    return problems;
  }
}

package rekindle.release;

import java.util.List;

/** A cell of a scenario was refused; carries every problem found in it, in words for its author. */
public final class InvalidScenario extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public InvalidScenario(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}

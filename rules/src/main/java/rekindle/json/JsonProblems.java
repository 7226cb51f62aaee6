package rekindle.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the problems of one document, up to a bound. Confined to one thread. */
public final class JsonProblems {
  /** A document with more faults than this gets a count of the rest. */
  static final int MOST_LISTED = 200;

  private final List<JsonProblem> listed = new ArrayList<>();
  private int unlisted;

  public void add(String pointer, String message) {
    add(pointer, () -> message);
  }

  /** With a message that is dear to make and made only if the problem is listed. */
  public void add(String pointer, Supplier<String> message) {
    if (listed.size() < MOST_LISTED) {
      listed.add(new JsonProblem(pointer, message.get()));
    } else {
      unlisted++;
    }
  }

  public boolean isEmpty() {
    return listed.isEmpty();
  }

  /** The problems in the order in which they were found, and how many more there are. */
  public List<JsonProblem> list() {
    if (unlisted == 0) {
      return List.copyOf(listed);
    }
    var all = new ArrayList<>(listed);
    all.add(new JsonProblem("", "and " + unlisted + " more problems of this document"));
    return List.copyOf(all);
  }

  /**
   * Refuses the document if it has problems.
   *
   * @throws InvalidJson if there is any problem
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new InvalidJson(list());
    }
  }
}

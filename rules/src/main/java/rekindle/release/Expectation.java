package rekindle.release;

import java.util.function.Function;
import rekindle.decision.Decision;

/**
 * One cell of a scenario that says what must come out.
 *
 * @param label the column's label
 * @param expected what must come out, in the one spelling that {@code found} uses
 * @param found the same part of a decision, spelled alike
 */
record Expectation(String label, String expected, Function<Decision, String> found) {

  /** The difference in words; empty if the decision is as expected. */
  String difference(Decision decision) {
    String actual = found.apply(decision);
    return actual.equals(expected)
        ? ""
        : label + ": expected \"" + expected + "\", found \"" + actual + "\"";
  }
}

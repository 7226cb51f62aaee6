package rekindle.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;
import rekindle.table.Cell;
import rekindle.table.TypedRow;

/**
 * An example with the decision that must come out: a row of {@code scenarios.xlsx}.
 *
 * @param row row number as the spreadsheet program shows it
 * @param id the row's own id
 * @param asOf when the decision is made
 * @param facts all that is known
 */
public record Scenario(
    int row, String id, Instant asOf, ContactFacts facts, List<Expectation> expectations) {
  public Scenario {
    expectations = List.copyOf(expectations);
  }

  /**
   * Reads a row of the scenarios table.
   *
   * @throws InvalidScenario if a cell cannot be read, with every problem of the row
   */
  public static Scenario of(TypedRow row) {
    var problems = new ArrayList<String>();
    ContactFacts facts = null;
    try {
      facts = ScenarioFacts.read(row.id(), row.text("facts").orElse(""));
    } catch (InvalidScenario e) {
      e.problems().forEach(p -> problems.add("column Facts: " + p));
    }
    List<Expectation> expectations = ExpectationReader.read(row, problems);
    if (problems.isEmpty() && expectations.isEmpty()) {
      problems.add("expects nothing; fill at least one column that starts with an arrow");
    }
    if (facts == null || !problems.isEmpty()) {
      throw new InvalidScenario(problems);
    }
    return new Scenario(row.number(), row.id(), asOf(row), facts, expectations);
  }

  /**
   * What comes out differently, one entry for each column, in words; empty if all is as expected.
   *
   * @param decide decides for facts at an instant
   */
  public List<String> differences(BiFunction<ContactFacts, Instant, Decision> decide) {
    Decision decision = decide.apply(facts, asOf);
    return expectations.stream()
        .map(e -> e.difference(decision))
        .filter(d -> !d.isEmpty())
        .toList();
  }

  /** Whether a decision is as expected. */
  public boolean holdsFor(Decision decision) {
    return expectations.stream().allMatch(e -> e.difference(decision).isEmpty());
  }

  private static Instant asOf(TypedRow row) {
    if (row.cell("asOf") instanceof Cell.Timestamp timestamp) {
      return timestamp.value();
    }
    throw new IllegalArgumentException("row " + row.number() + " has no instant in As of");
  }
}

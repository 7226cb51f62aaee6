package rekindle.release;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.table.Finding;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** Holds a release against its scenarios: all must come out as expected before it may be active. */
public final class ScenarioCheck {
  private ScenarioCheck() {}

  /**
   * Findings for scenarios that cannot be read, and for those that come out differently.
   *
   * @param scenarios the rows of the scenarios table
   * @param decide decides with the release for facts at an instant; called by several threads
   */
  public static List<Finding> findings(
      TypedTable scenarios, BiFunction<ContactFacts, Instant, Decision> decide) {
    return scenarios.rows().parallelStream()
        .flatMap(row -> findings(scenarios, row, decide).stream())
        .toList();
  }

  private static List<Finding> findings(
      TypedTable table, TypedRow row, BiFunction<ContactFacts, Instant, Decision> decide) {
    var findings = new ArrayList<Finding>();
    try {
      Scenario scenario = Scenario.of(row);
      for (String difference : scenario.differences(decide)) {
        String example = new String(FactsWriter.write(scenario.facts()), StandardCharsets.UTF_8);
        findings.add(finding(table, row, "scenario_differs", difference, example));
      }
    } catch (InvalidScenario e) {
      for (String problem : e.problems()) {
        findings.add(finding(table, row, "scenario_unreadable", problem, null));
      }
    }
    return findings;
  }

  private static Finding finding(
      TypedTable table, TypedRow row, String code, String message, @Nullable String example) {
    return new Finding(
        Finding.Severity.ERROR,
        table.definition().workbook(),
        table.definition().sheet(),
        null,
        row.number(),
        row.id(),
        code,
        table.definition().place() + ", row " + row.number() + " (" + row.id() + "): " + message,
        example);
  }
}

package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.calendar.CalendarTables;
import rekindle.calendar.Places;
import rekindle.decision.Decision;
import rekindle.engine.DecisionEngine;
import rekindle.incentive.IncentiveTables;
import rekindle.policy.Release;
import rekindle.release.TableMutants.Mutant;
import rekindle.rule.PlainRules;
import rekindle.rule.RulePlan;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;

/**
 * Every cell that decides is pinned by a scenario: changed to a neighbouring value, at least one
 * scenario fails. The rules are matched in plain Java, since a build of rules for each change would
 * take hours; other tests hold that both give the same decisions.
 *
 * <p>Left out: holidays, groups of countries and zones elsewhere than in the United States, since
 * no row of the shipped policy names them, and the checks and corrections of zone data, which have
 * tests of their own.
 */
final class TableMutationTest {
  private static final String SURVIVORS = "table-mutants-that-survive.txt";
  private static final Set<TableDefinition> LOOKUPS =
      Set.of(CadenceTables.LIMITS, IncentiveTables.MENU, CalendarTables.ZONES);

  private final Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());
  private final List<Scenario> scenarios =
      ShippedPolicy.scenarios(shipped.table(ScenarioTables.SCENARIOS));

  @Test
  void cells_changedToNeighbours_failAScenarioOrAreExplained() throws IOException {
    Map<String, List<Scenario>> byRule = scenariosByRule();
    List<Mutant> mutants = mutants();
    List<String> survivors =
        mutants.parallelStream()
            .filter(mutant -> survives(mutant, byRule))
            .map(Mutant::name)
            .sorted()
            .toList();
    assertThat(mutants).hasSizeGreaterThan(1_000);
    assertThat(survivors).containsExactlyElementsOf(explained());
  }

  @Test
  void scenarios_matchedInPlainJava_allHold() {
    try (var engine = engine(shipped)) {
      assertThat(scenarios)
          .allSatisfy(scenario -> assertThat(scenario.differences(engine::decide)).isEmpty());
    }
  }

  private List<Mutant> mutants() {
    return shipped.tables().stream()
        .filter(
            table ->
                table.definition().hitPolicy() != HitPolicy.LOOKUP
                    || LOOKUPS.contains(table.definition()))
        .flatMap(table -> TableMutants.of(table).stream())
        .filter(
            mutant ->
                mutant.table().definition() != CalendarTables.ZONES
                    || (mutant.row().id().startsWith("ZONE-US")
                        && !mutant.column().equals("group")))
        .toList();
  }

  private boolean survives(Mutant mutant, Map<String, List<Scenario>> byRule) {
    try (var engine = engine(with(mutant.table()))) {
      List<Scenario> likely = byRule.getOrDefault(mutant.row().id(), List.of());
      return Stream.concat(likely.stream(), scenarios.stream())
          .allMatch(scenario -> holds(scenario, engine));
    } catch (RuntimeException refused) {
      return false; // no release could be made of it
    }
  }

  private static boolean holds(Scenario scenario, DecisionEngine engine) {
    return scenario.holdsFor(engine.decide(scenario.facts(), scenario.asOf()));
  }

  private static DecisionEngine engine(Release release) {
    return new DecisionEngine(
        release, new PlainRules(RulePlan.of(release.tables()), PlainTogether.BY_SHEET));
  }

  private Release with(TypedTable changed) {
    List<TypedTable> tables =
        shipped.tables().stream()
            .map(table -> table.definition() == changed.definition() ? changed : table)
            .toList();
    Places places =
        changed.definition() == CalendarTables.ZONES ? new Places(changed) : shipped.places();
    return new Release(shipped.id(), tables, shipped.zones(), shipped.holidays(), places);
  }

  /** Which scenarios a row decided: the first that are tried when it is changed. */
  private Map<String, List<Scenario>> scenariosByRule() {
    var byRule = new HashMap<String, List<Scenario>>();
    try (var engine = engine(shipped)) {
      for (Scenario scenario : scenarios) {
        for (String rule : rules(engine.decide(scenario.facts(), scenario.asOf()))) {
          byRule.computeIfAbsent(rule, r -> new ArrayList<>()).add(scenario);
        }
      }
    }
    return byRule;
  }

  private static Set<String> rules(Decision decision) {
    var rules = new HashSet<String>();
    decision.trace().forEach(entry -> rules.add(String.valueOf(entry.rule())));
    decision.channels().values().stream()
        .flatMap(answer -> answer.denials().stream())
        .forEach(denial -> rules.add(denial.rule()));
    return rules;
  }

  /**
   * The survivors that are explained; a line that starts with # says why those below it survive.
   */
  private static List<String> explained() throws IOException {
    try (var in = TableMutationTest.class.getResourceAsStream(SURVIVORS)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}

package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.calendar.CalendarTables;
import rekindle.calendar.Places;
import rekindle.code.Jurisdictions;
import rekindle.eligibility.EligibilityTables;
import rekindle.engine.DecisionEngine;
import rekindle.incentive.IncentiveTables;
import rekindle.policy.Release;
import rekindle.release.TableMutants.Mutant;
import rekindle.rule.PlainRules;
import rekindle.rule.RulePlan;
import rekindle.segment.SegmentTables;
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

  /** Tables of which cells are read beside the rows that hold: dates ahead, sequences begun. */
  private static final Set<TableDefinition> ALSO_READ =
      Set.of(SegmentTables.SEGMENTS, CadenceTables.SEQUENCES);

  private static final Set<String> CONSENT_ALSO_READ = Set.of("where", "channel", "silentMonths");

  private final Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());
  private final List<Scenario> scenarios =
      ShippedPolicy.scenarios(shipped.table(ScenarioTables.SCENARIOS));

  /** A changed table and the scenarios that may notice. */
  private record Trial(Mutant mutant, List<Scenario> scenarios) {}

  @Test
  void cells_changedToNeighbours_failAScenarioOrAreExplained() throws IOException {
    var before = new ScenarioRecord(shipped, scenarios);
    List<Trial> trials =
        mutants().stream().map(mutant -> new Trial(mutant, toTry(mutant, before))).toList();
    List<String> survivors =
        trials.parallelStream()
            .filter(this::survives)
            .map(trial -> trial.mutant().name())
            .sorted()
            .toList();
    assertThat(trials).hasSizeGreaterThan(2_000);
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

  private boolean survives(Trial trial) {
    try (var engine = engine(with(trial.mutant().table()))) {
      return trial.scenarios().stream().allMatch(scenario -> holds(scenario, engine));
    } catch (RuntimeException refused) {
      return false; // no release could be made of it
    }
  }

  private static boolean holds(Scenario scenario, DecisionEngine engine) {
    return scenario.holdsFor(engine.decide(scenario.facts(), scenario.asOf()));
  }

  /** Those that the change can touch, and all others where cells are also read by themselves. */
  private List<Scenario> toTry(Mutant mutant, ScenarioRecord before) {
    TableDefinition definition = mutant.table().definition();
    if (definition == CalendarTables.ZONES) {
      return scenarios.stream().filter(scenario -> isIn(mutant, scenario)).toList();
    }
    if (definition.hitPolicy() == HitPolicy.LOOKUP || mutant.row().isOtherwise()) {
      return scenarios;
    }
    TypedTable table = shipped.table(definition);
    var touched = new LinkedHashSet<Integer>();
    if (!mutant.isResult()) {
      touched.addAll(before.changedBy(table, mutant.before(), mutant.row()));
    }
    touched.addAll(before.decidedBy(table, mutant.before()));
    Stream<Scenario> first = touched.stream().map(scenarios::get);
    boolean readByItself =
        ALSO_READ.contains(definition)
            || (definition == EligibilityTables.CONSENT
                && CONSENT_ALSO_READ.contains(mutant.column()));
    return (readByItself ? Stream.concat(first, scenarios.stream()) : first).toList();
  }

  /** Whether a scenario takes its clocks from the row's jurisdiction. */
  private static boolean isIn(Mutant mutant, Scenario scenario) {
    var contact = scenario.facts().contact();
    return contact.timeZones().isEmpty()
        && contact.jurisdictions().stream()
            .flatMap(code -> Stream.of(code, Jurisdictions.parent(code).orElse(code)))
            .anyMatch(
                code ->
                    mutant.before().codes("where").contains(code)
                        || mutant.row().codes("where").contains(code));
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

  /** The survivors that are explained; a line with # says why those below it survive. */
  private static List<String> explained() throws IOException {
    try (var in = TableMutationTest.class.getResourceAsStream(SURVIVORS)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .sorted()
          .toList();
    }
  }
}

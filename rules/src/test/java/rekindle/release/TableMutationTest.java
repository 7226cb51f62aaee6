package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
import rekindle.table.Cell;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;

/**
 * Every cell that decides is pinned by a scenario: changed to a neighbouring value, at least one
 * scenario fails. The rules are matched in plain Java, since a build of rules for each change would
 * take hours; other tests hold that both give the same decisions.
 *
 * <p>An ordinary run tries a sample; {@code -Drekindle.mutants=all} tries every change, in a minute
 * or more, {@code -Drekindle.mutants.seed} draws another sample.
 *
 * <p>Left out: holidays, zones elsewhere than in the United States, deadlines, which decide
 * nothing, and the checks and corrections of zone data, which have tests of their own.
 */
final class TableMutationTest {
  private static final int SAMPLE = 1_000;
  private static final String MUTANTS = System.getProperty("rekindle.mutants", "" + SAMPLE);
  private static final long SEED = Long.getLong("rekindle.mutants.seed", 20261122);
  private static final String SURVIVORS = "table-mutants-that-survive.txt";
  private static final Set<TableDefinition> LOOKUPS =
      Set.of(CadenceTables.LIMITS, IncentiveTables.MENU, CalendarTables.ZONES);

  /** Tables of which cells are read beside the rows that hold: dates ahead, sequences begun. */
  private static final Set<TableDefinition> ALSO_READ =
      Set.of(SegmentTables.SEGMENTS, CadenceTables.SEQUENCES);

  /** Cells of Consent that say something of a ground alone, and grounds that have a proof. */
  private static final Set<String> OF_A_GROUND =
      Set.of("ageMonths", "givenOrUsedMonths", "givenOrHeardMonths");

  private static final Set<String> CONSENTS =
      Set.of("express_written", "express", "double_opt_in", "soft_opt_in", "ad_consents");

  private static final Set<String> CONSENT_ALSO_READ = Set.of("where", "channel", "silentMonths");

  private final Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());
  private final List<Scenario> scenarios =
      ShippedPolicy.scenarios(shipped.table(ScenarioTables.SCENARIOS));

  /** A changed table and the scenarios that may notice. */
  private record Trial(Mutant mutant, List<Scenario> scenarios) {}

  @Test
  void cells_changedToNeighbours_failAScenarioOrAreExplained() throws IOException {
    List<Mutant> all = mutants();
    List<Mutant> tried = sample(all);
    assertThat(all).hasSizeGreaterThan(4_000);
    assertThat(all).extracting(Mutant::name).containsAll(explained());
    var names = tried.stream().map(Mutant::name).collect(Collectors.toSet());
    assertThat(survivors(tried))
        .as("of %s changes, -Drekindle.mutants.seed=%s", tried.size(), SEED)
        .containsExactlyElementsOf(explained().stream().filter(names::contains).toList());
  }

  /** Changes that no scenario notices, by name. */
  List<String> survivors(List<Mutant> mutants) {
    var before = new ScenarioRecord(shipped, scenarios);
    return mutants.stream()
        .map(mutant -> new Trial(mutant, toTry(mutant, before)))
        .toList()
        .parallelStream()
        .filter(this::survives)
        .map(trial -> trial.mutant().name())
        .sorted()
        .toList();
  }

  private static List<Mutant> sample(List<Mutant> all) {
    if (MUTANTS.equals("all")) {
      return all;
    }
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(SEED));
    return shuffled.subList(0, Math.min(all.size(), Integer.parseInt(MUTANTS)));
  }

  @Test
  void scenarios_matchedInPlainJava_allHold() {
    try (var engine = engine(shipped)) {
      assertThat(scenarios)
          .allSatisfy(scenario -> assertThat(scenario.differences(engine::decide)).isEmpty());
    }
  }

  List<Mutant> mutants() {
    return shipped.tables().stream()
        .filter(
            table ->
                table.definition().hitPolicy() != HitPolicy.LOOKUP
                    || LOOKUPS.contains(table.definition()))
        .flatMap(table -> TableMutants.of(table).stream())
        .filter(TableMutationTest::isRead)
        .toList();
  }

  /** Whether the changed cell is read at all. */
  private static boolean isRead(Mutant mutant) {
    TypedRow row = mutant.before();
    if (mutant.table().definition() == CalendarTables.ZONES) {
      return mutant.column().equals("group")
          ? row.code("group").isPresent() && !row.codes("where").get(0).contains("-")
          : row.id().startsWith("ZONE-US");
    }
    if (mutant.table().definition() == EligibilityTables.CONSENT) {
      String ground = row.code("ground").orElse("");
      return !(mutant.column().equals("proof") && !CONSENTS.contains(ground))
          && !(OF_A_GROUND.contains(mutant.column()) && ground.isEmpty());
    }
    // Nothing lies closer than a state, or than an unknown place.
    return !mutant.column().equals("itself")
        || row.codes("where").stream().anyMatch(place -> !place.contains("-"));
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
      boolean group = mutant.column().equals("group");
      return scenarios.stream()
          .filter(scenario -> group ? isOf(mutant, scenario) : isIn(mutant, scenario))
          .toList();
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
            || isForAnySequence(mutant)
            || (definition == EligibilityTables.CONSENT
                && CONSENT_ALSO_READ.contains(mutant.column()));
    return (readByItself ? Stream.concat(first, scenarios.stream()) : first).toList();
  }

  /** Rows of any sequence are looked up only where there are some. */
  private static boolean isForAnySequence(Mutant mutant) {
    return mutant.table().definition() == CadenceTables.STEPS
        && mutant.row().cell("sequence") instanceof Cell.Any;
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

  /** Whether the row's country is that of a candidate. */
  private static boolean isOf(Mutant mutant, Scenario scenario) {
    return scenario.facts().contact().jurisdictions().stream()
        .map(code -> Jurisdictions.parent(code).orElse(code))
        .anyMatch(mutant.before().codes("where")::contains);
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

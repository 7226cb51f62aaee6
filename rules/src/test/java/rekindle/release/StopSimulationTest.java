package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.eligibility.EligibilityTables;
import rekindle.engine.DecisionEngine;
import rekindle.facts.FactsReader;
import rekindle.policy.Release;
import rekindle.rule.PlainRules;
import rekindle.rule.RulePlan;
import rekindle.table.Cell;
import rekindle.table.Finding;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookWriter;
import rekindle.touch.CadenceTables;

/** Rules are matched in plain Java; other tests hold that Drools gives the same decisions. */
class StopSimulationTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");
  private static final Release SHIPPED = Objects.requireNonNull(ShippedPolicy.read().release());
  private static final TypedTable ROWS = SHIPPED.table(EligibilityTables.SUPPRESSION);

  /** The row that a kept opt-out is obeyed by. */
  private static final String SCOPE = "SUP-SCOPE";

  private static List<Finding> findings(Release release) {
    try (var engine = engine(release)) {
      return StopSimulation.findings(release, DAY, engine::decide);
    }
  }

  private static DecisionEngine engine(Release release) {
    return new DecisionEngine(
        release, new PlainRules(RulePlan.of(release.tables()), PlainTogether.BY_SHEET));
  }

  /** The shipped policy with another row for that one; the scenarios deleted, as an author can. */
  private static Release with(UnaryOperator<TypedRow> change) {
    TypedTable suppression = changed(row -> Stream.of(change.apply(row)));
    return with(suppression);
  }

  private static TypedTable changed(Function<TypedRow, Stream<TypedRow>> change) {
    return new TypedTable(
        ROWS.definition(),
        ROWS.rows().stream()
            .flatMap(row -> row.id().equals(SCOPE) ? change.apply(row) : Stream.of(row))
            .toList());
  }

  private static Release with(TypedTable suppression) {
    return new Release(
        "sha256:draft",
        SHIPPED.tables().stream()
            .map(
                table ->
                    table.definition() == ROWS.definition()
                        ? suppression
                        : table.definition() == ScenarioTables.SCENARIOS
                            ? new TypedTable(table.definition(), List.of())
                            : table)
            .toList(),
        SHIPPED.zones(),
        SHIPPED.holidays(),
        SHIPPED.places());
  }

  private static UnaryOperator<TypedRow> saying(String key, String... codes) {
    return row -> {
      var cells = new HashMap<>(row.cells());
      cells.put(key, new Cell.Codes(List.of(codes), false, false));
      return new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
    };
  }

  private static UnaryOperator<TypedRow> between(String from, String to) {
    return row ->
        new TypedRow(
            row.number(),
            row.id(),
            row.cells(),
            from.isEmpty() ? null : LocalDate.parse(from),
            to.isEmpty() ? null : LocalDate.parse(to));
  }

  @Test
  void shippedPolicy_whoeverOptsOut_isLeftAlone() {
    assertThat(findings(SHIPPED).stream().map(Finding::message)).isEmpty();
  }

  /** Else an opt-out would be obeyed because nobody was to be touched anyway. */
  @Test
  void simulatedPeople_whoDoNotOptOut_areBetweenThemTouchedAtEveryStep() {
    Set<String> planned = new TreeSet<>();
    try (var engine = engine(SHIPPED)) {
      for (var person :
          SimulatedPeople.beforeEachStep(SHIPPED, DAY.atTime(15, 0).toInstant(ZoneOffset.UTC))) {
        for (OptOut.When when : OptOut.When.values()) {
          var decision = engine.decide(person.facts().apply(when), person.asOf());
          var touch = decision.touch();
          if (touch != null) {
            planned.add(touch.sequence() + " " + touch.step());
          }
        }
      }
    }
    Set<String> steps = new TreeSet<>();
    SHIPPED
        .table(CadenceTables.STEPS)
        .rows()
        .forEach(
            row -> steps.add(row.code("sequence").orElseThrow() + " " + row.number("step").get()));
    assertThat(planned).containsAll(steps);
  }

  @Test
  void rowRemoved_isAFindingWithFactsThatShowIt() {
    List<Finding> findings = findings(with(changed(row -> Stream.empty())));

    assertThat(findings)
        .hasSizeBetween(14, 4 * 21)
        .allSatisfy(finding -> assertThat(finding.code()).isEqualTo("stop_not_obeyed"))
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR));
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.message())
                  .contains("opted out of everything (opt_out, kept as a suppression")
                  .contains("a touch by email is planned")
                  .containsPattern("at step \\d+ of [a-z_]+ \\(.*, in ")
                  .containsPattern("and so in \\d+ more cases");
              var facts = FactsReader.read(Objects.requireNonNull(finding.example()));
              assertThat(facts.suppressions()).hasSize(1);
            });
  }

  @Test
  void rowForOnePlace_isAFindingElsewhere() {
    assertNamed(findings(with(saying("where", "US"))), "email (opt_out, kept", "Where");
  }

  @Test
  void rowThatBeginsLater_isAFinding() {
    assertNamed(findings(with(between("2027-06-01", ""))), "linkedin (complaint, kept", "From");
  }

  /** An opt-out never lapses by itself: it would be obeyed today and forgotten next year. */
  @Test
  void rowThatEndsLater_isAFindingOfTheDayAfter() {
    List<Finding> findings = findings(with(between("", "2027-03-31")));
    assertThat(findings)
        .anySatisfy(
            finding ->
                assertThat(finding.message())
                    .contains("on 2027-04-01T15:00:00Z")
                    .contains(SCOPE + " (row 12, To)"));
  }

  @Test
  void rowForOneReason_isAFindingOfTheOther() {
    List<Finding> findings = findings(with(saying("no", "complaint")));
    assertNamed(findings, "everything (opt_out, kept", "What");
    assertThat(findings)
        .noneSatisfy(finding -> assertThat(finding.message()).contains("(complaint"));
  }

  @Test
  void rowForSomeChannels_isAFindingOfTheOthers() {
    List<Finding> findings =
        findings(with(saying("channel", "email", "paid_media", "phone", "sms", "whatsapp")));
    assertNamed(findings, "linkedin (opt_out, kept", "Channel");
    assertThat(findings)
        .noneSatisfy(finding -> assertThat(finding.message()).contains("opted out of email ("));
  }

  /** Two rows for two times leave no gap. */
  @Test
  void rowSplitAtADate_isNoFinding() {
    TypedTable split =
        changed(
            row ->
                Stream.of(
                    between("", "2027-03-31").apply(row), between("2027-04-01", "").apply(row)));
    assertThat(findings(with(split)).stream().map(Finding::message)).isEmpty();
  }

  private static void assertNamed(List<Finding> findings, String optOut, String column) {
    assertThat(findings)
        .anySatisfy(
            finding ->
                assertThat(finding.message())
                    .contains("opted out of " + optOut)
                    .contains(SCOPE + " (row 12, " + column + ")"));
  }

  /** The release is there for a difference and an impact although it may not be approved. */
  @Test
  void draftWithoutTheRow_checkedAsFiles_isARelease() {
    var workbooks = new TreeMap<>(ShippedPolicy.workbooks());
    Release draft = with(changed(row -> Stream.empty()));
    for (String name : List.of("eligibility", "scenarios")) {
      var tables = new ArrayList<TypedTable>();
      PolicyTables.of(name).forEach(definition -> tables.add(draft.table(definition)));
      workbooks.put(name, WorkbookWriter.write(name, PolicyTables.about(name), tables));
    }
    ReadRelease checked = ReleaseCheck.check(ReleaseReader.read(workbooks), DAY);
    assertThat(checked.release()).isNotNull();
    assertThat(checked.hasErrors()).isTrue();
    assertThat(checked.findings()).extracting(Finding::code).contains("stop_not_obeyed");
  }
}

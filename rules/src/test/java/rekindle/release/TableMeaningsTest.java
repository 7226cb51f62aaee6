package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.check.CheckCodes;
import rekindle.check.TableCheck;
import rekindle.eligibility.EligibilityTables;
import rekindle.incentive.IncentiveTables;
import rekindle.policy.Release;
import rekindle.segment.SegmentTables;
import rekindle.table.Cell;
import rekindle.table.Finding;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;

/** The shipped rows, and rows put among them, as the checks see them. */
final class TableMeaningsTest {
  private final Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());

  @Test
  void shippedTables_checked_nothingIsFound() {
    assertThat(
            shipped.tables().stream()
                .flatMap(table -> findings(table).stream())
                .map(Finding::message))
        .isEmpty();
  }

  @Test
  void consent_groundGivenLatelyBelowGivenLongerAgo_neverDecides() {
    TypedTable table = shipped.table(EligibilityTables.CONSENT);
    Map<String, Cell> lately =
        Map.of(
            "givenOrUsedMonths",
            number(6),
            "basis",
            codes("consent_expired"),
            "result",
            codes("deny"));
    assertThat(findings(with(table, "US-S-1", after("US-S-1"), lately)))
        .extracting(Finding::code, Finding::id)
        .containsExactly(tuple(CheckCodes.ROW_NEVER_DECIDES, "NEW"));
    assertThat(findings(with(table, "US-S-1", before("US-S-1"), lately))).isEmpty();
  }

  @Test
  void consent_ageWithoutAGround_isNotLookedAt() {
    TypedTable table = shipped.table(EligibilityTables.CONSENT);
    var found =
        findings(
            with(
                table,
                "US-E-0",
                before("US-E-0"),
                Map.of("ageMonths", number(6), "source", codes("webinar"))));
    assertThat(found)
        .extracting(Finding::message)
        .containsExactly(
            "eligibility.xlsx, sheet Consent: row 999 (NEW) holds or not whatever \"Age, months:"
                + " within\" says: 6 is not looked at beside the row's other cells. Write any, or"
                + " fill in what it belongs to.");
  }

  @Test
  void segments_otherClock_mayStillDecide() {
    TypedTable table = shipped.table(SegmentTables.SEGMENTS);
    // Lost deals of which the date is not known are left to the row below.
    assertThat(
            findings(
                with(
                    table,
                    "SEG-LOST",
                    after("SEG-LOST"),
                    Map.of("clock", codes("engagement"), "segment", codes("no_show")))))
        .isEmpty();
    assertThat(
            findings(
                with(
                    table,
                    "SEG-LOST",
                    after("SEG-LOST"),
                    Map.of("segment", codes("no_show"), "funnel", codes("trial")))))
        .extracting(Finding::code)
        .containsExactly(CheckCodes.ROW_NEVER_DECIDES);
  }

  @Test
  void caps_moreTouchesInLessTime_addNothing() {
    TypedTable table = shipped.table(EligibilityTables.CAPS);
    assertThat(
            findings(
                with(
                    table,
                    "CAP-WEEK",
                    after("CAP-WEEK"),
                    Map.of("windowHours", number(24), "touches", number(3)))))
        .extracting(Finding::code)
        .containsExactly(CheckCodes.ROW_REDUNDANT);
    assertThat(
            findings(
                with(
                    table,
                    "CAP-WEEK",
                    after("CAP-WEEK"),
                    Map.of("windowHours", number(720), "touches", number(3)))))
        .isEmpty();
  }

  @Test
  void suppression_exclusionThatDependsOnTheChannel_isNotTakenForLarger() {
    TypedTable table = shipped.table(EligibilityTables.SUPPRESSION);
    assertThat(
            findings(
                with(
                    table,
                    "SUP-SCOPE",
                    after("SUP-SCOPE"),
                    Map.of(
                        "madeOn",
                        new Cell.Codes(List.of("sms"), true, false),
                        "channel",
                        codes("sms")))))
        .isEmpty();
  }

  @Test
  void choice_sameIncentiveAboveTheGeneralRow_isMeant() {
    TypedTable table = shipped.table(IncentiveTables.CHOICE);
    Map<String, Cell> first = Map.of("program", codes("telecom"));
    assertThat(findings(with(table, "CHO-CREDITS", before("CHO-PORT-IN"), first))).isEmpty();
    assertThat(findings(with(table, "CHO-CREDITS", after("CHO-CREDITS"), first)))
        .extracting(Finding::code)
        .containsExactly(CheckCodes.ROW_REDUNDANT);
  }

  @Test
  void steps_sameNumberForOneProgram_overlap() {
    TypedTable table = shipped.table(CadenceTables.STEPS);
    assertThat(
            findings(
                with(
                    table,
                    "stalled-2",
                    after("stalled-2"),
                    Map.of("program", codes("telecom"), "purpose", codes("check_in")))))
        .extracting(Finding::message)
        .containsExactly(
            "cadence.xlsx, sheet Steps: rows 12 (stalled-2) and 999 (NEW) hold at once and have the"
                + " same number, 2: only the upper one counts then. Give one another number, or"
                + " tell them apart.");
  }

  private static List<Finding> findings(TypedTable table) {
    return TableCheck.findings(table, TableMeanings.of(table.definition()));
  }

  /** Where a row is put. */
  private record Place(String id, int below) {}

  private static Place before(String id) {
    return new Place(id, 0);
  }

  private static Place after(String id) {
    return new Place(id, 1);
  }

  /** The table with a copy of a row, changed, called NEW. */
  private static TypedTable with(
      TypedTable table, String like, Place place, Map<String, Cell> changes) {
    TypedRow row = row(table, like);
    var cells = new HashMap<>(row.cells());
    cells.putAll(changes);
    var rows = new ArrayList<>(table.rows());
    rows.add(
        rows.indexOf(row(table, place.id())) + place.below(),
        new TypedRow(999, "NEW", cells, row.from(), row.to()));
    TableDefinition definition = table.definition();
    return new TypedTable(definition, rows);
  }

  private static TypedRow row(TypedTable table, String id) {
    return table.rows().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
  }

  private static Cell number(int value) {
    return new Cell.Number(BigDecimal.valueOf(value));
  }

  private static Cell codes(String... codes) {
    return new Cell.Codes(Arrays.asList(codes), false, false);
  }
}

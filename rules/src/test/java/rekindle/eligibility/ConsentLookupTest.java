package rekindle.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rekindle.calendar.CalendarTables;
import rekindle.calendar.LocalClock;
import rekindle.calendar.Places;
import rekindle.calendar.ZoneTransitions;
import rekindle.facts.Channel;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;
import rekindle.table.TypedTable;
import rekindle.testing.SampleRows;

/** Which rows permit where several places are looked up; DECIDING.md section 1, "Place". */
class ConsentLookupTest {
  private static final Places PLACES =
      new Places(
          SampleRows.table(
              CalendarTables.ZONES,
              """
              Z-FR|FR|EU|Europe/Paris||||||
              Z-DE|DE|EU|Europe/Berlin||||||
              Z-AT|AT|EU|Europe/Vienna||||||
              """));
  private static final TypedTable CONSENT =
      SampleRows.table(
          EligibilityTables.CONSENT,
          """
          FR-E-1|FR|email|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|allow|express|||||||
          BY-E-1|DE-BY|email|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|allow|express|||||||
          EU-E-1|EU|email|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|deny|consent_missing|||||||
          ANY-1|any|email|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|any|allow|opt_out_regime|||||||
          otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|deny|consent_missing|||||||
          """);

  @Test
  void nationalRow_ofTheCountry_replacesItsGroups() {
    assertThat(rows(List.of("FR"), List.of("FR", "EU"))).containsExactly("FR-E-1");
  }

  @Test
  void subdivisionRow_isNotNational_groupMustPermitToo() {
    assertThat(rows(List.of("DE-BY"), List.of("DE-BY", "EU"))).containsExactly("BY-E-1", "EU-E-1");
  }

  @Test
  void anyRow_isNotNational_groupMustPermitToo() {
    assertThat(rows(List.of("AT"), List.of("EU", "any"))).containsExactly("ANY-1", "EU-E-1");
  }

  @Test
  void candidateWithoutARow_amongOthers_takesOtherwise() {
    assertThat(rows(List.of("FR", "US"), List.of("FR", "EU")))
        .containsExactly("FR-E-1", "otherwise");
  }

  /**
   * @param held the places of the rows that hold
   */
  private static List<String> rows(List<String> jurisdictions, List<String> held) {
    RulePlan plan = RulePlan.of(List.of(CONSENT));
    Map<String, List<Rule>> byPlace =
        plan.rules().stream()
            .filter(rule -> held.contains(rule.key()))
            .collect(Collectors.groupingBy(rule -> String.valueOf(rule.key())));
    var lookup =
        new ConsentLookup(
            ConsentRow.of(CONSENT),
            plan.otherwise(CONSENT),
            new LocalClock(List.of(ZoneTransitions.fixed("UTC", 0))),
            List.of(LocalDate.of(2026, 3, 10)),
            byPlace);
    return lookup.rows(Channel.EMAIL, Candidate.of(jurisdictions, PLACES)).stream()
        .map(row -> row.hit().rule())
        .toList();
  }
}

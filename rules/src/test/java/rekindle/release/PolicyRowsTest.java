package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.eligibility.EligibilityTables;
import rekindle.facts.Channel;
import rekindle.incentive.IncentiveTables;
import rekindle.table.Finding;
import rekindle.table.TableDefinition;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;

/** What a row may say, and what it then means, where that is easily taken for something else. */
class PolicyRowsTest {
  private static final Instant AS_OF = Instant.parse("2026-11-23T18:00:00Z");
  private static final Map<String, String> CAP =
      Map.of("Counted", "same_channel", "Window, hours", "24", "Touches: at least", "1");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Counted | any | \"any\" has no meaning here: without a value the row says nothing; write it",
        "Counted | not opt_out | \"not\" has no meaning here: this column names what is looked for; write a value",
        "Window, hours | any | \"any\" has no meaning here: without a value the row says nothing; write it",
        "Window, hours | unknown | \"unknown\" has no meaning here: this column names what is looked for; write a value",
        "Touches: at least | any | \"any\" has no meaning here: without a value the row says nothing; write it",
      })
  void capCell_withoutAValue_isAMistake(String label, String cell, String message) {
    var cells = new TreeMap<>(CAP);
    cells.put("→ Code", "channel_cap");
    cells.put(label, cell);
    assertThat(AddedRow.messages(EligibilityTables.CAPS, cells))
        .singleElement()
        .asString()
        .contains(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"any", "not us_dnc", "unknown"})
  void registryList_thatNamesNone_isAMistake(String cell) {
    assertThat(
            AddedRow.messages(
                EligibilityTables.REGISTRIES,
                Map.of("List", cell, "Answer", "listed", "→ Code", "do_not_call_registry")))
        .singleElement()
        .asString()
        .contains("has no meaning here");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Ground | not express",
        "Ground | unknown",
        "Proof | not complete",
        "Age, months: within | unknown",
        "Given or heard from, months: within | unknown",
        "Wrote to us, hours: within | unknown",
      })
  void consentCell_thatExcludesOrKnowsNothing_isAMistake(String label, String cell) {
    var cells = new TreeMap<>(Map.of("→ Result", "deny", "→ Basis or code", "consent_missing"));
    cells.put(label, cell);
    assertThat(AddedRow.messages(EligibilityTables.CONSENT, cells))
        .singleElement()
        .asString()
        .contains("write a value, or any where it does not matter");
  }

  @Test
  void stepOfAnySequence_isAStepOfEach() {
    var step =
        Map.of(
            "→ Step", "9",
            "→ Days from the begin", "40",
            "→ Purpose", "check_in",
            "→ Channels", "email",
            "→ At once", "no",
            "→ May carry an incentive", "no");
    String facts =
        """
        contact.jurisdictions: US-OH
        contact.timeZones: America/New_York
        reach.email: valid
        lifecycle.deal.stage: sql
        lifecycle.deal.outcome: open
        contact.lastEngagementAt: 2026-09-14
        """;
    try (var shipped = AddedRow.engine(EligibilityTables.CAPS, capOf("999"));
        var added = AddedRow.engine(CadenceTables.STEPS, step)) {
      assertThat(shipped.decide(ScenarioFacts.read("c-1", facts), AS_OF).touch())
          .extracting(PlannedTouch::sequence, PlannedTouch::of)
          .containsExactly("stalled", 3);
      assertThat(added.decide(ScenarioFacts.read("c-1", facts), AS_OF).touch())
          .extracting(PlannedTouch::sequence, PlannedTouch::of)
          .containsExactly("stalled", 4);
    }
  }

  @Test
  void rowThatIsLookedUp_withADate_isAMistake() {
    var shipped = Objects.requireNonNull(ShippedPolicy.read().release());
    TypedTable menu =
        AddedRow.onTop(
            shipped.table(IncentiveTables.MENU),
            Map.of(
                "Incentive", "price_hold",
                "→ Value", "none",
                "→ Cost", "none",
                "→ Currency", "none",
                "→ Valid, days", "30",
                "To", "2026-12-31"));
    List<Finding> findings =
        CrossChecks.of(Map.of("all", replaced(shipped.tables(), menu.definition(), menu)));
    assertThat(findings)
        .extracting(Finding::code, Finding::message)
        .singleElement()
        .asString()
        .contains("dates_without_effect")
        .contains("incentives.xlsx, sheet Menu, row 1 (ADDED)")
        .contains("leave From and To blank");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "allow | consent_missing | \"consent_missing\" is no ground",
        "allow | none | \"none\" is no ground",
        "deny | express | \"express\" is no reason",
        "deny | none | \"none\" is no reason",
      })
  void consentRow_thatNamesTheOther_isAMistake(String result, String named, String message) {
    var shipped = Objects.requireNonNull(ShippedPolicy.read().release());
    TypedTable consent =
        AddedRow.onTop(
            shipped.table(EligibilityTables.CONSENT),
            Map.of("→ Result", result, "→ Basis or code", named));
    List<TypedTable> tables = replaced(shipped.tables(), consent.definition(), consent);
    assertThat(CrossChecks.of(Map.of("all", tables)))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("eligibility.xlsx, sheet Consent, row 1 (ADDED)")
        .contains(message);
  }

  @Test
  void consentRow_thatDeniesUntilADay_deniesUntilItsEnd() {
    var cells =
        Map.of(
            "Where", "US-OH",
            "Channel", "email",
            "→ Result", "deny",
            "→ Basis or code", "not_permitted_here",
            "To", "2026-12-31");
    try (var engine = AddedRow.engine(EligibilityTables.CONSENT, cells)) {
      Decision decision = engine.decide(ScenarioFacts.read("c-1", in("US-OH")), AS_OF);
      assertThat(denials(decision, Channel.EMAIL))
          .containsExactly("not_permitted_here until " + Instant.parse("2027-01-01T05:00:00Z"));
    }
  }

  @Test
  void rowThatExcludesAState_doesNotReachItThroughItsCountry() {
    var cells =
        Map.of(
            "Where", "not US-CT",
            "Channel", "linkedin",
            "→ Result", "deny",
            "→ Basis or code", "manual_only");
    try (var engine = AddedRow.engine(EligibilityTables.CONSENT, cells)) {
      assertThat(denials(engine.decide(ScenarioFacts.read("c", in("US-OH")), AS_OF)))
          .contains("manual_only");
      assertThat(denials(engine.decide(ScenarioFacts.read("c", in("US-CT")), AS_OF)))
          .doesNotContain("manual_only");
      assertThat(denials(engine.decide(ScenarioFacts.read("c", in("US-CT, US-OH")), AS_OF)))
          .contains("manual_only");
      assertThat(
              denials(engine.decide(ScenarioFacts.read("c", "reach.linkedin: connected"), AS_OF)))
          .doesNotContain("manual_only");
    }
  }

  @Test
  void capThatExcludesAGroup_doesNotReachItsMembers() {
    var cells = new TreeMap<>(capOf("1"));
    cells.put("Where", "not EU");
    cells.put("→ Code", "own_cap");
    try (var engine = AddedRow.engine(EligibilityTables.CAPS, cells)) {
      String touched = "\ntouches[0]: stalled 1 linkedin 2026-11-23";
      assertThat(denials(engine.decide(ScenarioFacts.read("c", in("US-OH") + touched), AS_OF)))
          .contains("own_cap");
      assertThat(denials(engine.decide(ScenarioFacts.read("c", in("DE") + touched), AS_OF)))
          .doesNotContain("own_cap");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "opt_out, withdrawal | opt_out | true",
        "opt_out, withdrawal | complaint | false",
        "complaint | complaint | true",
        "complaint, same_channel | complaint | true",
        "same_channel | complaint | false",
      })
  void capOfNoes_thatNamesSome_countsNoOther(String counted, String said, boolean counts) {
    var cells = new TreeMap<>(capOf("1"));
    cells.put("Counted", counted);
    cells.put("→ Code", "own_cap");
    String facts = in("US-OH") + "\nresponses[0]: " + said + " linkedin 2026-11-23";
    try (var engine = AddedRow.engine(EligibilityTables.CAPS, cells)) {
      assertThat(denials(engine.decide(ScenarioFacts.read("c", facts), AS_OF)).contains("own_cap"))
          .isEqualTo(counts);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown | unknown | true",
        "unknown | US-OH | false",
        "not US | US-OH | false",
        "not US | DE | true",
        "not US | US-OH, DE | true",
        "not US | unknown | false",
        "not unknown | DE | true",
        "not unknown | unknown | false",
      })
  void noOfAPlace_countsOnlyThere(String where, String places, boolean counts) {
    var cells =
        Map.of(
            "Where", where,
            "Known from", "suppression",
            "What", "opt_out",
            "Made on", "email",
            "Channel", "linkedin",
            "→ Code", "own_no");
    String facts = places.equals("unknown") ? "reach.linkedin: connected" : in(places);
    try (var engine = AddedRow.engine(EligibilityTables.SUPPRESSION, cells)) {
      Decision decision =
          engine.decide(
              ScenarioFacts.read("c", facts + "\nsuppressions[0]: email opt_out 2026-01-01"),
              AS_OF);
      assertThat(denials(decision).contains("own_no")).isEqualTo(counts);
    }
  }

  private static Map<String, String> capOf(String touches) {
    var cells = new TreeMap<>(CAP);
    cells.put("Touches: at least", touches);
    cells.put("→ Code", "channel_cap");
    return cells;
  }

  private static String in(String places) {
    return "reach.linkedin: connected\nreach.email: valid\ncontact.timeZones: America/New_York\n"
        + "contact.jurisdictions: "
        + places;
  }

  private static List<String> denials(Decision decision) {
    return answer(decision, Channel.LINKEDIN).denials().stream().map(Denial::code).toList();
  }

  private static List<String> denials(Decision decision, Channel channel) {
    return answer(decision, channel).denials().stream()
        .map(denial -> denial.code() + " until " + denial.until())
        .toList();
  }

  private static ChannelAnswer answer(Decision decision, Channel channel) {
    return Objects.requireNonNull(decision.channels().get(channel));
  }

  private static List<TypedTable> replaced(
      List<TypedTable> tables, TableDefinition definition, TypedTable changed) {
    return tables.stream()
        .map(table -> table.definition() == definition ? changed : table)
        .toList();
  }
}

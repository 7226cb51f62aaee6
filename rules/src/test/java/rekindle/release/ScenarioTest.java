package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.table.Cell;
import rekindle.table.TypedRow;

final class ScenarioTest {
  private static final Instant AS_OF = Instant.parse("2026-11-23T18:00:00Z");

  @Test
  void facts_pathsAndShorthands_becomeADocument() {
    ContactFacts facts =
        ScenarioFacts.read(
            "S-1",
            """
            contact.relationship: former_customer
            contact.jurisdictions: US-OH, US
            history.winBackAt: 2025-01-01, 2026-01-01T10:00:00Z

            consents[0]: sms express_written 2025-05-05
            consents[0].withdrawnAt: 2026-02-02
            touches[0]: stalled 1 email 2026-02-27T15:00:00Z
            responses[0]: reply email 2026-02-28 positive
            registry.lists[0]: us_dnc not_listed 2026-02-20
            registry.reassigned: no_data 2026-02-20
            triggers[0]: feature_release 2026-03-01 matches
            journey: stalled 2026-02-27
            lifecycle.lastLoginAt: null
            """);
    assertThat(facts.contact().id()).isEqualTo("S-1");
    assertThat(facts.contact().jurisdictions()).containsExactly("US-OH", "US");
    assertThat(facts.history().winBackAt())
        .containsExactly(
            Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T10:00:00Z"));
    assertThat(facts.consents())
        .containsExactly(
            new ContactFacts.Consent(
                Channel.SMS,
                "express_written",
                Instant.parse("2025-05-05T00:00:00Z"),
                "web_form",
                true,
                null,
                null,
                null,
                Instant.parse("2026-02-02T00:00:00Z")));
    assertThat(facts.touches().get(0).outcome()).isEqualTo("delivered");
    assertThat(facts.registry().lists().get(0).listed()).isFalse();
    assertThat(facts.triggers().get(0).matchesGap()).isTrue();
    assertThat(facts.lifecycle().lastLoginAt()).isNull();
  }

  @Test
  void facts_lines_thatCannotBeRead_areAllNamed() {
    assertThatThrownBy(
            () ->
                ScenarioFacts.read(
                    "S-1",
                    """
                    contact.relationship former_customer
                    touches[1]: stalled 1 email 2026-02-27
                    consents[0]: sms express_written
                    contact.language: en
                    contact.language: de
                    lifecycle.orders.count: two
                    history.openEscalation: perhaps
                    """))
        .isInstanceOfSatisfying(
            InvalidScenario.class,
            e ->
                assertThat(e.problems())
                    .hasSize(6)
                    .anyMatch(p -> p.startsWith("line 1 ") && p.contains("has no colon"))
                    .anyMatch(p -> p.startsWith("line 2 ") && p.contains("without gaps"))
                    .anyMatch(p -> p.contains("channel basis capturedAt"))
                    .anyMatch(p -> p.startsWith("line 5 ") && p.contains("second time"))
                    .anyMatch(p -> p.contains("needs a whole number"))
                    .anyMatch(p -> p.contains("needs yes or no")));
  }

  @Test
  void facts_unknownField_isNamedByItsPath() {
    assertThatThrownBy(() -> ScenarioFacts.read("S-1", "contact.relationchip: lead"))
        .isInstanceOfSatisfying(
            InvalidScenario.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("contact.relationchip "));
  }

  @Test
  void expectations_thatCannotBeRead_areAllNamedByColumn() {
    var row =
        row(
            Map.of(
                "verdict", "sometimes",
                "standing", "past_customer",
                "touch", "stalled two of 3",
                "recheckAt", "tomorrow",
                "channels", "sms: forbid x\npigeon: allow a b",
                "incentive", "usage_credits for free"));
    assertThatThrownBy(() -> Scenario.of(row))
        .isInstanceOfSatisfying(
            InvalidScenario.class,
            e ->
                assertThat(e.problems())
                    .hasSize(7)
                    .allMatch(p -> p.startsWith("column → ") && p.contains("cannot be read")));
  }

  @Test
  void expectations_none_areRefused() {
    assertThatThrownBy(() -> Scenario.of(row(Map.of()))).hasMessageContaining("expects nothing");
  }

  @Test
  void differences_sayWhatWasExpectedAndWhatWasFound() {
    var row =
        row(
            Map.of(
                "verdict",
                "wait",
                "reasons",
                "no_segment",
                "segment",
                "none",
                "standing",
                "none, 4, none, none",
                "touch",
                "stalled 2 of 3 email machine\npurpose: offer",
                "recheckAt",
                "2026-11-24",
                "channels",
                "sms: deny spacing, consent_missing until never\n"
                    + "phone: deny quiet_hours until 2026-11-24T13:00:00Z on purchase US-V-2\n"
                    + "email: allow opt_out_regime US-E-1"));
    assertThat(Scenario.of(row).differences((facts, asOf) -> outOfScope(facts)))
        .containsExactly(
            "→ Verdict: expected \"wait\", found \"out_of_scope\"",
            "→ Touch: expected \"stalled 2 of 3 email machine; purpose: offer\", found \"none\"",
            "→ Look again: expected \"2026-11-24T00:00:00Z\", found \"never\"",
            "→ Channels: expected \"sms: deny consent_missing, spacing until never\","
                + " found \"sms: deny consent_missing until never\"");
  }

  private static Decision outOfScope(ContactFacts facts) {
    var channels = new HashMap<Channel, ChannelAnswer>();
    channels.put(
        Channel.EMAIL, new ChannelAnswer(true, "opt_out_regime", "r", "US-E-1", List.of()));
    channels.put(
        Channel.SMS,
        new ChannelAnswer(false, null, null, null, List.of(denial("consent_missing", null))));
    channels.put(
        Channel.PHONE,
        new ChannelAnswer(
            false,
            "purchase",
            "r",
            "US-V-2",
            List.of(denial("quiet_hours", Instant.parse("2026-11-24T13:00:00Z")))));
    return new Decision(
        null,
        facts.contact().id(),
        null,
        AS_OF,
        "sha256:0",
        Decision.Verdict.OUT_OF_SCOPE,
        List.of(new Decision.Reason("no_segment", "No segment holds", null, null, null)),
        null,
        null,
        null,
        4,
        null,
        channels,
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  private static Denial denial(String code, @Nullable Instant until) {
    return new Denial(code, code, null, until, "r", "R");
  }

  private static TypedRow row(Map<String, String> expectations) {
    var cells = new HashMap<String, Cell>();
    ScenarioTables.SCENARIOS.columns().forEach(c -> cells.put(c.key(), new Cell.Blank()));
    cells.put("asOf", new Cell.Timestamp(AS_OF));
    cells.put("facts", new Cell.Text("contact.language: en"));
    expectations.forEach((key, text) -> cells.put(key, new Cell.Text(text)));
    return new TypedRow(11, "S-1", cells, null, null);
  }
}

package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.engine.ShippedEngine;
import rekindle.facts.FactsReader;
import rekindle.service.message.MailConfiguration.Tls;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.TouchMessages.Surroundings;

/** From a decision to a mailbox, on the shipped tables. */
class TouchMessagesTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  private static final String FACTS =
      """
      {"contact": {"id": "c", "program": "b2b_saas", "business": "b2b", "subscriberType": "individual",
         "relationship": "lead", "source": "webinar", "jurisdictions": ["US-NY"],
         "timeZones": ["America/New_York"], "lastEngagementAt": "2026-09-01T00:00:00Z"},
       "reach": {"email": "valid"},
       "lifecycle": {"deal": {"stage": "proposal", "outcome": "open"}}}
      """;

  private final TouchMessages messages =
      new TouchMessages(
          new Messages(ShippedMessages.SENDER),
          new Preflight(ShippedMessages.SENDER, ShippedMessages.demands()));

  private static Decision decision() {
    Decision decision = ShippedEngine.get().decide(FactsReader.read(FACTS), NOW);
    assertThat(decision.verdict()).isEqualTo(Decision.Verdict.TOUCH);
    return decision;
  }

  private static Surroundings surroundings(Map<String, String> content) {
    return new Surroundings(
        content, List.of("US-NY"), ShippedMessages.UNSUBSCRIBE, ZoneId.of("America/New_York"));
  }

  @Test
  void decision_becomesAMail() throws Exception {
    var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    var configuration =
        new MailConfiguration(
            "127.0.0.1", smtp.getSmtp().getPort(), Tls.OFF, "hello@example.com", "");
    try (var sender = new MailSender(configuration, Clock.fixed(NOW, ZoneOffset.UTC))) {
      Preflight.Checked checked =
          messages.prepare(
              decision(),
              surroundings(Map.of("last_topic", "single sign-on", "of_another_version", "x")),
              NOW);
      assertThat(checked.report().findings()).isEmpty();
      MailResult result =
          sender.send(new OutgoingMail("t-1", "ann@example.net", checked.passed().orElseThrow()));
      assertThat(result.outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(smtp.getReceivedMessages()[0].getSubject())
          .isEqualTo("Something useful on single sign-on");
    } finally {
      smtp.stop();
    }
  }

  @Test
  void decision_withoutALinkToUnsubscribe_isHeldBack() {
    var without = new Surroundings(Map.of(), List.of("US-NY"), null, ZoneOffset.UTC);
    Preflight.Checked checked = messages.prepare(decision(), without, NOW);
    assertThat(checked.passed()).isEmpty();
    assertThat(checked.report().findings())
        .extracting(Finding::element)
        .containsExactly("one_click_unsubscribe", "opt_out_notice");
  }

  @Test
  void template_thatNobodyWrote_isAFinding() {
    Decision made = decision();
    PlannedTouch touch = java.util.Objects.requireNonNull(made.touch());
    var other =
        new PlannedTouch(
            touch.sequence(),
            9,
            9,
            touch.purpose(),
            touch.channel(),
            touch.by(),
            "stalled.9.email",
            null,
            touch.requiredElements(),
            null,
            null);
    var changed =
        new Decision(
            made.id(),
            made.contactId(),
            made.personId(),
            made.asOf(),
            made.release(),
            made.verdict(),
            made.reasons(),
            made.segment(),
            made.group(),
            made.offerAngle(),
            made.tier(),
            made.cohort(),
            made.channels(),
            other,
            made.incentive(),
            made.experiments(),
            made.recheckAt(),
            made.trace());
    Preflight.Checked checked = messages.prepare(changed, surroundings(Map.of()), NOW);
    assertThat(checked.passed()).isEmpty();
    assertThat(checked.report().findings())
        .extracting(Finding::code)
        .containsExactly("template_unknown");
  }
}

package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.ContactDocument;
import rekindle.service.intake.ContactIntake;
import rekindle.service.optout.Preferences.Standing;
import rekindle.service.optout.UnsubscribeLinks.Link;
import rekindle.service.record.Rows.Row;
import rekindle.service.schedule.Leases.Order;
import rekindle.service.schedule.Outcomes.Telling;

/** Whoever is asked for permission again and is silent for two weeks gets no e-mail any more. */
class SilenceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir static Path folder;

  private static final Instant ASKED = Instant.parse("2026-12-01T15:00:00Z");
  private static final Instant OVER = ASKED.plus(Duration.ofDays(14)).plusMillis(1);
  private static final SetClock CLOCK = new SetClock(ASKED);
  private static Service service;

  @BeforeAll
  static void before() throws Exception {
    Jdbi jdbi = DATABASE.jdbi();
    Partitions.extend(jdbi);
    service = ClockedService.of(jdbi, folder, CLOCK, configuration -> {});
  }

  @AfterAll
  static void after() {
    service.close();
  }

  /** A lead of two and a half years ago whom e-mail may only ask, and is asked at once. */
  private static void asked(String id) throws Exception {
    CLOCK.now = ASKED;
    String document =
        """
        {"email":"%s@example.com","country":"US","region":"NY","timeZones":["America/New_York"],
         "subscriberType":"individual","source":"webinar","program":"b2b_saas","business":"b2b","relationship":"lead",
         "funnel":"trial","lastEngagementAt":"2024-06-01T14:00:00Z"}
        """
            .formatted(id);
    new ContactIntake(service.contacts)
        .put(service.jdbi, ContactDocument.read(document.getBytes(StandardCharsets.UTF_8), id, 1));
    service.schedule.lookNow();
    var order = new Order("tests", EnumSet.of(Channel.EMAIL), 10, Duration.ofHours(1));
    for (var leased : service.schedule.leases().lease(order)) {
      service.jdbi.useTransaction(
          handle -> {
            var confirmations = service.schedule.confirmations();
            if (confirmations.confirm(handle, leased.touchId(), "tests", null).send()) {
              var told = new Telling(leased.touchId(), "delivered", null, null);
              service.outcomes.take(handle, List.of(told), "tests");
            }
          });
    }
    assertThat(one("select sequence || ' ' || outcome from touch where contact_id = ?", id))
        .isEqualTo("re_permission delivered");
  }

  private static String one(String sql, String contact) {
    return service.jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind(0, contact)
                .mapTo(String.class)
                .findOne()
                .orElse("nothing"));
  }

  private static String suppressed(String contact) {
    return one(
        "select string_agg(scope || ' ' || reason, ', ') from suppression where contact_id = ?",
        contact);
  }

  /** Codes of what keeps e-mail away. */
  private static List<String> denials(String contact) {
    var facts = service.people.find(contact, CLOCK.now).orElseThrow().facts();
    try (var lease = service.engines.lease(null)) {
      var email = lease.engine().decide(facts, CLOCK.now).channels().get(Channel.EMAIL);
      return Objects.requireNonNull(email).denials().stream().map(Denial::code).toList();
    }
  }

  private static void responds(String contact, String kind, Instant at) {
    service.jdbi.useTransaction(
        handle ->
            service.contacts.responses(
                handle,
                List.of(
                    new Row<>(
                        kind + at, contact, 0, new Response(at, Channel.EMAIL, kind, null)))));
  }

  @Test
  void silence_ofMoreThanTwoWeeks_endsEmailWithProof_once() throws Exception {
    asked("silent");
    responds("silent", "open", ASKED.plusSeconds(60));
    CLOCK.now = OVER.minusMillis(1);
    assertThat(service.silence.end()).isZero();
    CLOCK.now = OVER;
    assertThat(service.silence.end()).isEqualTo(1);
    assertThat(suppressed("silent")).isEqualTo("email re_permission_expired");
    assertThat(
            one(
                "select a.scope || ' ' || a.reason from address_suppression a"
                    + " join contact_address ca using (address_id) where ca.contact_id = ?",
                "silent"))
        .isEqualTo("email re_permission_expired");
    assertThat(
            one(
                "select source || ' ' || row_reference || ' ' || rule from revocation where contact_id = ?",
                "silent"))
        .isEqualTo("re_permission cadence/Limits!18 LIM-RE-PERMISSION");
    assertThat(
            one(
                "select count(*) from audit_event e join person p on p.subject_ref = e.subject_ref"
                    + " join contact_person cp on cp.person_id = p.id"
                    + " where cp.contact_id = ? and e.kind = 'revocation'",
                "silent"))
        .isEqualTo("1");
    assertThat(
            one("select count(*) from journey where contact_id = ? and ended_at is null", "silent"))
        .isEqualTo("0");
    assertThat(service.silence.end()).as("once").isZero();
    assertThat(denials("silent")).contains("suppressed");
  }

  @Test
  void answers_andQuestionsThatNobodyRead_endNothing() throws Exception {
    asked("clicks");
    responds("clicks", "click", ASKED.plus(Duration.ofDays(13)));
    asked("says-no");
    responds("says-no", "opt_out", ASKED.plus(Duration.ofDays(1)));
    asked("bounced");
    service.jdbi.useHandle(
        handle ->
            handle.execute("update touch set outcome = 'bounced' where contact_id = 'bounced'"));
    asked("consents");
    CLOCK.now = ASKED.plus(Duration.ofDays(2));
    service.preferences.resume(new Link("consents", Channel.EMAIL), "I agree", "en");
    CLOCK.now = OVER;
    assertThat(service.silence.end()).isZero();
  }

  @Test
  void consent_thatIsGivenLater_beginsEmailAgain_forGood() throws Exception {
    asked("late");
    CLOCK.now = OVER;
    assertThat(service.silence.end()).isEqualTo(1);
    var link = new Link("late", Channel.EMAIL);
    assertThat(service.preferences.standing(link)).isEqualTo(Standing.STOPPED);
    assertThat(denials("late")).contains("suppressed");
    CLOCK.now = OVER.plus(Duration.ofDays(100));
    assertThat(service.preferences.resume(link, "I agree", "en")).isEqualTo(Standing.OPEN);
    assertThat(service.silence.end()).isZero();
    CLOCK.now = CLOCK.now.plusSeconds(1);
    assertThat(denials("late")).doesNotContain("suppressed");
    assertThat(service.preferences.standing(link)).isEqualTo(Standing.OPEN);
  }
}

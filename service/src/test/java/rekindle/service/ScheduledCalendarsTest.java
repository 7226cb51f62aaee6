package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.facts.FactsReader;
import rekindle.plan.Assumptions;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.Walk;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.record.Rows.Row;
import rekindle.service.schedule.Leases.Leased;
import rekindle.service.schedule.Leases.Order;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.store.FactsImport;
import rekindle.service.store.TaskStore;

/**
 * The scheduler itself, with a clock that is set from one due look to the next, makes the very
 * touches of the calendars that people have checked: the sequences of every segment over months.
 */
class ScheduledCalendarsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir static Path folder;

  private static final SetClock CLOCK = new SetClock(Instant.parse("2026-12-01T15:00:00Z"));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stalled-deal",
        "standard-five",
        "standard-five-high-ticket",
        "no-show-by-night",
        "closed-lost-with-trigger",
        "churned-with-trigger",
        "lapsed",
        "early-drop-off-touched-twice-before",
        "re-permission"
      })
  void touches_ofTheScheduler_areThoseOfTheCheckedCalendar(String name) throws Exception {
    JsonNode document;
    try (InputStream in =
        FactsReader.class.getResourceAsStream("/rekindle/plan/calendars/" + name + ".json")) {
      document = new ObjectMapper().readTree(in);
    }
    ContactFacts facts = FactsReader.read(document.path("facts"));
    Instant from = Instant.parse(document.path("asOf").asText());
    int days = document.path("days").asInt();
    List<String> wanted = wanted(facts, from, days);
    List<String> made = made(facts, from, from.plus(Duration.ofDays(days)));
    assertThat(made).isEqualTo(wanted);
  }

  private static List<String> wanted(ContactFacts facts, Instant from, int days) {
    try (var lease = service.engines.lease(null)) {
      return Walk.of(lease.engine(), facts, Assumptions.silence(from, days)).entries().stream()
          .filter(Decided.class::isInstance)
          .map(entry -> ((Decided) entry).decision())
          .filter(decision -> decision.verdict() == Verdict.TOUCH)
          .map(ScheduledCalendarsTest::told)
          .toList();
    }
  }

  private static String told(Decision decision) {
    PlannedTouch touch = Objects.requireNonNull(decision.touch());
    return String.join(
        " ",
        decision.asOf().toString(),
        touch.sequence(),
        Integer.toString(touch.step()),
        touch.channel().code());
  }

  private static List<String> made(ContactFacts facts, Instant from, Instant until)
      throws Exception {
    CLOCK.now = from;
    service.jdbi.useTransaction(
        handle -> new FactsImport(service.contacts).write(handle, List.of(known(facts)), from));
    String contact = facts.contact().id();
    var ahead = new ArrayList<>(facts.triggers());
    Instant next = from;
    while (next.isBefore(until)) {
      CLOCK.now = next.isBefore(CLOCK.now) ? CLOCK.now : next;
      happen(contact, ahead);
      service.schedule.lookNow();
      pull();
      byHand();
      next = due(contact);
      for (Trigger trigger : ahead) {
        next = trigger.at().isBefore(next) ? trigger.at() : next;
      }
    }
    return service.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select at, sequence || ' ' || step || ' ' || channel as what from touch
                     where contact_id = :contact and state is not null order by at
                    """)
                .bind("contact", facts.contact().id())
                .map(
                    (row, context) ->
                        row.getTimestamp("at").toInstant() + " " + row.getString("what"))
                .list());
  }

  /** Nobody knows yet what will happen. */
  private static ContactFacts known(ContactFacts facts) {
    return new ContactFacts(
        facts.contact(),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        facts.history(),
        facts.consents(),
        facts.suppressions(),
        facts.registry(),
        facts.touches(),
        facts.responses(),
        List.of(),
        facts.journey(),
        facts.channelHealth());
  }

  private static void happen(String contact, List<Trigger> ahead) {
    List<Trigger> now = ahead.stream().filter(one -> !one.at().isAfter(CLOCK.now)).toList();
    ahead.removeAll(now);
    service.jdbi.useTransaction(
        handle ->
            service.contacts.triggers(
                handle, now.stream().map(one -> new Row<>("", contact, 0, one)).toList()));
  }

  private static void pull() {
    var order = new Order("tests", EnumSet.allOf(Channel.class), 10, Duration.ofHours(1));
    for (Leased leased : service.schedule.leases().lease(order)) {
      service.jdbi.useTransaction(
          handle -> {
            var confirmations = service.schedule.confirmations();
            assertThat(confirmations.confirm(handle, leased.touchId(), "tests", null).send())
                .isTrue();
            var told = new Telling(leased.touchId(), "delivered", null, null);
            service.outcomes.take(handle, List.of(told), "tests");
          });
    }
  }

  private static void byHand() {
    service.jdbi.useTransaction(
        handle -> {
          for (TaskStore.Task task : TaskStore.open(handle, null, 10)) {
            assertThat(service.tasks.claim(handle, task.id(), "tests").orElseThrow().accepted())
                .isTrue();
            service.tasks.done(handle, task.id(), "tests", "done", null);
          }
        });
  }

  private static Instant due(String contact) {
    return service.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select l.due_at from next_look l join contact_person cp using (person_id)"
                        + " where cp.contact_id = :contact")
                .bind("contact", contact)
                .mapTo(Instant.class)
                .one());
  }
}

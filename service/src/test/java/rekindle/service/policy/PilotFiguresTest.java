package rekindle.service.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.policy.PolicyStore.PAUL;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;
import rekindle.service.ids.TimeOrderedIds;

class PilotFiguresTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String TOUCH =
      """
      {"channels": {"email": {"allowed": true, "denials": []},
                    "sms": {"allowed": false, "denials": [{"code": "suppressed"}]}},
       "incentive": {"code": "fee_credit"}, "touch": {"channel": "email"}}
      """;
  private static final String WAIT =
      """
      {"channels": {"email": {"allowed": false, "denials": [{"code": "quiet_hours"}]}},
       "incentive": null, "touch": null}
      """;

  private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC());
  private PolicyStore store = new PolicyStore(DATABASE.jdbi());

  @BeforeEach
  void start() {
    store = new PolicyStore(DATABASE.jdbi());
    store.reset();
  }

  private void decided(String contact, String release, String verdict, String outcome) {
    store.jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into decision (id, contact_id, release_id, as_of, verdict, facts, outcome, salt, client)
                values (?, ?, ?, now(), ?, '{}', convert_to(?, 'UTF8'), '', 'x')
                """,
                ids.next(),
                contact,
                release,
                verdict,
                outcome));
  }

  @Test
  void figures_countTheLatestDecisionOfEachContactOnItsSide() {
    String id = store.approved("second");
    decided("c-0", "first", "touch", TOUCH);
    store.in(h -> store.trials.startPilot(h, id, List.of("p-1"), BigDecimal.ZERO, PAUL));
    store.jdbi.useHandle(h -> h.execute("update pilot set starts_at = clock_timestamp()"));
    decided("c-1", "second", "touch", TOUCH);
    decided("c-1", "second", "wait", WAIT);
    decided("c-2", "first", "touch", TOUCH);
    decided("c-3", "first", "wait", WAIT);
    Trial pilot = store.in(h -> store.trials.find(h, Trials.PILOT, id));
    JsonNode figures = store.in(h -> PilotFigures.of(h, pilot));
    assertThat(figures.at("/pilot/contacts").intValue()).isEqualTo(1);
    assertThat(figures.at("/pilot/verdict/wait").intValue()).isEqualTo(1);
    assertThat(figures.at("/pilot/denied/quiet_hours").intValue()).isEqualTo(1);
    assertThat(figures.at("/pilot/touch")).isEmpty();
    assertThat(figures.at("/others/contacts").intValue()).isEqualTo(2);
    assertThat(figures.at("/others/touch/email").intValue()).isEqualTo(1);
    assertThat(figures.at("/others/allowed/email").intValue()).isEqualTo(1);
    assertThat(figures.at("/others/denied/suppressed").intValue()).isEqualTo(1);
    assertThat(figures.at("/others/incentive/fee_credit").intValue()).isEqualTo(1);
  }

  @Test
  void share_ofPersons_isDrawnByTheirIdsAlone() {
    var group = new PilotGroup("1", "second", new BigDecimal("0.1"), java.util.Set.of("named"));
    long drawn = IntStream.range(0, 10_000).filter(i -> group.releaseFor("p-" + i) != null).count();
    assertThat(drawn).isBetween(900L, 1_100L);
    assertThat(group.releaseFor("named")).isEqualTo("second");
    var again = new PilotGroup("2", "second", new BigDecimal("0.2"), java.util.Set.of());
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> "p-" + i))
        .filteredOn(person -> group.releaseFor(person) != null)
        .allMatch(person -> again.releaseFor(person) != null);
  }
}

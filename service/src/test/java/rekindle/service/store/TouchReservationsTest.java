package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.facts.Channel;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.ScheduledTouches.Attempt;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;
import rekindle.service.store.TouchReservations.Reservation;

/** A touch is made once, whatever the clocks of processes say and however late results come. */
class TouchReservationsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  private static final Set<State> UNDER_WAY = Set.of(State.HANDING_OVER, State.IN_DOUBT);

  private Jdbi jdbi;

  @BeforeEach
  void person() {
    jdbi = DATABASE.jdbi();
    OnePerson.in(jdbi, "p", "c-1", "c-2");
  }

  private Map<String, Integer> reserve(String id, String contact, Instant at) {
    return jdbi.inTransaction(
        handle ->
            TouchReservations.reserve(
                handle,
                List.of(
                    new Reservation(
                        id,
                        contact,
                        "standard_five",
                        1,
                        Channel.EMAIL,
                        at,
                        "reserved",
                        UUID.randomUUID(),
                        State.HANDING_OVER,
                        "esp",
                        null,
                        Duration.ofMinutes(1),
                        null,
                        null,
                        null,
                        null))));
  }

  private List<String> release(String id, Integer attempt) {
    return jdbi.inTransaction(
        handle ->
            ScheduledTouches.releaseAttempts(
                handle, List.of(new Attempt(id, attempt)), UNDER_WAY, "not taken"));
  }

  private String state(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select state from touch where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
  }

  @Test
  void decision_byAClockBehindThatOfTheLastTouch_reservesNothing() {
    assertThat(reserve("t-1", "c-1", NOW)).containsExactly(Map.entry("t-1", 1));
    assertThat(reserve("t-2", "c-1", NOW.minusMillis(1))).isEmpty();
    assertThat(reserve("t-2", "c-2", NOW.minusMillis(1))).as("the same person").isEmpty();
    assertThat(reserve("t-2", "c-2", NOW.plusMillis(1))).containsKey("t-2");
  }

  @Test
  void touch_thatWasNotSent_isInNobodysWay() {
    reserve("t-1", "c-1", NOW);
    assertThat(release("t-1", 1)).containsExactly("c-1");
    assertThat(reserve("t-2", "c-1", NOW.minusMillis(1))).containsKey("t-2");
  }

  @Test
  void whatIsToldOfAnAttempt_doesNotMoveALaterOne() {
    reserve("t-1", "c-1", NOW);
    release("t-1", 1);
    assertThat(reserve("t-1", "c-1", NOW.plusSeconds(1))).containsEntry("t-1", 2);
    assertThat(release("t-1", 1)).isEmpty();
    assertThat(tell("t-1", 1)).isFalse();
    assertThat(state("t-1")).isEqualTo("handing_over");
    assertThat(tell("t-1", 2)).isTrue();
    assertThat(state("t-1")).isEqualTo("handed_over");
  }

  private boolean tell(String id, int attempt) {
    var told =
        new Told(
            id,
            attempt,
            "handed_over",
            State.HANDED_OVER,
            NOW,
            "status 202",
            NOW.plus(1, ChronoUnit.DAYS));
    return jdbi.inTransaction(handle -> ScheduledTouches.tell(handle, List.of(told)))
        .get(0)
        .counted();
  }
}

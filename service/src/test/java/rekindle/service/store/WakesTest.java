package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.NextLooks.Ended;
import rekindle.service.store.NextLooks.Last;

/** What is written while somebody is looked at is seen by another look at once. */
class WakesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String PERSON = "p-1";
  private static final String CONTACT = "c-1";

  private Jdbi jdbi;

  @BeforeEach
  void person() {
    jdbi = DATABASE.jdbi();
    OnePerson.in(jdbi, PERSON, CONTACT);
  }

  private Last last() {
    return Objects.requireNonNull(
        jdbi.withHandle(handle -> NextLooks.of(handle, List.of(PERSON))).get(PERSON));
  }

  private void end(Last seen, Instant dueAt) {
    jdbi.useHandle(
        handle ->
            NextLooks.end(
                handle,
                List.of(
                    new Ended(
                        PERSON,
                        seen.wakes(),
                        dueAt,
                        null,
                        CONTACT,
                        "wait",
                        List.of(),
                        null,
                        Instant.now()))));
  }

  private Instant due() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select due_at from next_look").mapTo(Instant.class).one());
  }

  @Test
  void lookThatNobodyOvertook_isFollowedWhenItSays() {
    jdbi.useHandle(handle -> Wakes.wake(handle, List.of(CONTACT)));
    Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
    end(last(), tomorrow);
    assertThat(due()).isEqualTo(tomorrow);
  }

  @Test
  void lookThatWasOvertaken_isFollowedAtOnce_whoeverWoke() {
    Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
    jdbi.useHandle(handle -> Wakes.wake(handle, List.of(CONTACT)));
    Last before = last();
    jdbi.useHandle(handle -> Wakes.wake(handle, List.of(CONTACT)));
    end(before, tomorrow);
    assertThat(due()).isBefore(Instant.now().plusSeconds(1));
    before = last();
    jdbi.useHandle(handle -> Wakes.wakePersons(handle, List.of(PERSON)));
    end(before, tomorrow);
    assertThat(due()).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void wakeAfterAWhile_comesNoLaterThanWhatIsDueBefore() {
    jdbi.useHandle(handle -> Wakes.wakeAfter(handle, Map.of(CONTACT, Duration.ofHours(1))));
    Instant inAnHour = due();
    assertThat(inAnHour).isAfter(Instant.now().plus(59, ChronoUnit.MINUTES));
    jdbi.useHandle(handle -> Wakes.wakeAfter(handle, Map.of(CONTACT, Duration.ofHours(2))));
    assertThat(due()).isEqualTo(inAnHour);
  }
}

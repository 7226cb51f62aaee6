package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the search for due looks begins, with looks that are seen late. */
class DueFromTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final TreeSet<Instant> looks = new TreeSet<>();
  private Duration passed = Duration.ZERO;
  private Duration reading = Duration.ZERO;
  private int readings;
  private final DueFrom from =
      new DueFrom(
          bound -> {
            readings++;
            after(reading);
            return Optional.ofNullable(looks.ceiling(bound));
          },
          () -> START.plus(passed),
          () -> passed.toNanos());

  @BeforeEach
  void twoLooks() {
    looks.add(START.minusSeconds(600));
    looks.add(START.minusSeconds(300));
  }

  private void after(Duration more) {
    passed = passed.plus(more);
  }

  private void after(long seconds) {
    after(Duration.ofSeconds(seconds));
  }

  @Test
  void first_isALittleBeforeTheEarliestLook() {
    assertThat(from.next()).isEqualTo(START.minusSeconds(600).minus(MARGIN));
  }

  @Test
  void next_goesOnWhereTheLastOneEnded_withoutReading() {
    from.next();
    from.ended(START.minusSeconds(300));
    assertThat(from.next()).isEqualTo(START.minusSeconds(300));
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void lookThatCommitsLate_isFoundWithinTwoSeconds() {
    from.next();
    from.ended(START.minusSeconds(300));
    looks.add(START.minusSeconds(400));
    after(2);
    assertThat(from.next()).isBefore(START.minusSeconds(400));
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void looksThatAreOver_areLeftBehind_withinFiveSeconds() {
    from.next();
    looks.clear();
    looks.add(START.minusSeconds(200));
    after(5);
    assertThat(from.next()).isEqualTo(START.minusSeconds(200).minus(MARGIN));
  }

  @Test
  void lookOfATransactionThatTookMinutes_isFoundAfterAMinute() {
    from.next();
    looks.clear();
    looks.add(START);
    after(5);
    from.next();
    looks.add(START.minusSeconds(500));
    after(54);
    assertThat(from.next()).isAfter(START.minusSeconds(500));
    after(1);
    assertThat(from.next()).isBefore(START.minusSeconds(500));
  }

  @Test
  void nobodyLeft_beginsALittleBeforeNow_forThoseWhoseCommitIsUnderWay() {
    looks.clear();
    assertThat(from.next()).isEqualTo(START.minus(MARGIN));
  }

  @Test
  void nobodyDueYet_beginsALittleBeforeNow() {
    looks.clear();
    looks.add(START.plusSeconds(3600));
    assertThat(from.next()).isEqualTo(START.minus(MARGIN));
  }

  @Test
  void forgotten_readsAllAgain() {
    from.next();
    looks.add(START.minusSeconds(9000));
    from.forget();
    assertThat(from.next()).isEqualTo(START.minusSeconds(9000).minus(MARGIN));
  }

  @Test
  void slowReadingOfAll_isRepeatedLessOften() {
    reading = Duration.ofSeconds(6);
    from.next();
    looks.add(START.minusSeconds(9000));
    reading = Duration.ZERO;
    after(113);
    assertThat(from.next()).isAfter(START.minusSeconds(9000));
    after(1);
    assertThat(from.next()).isBefore(START.minusSeconds(9000));
  }
}

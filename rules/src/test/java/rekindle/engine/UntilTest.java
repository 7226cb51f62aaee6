package rekindle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.KnownFacts;
import rekindle.testing.RandomFacts;

/** What a decision says of the future comes true while nothing new becomes known. */
class UntilTest {
  private static final int PEOPLE = Integer.getInteger("rekindle.people", 2_000);

  /** Waits of which every minute is tried; of the others, minutes evenly spread. */
  private static final int MINUTES_MAX = Integer.getInteger("rekindle.minutes", 60);

  private static Instant asOf(int seed) {
    return Instant.parse("2026-03-02T00:00:00Z").plus(Duration.ofMinutes(37L * seed));
  }

  /** Facts of which nothing lies ahead: only time passes. */
  private static ContactFacts people(int seed) {
    return KnownFacts.at(RandomFacts.of(seed, asOf(seed)), asOf(seed));
  }

  @Test
  void denial_withAnEnd_standsOneSecondBeforeAndIsGoneThen() {
    int tried = 0;
    for (int seed = 0; seed < PEOPLE; seed++) {
      ContactFacts facts = people(seed);
      Decision now = ShippedEngine.get().decide(facts, asOf(seed));
      for (Map.Entry<Channel, ChannelAnswer> entry : now.channels().entrySet()) {
        for (Denial denial : entry.getValue().denials()) {
          Instant until = denial.until();
          if (until != null) {
            tried++;
            assertThat(stands(facts, until.minusSeconds(1), entry.getKey(), denial))
                .as("seed %s: %s %s one second before", seed, entry.getKey(), denial)
                .isTrue();
            assertThat(stands(facts, until, entry.getKey(), denial))
                .as("seed %s: %s %s at its end", seed, entry.getKey(), denial)
                .isFalse();
          }
        }
      }
    }
    assertThat(tried).isPositive();
  }

  @Test
  void wait_untilItsRecheck_noMinuteHasATouch() {
    int tried = 0;
    for (int seed = 0; seed < PEOPLE; seed++) {
      ContactFacts facts = people(seed);
      Decision now = ShippedEngine.get().decide(facts, asOf(seed));
      Instant recheckAt = now.recheckAt();
      if (now.verdict() == Verdict.WAIT && recheckAt != null) {
        tried++;
        long minutes = Duration.between(asOf(seed), recheckAt).toMinutes();
        long step = Math.max(1, minutes / MINUTES_MAX);
        for (Instant at = asOf(seed);
            at.isBefore(recheckAt);
            at = at.plus(Duration.ofMinutes(step))) {
          assertThat(ShippedEngine.get().decide(facts, at).verdict())
              .as("seed %s at %s, before %s", seed, at, recheckAt)
              .isNotEqualTo(Verdict.TOUCH);
        }
      }
    }
    assertThat(tried).isPositive();
  }

  /**
   * Quiet hours and a closed day are one denial, which changes its name at midnight and its row
   * where several rows hold: it ends when all are open.
   */
  private static boolean stands(ContactFacts facts, Instant at, Channel channel, Denial denial) {
    ChannelAnswer answer = ShippedEngine.get().decide(facts, at).channels().get(channel);
    return answer != null
        && answer.denials().stream()
            .filter(d -> kind(d.code()).equals(kind(denial.code())))
            .anyMatch(d -> kind(d.code()).equals("quiet_hours") || d.row().equals(denial.row()));
  }

  private static String kind(String code) {
    return code.equals("closed_day") ? "quiet_hours" : code;
  }
}

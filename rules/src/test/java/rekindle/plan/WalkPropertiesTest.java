package rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision.Verdict;
import rekindle.engine.ShippedEngine;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.KnownFacts;
import rekindle.facts.Touches;
import rekindle.plan.AssumedResponse.At;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.ContactCalendar.Ending;
import rekindle.testing.RandomFacts;

/**
 * What holds for every walk on the shipped tables, whoever the person is. {@code -Drekindle.people}
 * walks for more of them; a failure names its seed.
 */
class WalkPropertiesTest {
  private static final int PEOPLE = Integer.getInteger("rekindle.people", 400);
  private static final Instant FROM = RandomFacts.AS_OF;
  private static final int DAYS = 120;
  private static final Duration SPACING = Duration.ofHours(48);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int TOUCHES_A_WEEK_MAX = 2;

  private static final List<String> KINDS =
      List.of("opt_out", "opt_out", "click", "reply", "open", "purchase", "login", "complaint");
  private static final List<String> DISPOSITIONS =
      List.of("positive", "negative", "neutral", "automatic");

  /** Facts of which nothing lies ahead: what is to come is assumed. */
  private static ContactFacts facts(long seed) {
    return KnownFacts.at(RandomFacts.of(seed), FROM);
  }

  private static Assumptions assumptions(long seed) {
    var random = new SplittableRandom(seed);
    var responses = new ArrayList<AssumedResponse>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var at = new At(FROM.plus(Duration.ofHours(random.nextInt(24 * DAYS))));
      responses.add(
          new AssumedResponse(
              at, of(KINDS, random), of(DISPOSITIONS, random), of(Channel.ALL, random)));
    }
    return new Assumptions(FROM, DAYS, responses);
  }

  private static <T> T of(List<T> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  private static ContactCalendar walk(long seed) {
    return Walk.of(ShippedEngine.get(), facts(seed), assumptions(seed));
  }

  private static Stream<Decided> taken(ContactCalendar calendar) {
    return calendar.entries().stream()
        .filter(Decided.class::isInstance)
        .map(Decided.class::cast)
        .filter(entry -> entry.decision().verdict() == Verdict.TOUCH);
  }

  @Test
  void touches_ofAnyone_keepSpacingAndWeeklyCap() {
    int tried = 0;
    for (long seed = 0; seed < PEOPLE; seed++) {
      List<Instant> walked = taken(walk(seed)).map(Decided::at).toList();
      var all =
          new ArrayList<>(
              facts(seed).touches().stream()
                  .filter(Touches::countsForCaps)
                  .map(Touch::at)
                  .toList());
      all.addAll(walked);
      all.sort(Comparator.naturalOrder());
      for (Instant at : walked) {
        tried++;
        assertThat(all.stream().filter(one -> isWithin(one, at, SPACING)))
            .as("seed %s: touches in the 48 hours up to %s", seed, at)
            .hasSize(1);
        assertThat(all.stream().filter(one -> isWithin(one, at, WEEK)).count())
            .as("seed %s: touches in the week up to %s", seed, at)
            .isLessThanOrEqualTo(TOUCHES_A_WEEK_MAX);
      }
    }
    assertThat(tried).isGreaterThan(PEOPLE / 2);
  }

  private static boolean isWithin(Instant one, Instant end, Duration span) {
    return one.isAfter(end.minus(span)) && !one.isAfter(end);
  }

  @Test
  void touches_afterAnAssumedOptOut_comeNeverOnItsChannel() {
    int tried = 0;
    for (long seed = 0; seed < PEOPLE; seed++) {
      ContactCalendar calendar = walk(seed);
      for (ContactFacts.Response no : calendar.assumedResponses()) {
        if (no.kind().equals("opt_out") && !"automatic".equals(no.disposition())) {
          tried++;
          Channel channel = Objects.requireNonNull(no.channel());
          assertThat(taken(calendar).filter(entry -> entry.at().isAfter(no.at())))
              .as("seed %s: touches after %s", seed, no)
              .noneMatch(
                  entry -> Objects.requireNonNull(entry.decision().touch()).channel() == channel);
        }
      }
    }
    assertThat(tried).isPositive();
  }

  @Test
  void walk_ofAnyone_comesToAnEndThatItCanTell() {
    for (long seed = 0; seed < PEOPLE; seed++) {
      ContactCalendar calendar = walk(seed);
      assertThat(calendar.ending())
          .as("seed %s: %s", seed, CalendarText.of(calendar))
          .isIn(Ending.SPAN_OVER, Ending.NOTHING_AHEAD);
      assertThat(calendar.entries())
          .as("seed %s", seed)
          .isSortedAccordingTo(Comparator.comparing(CalendarEntry::at))
          .allMatch(entry -> !entry.at().isBefore(FROM))
          .allMatch(entry -> entry.at().isBefore(calendar.assumptions().until()));
    }
  }

  @Test
  void walk_ofFactsThatPartlyLieAhead_comesToAnEndThatItCanTell() {
    for (long seed = 0; seed < PEOPLE; seed++) {
      ContactCalendar calendar =
          Walk.of(ShippedEngine.get(), RandomFacts.of(seed), assumptions(seed));
      assertThat(calendar.ending())
          .as("seed %s: %s", seed, CalendarText.of(calendar))
          .isIn(Ending.SPAN_OVER, Ending.NOTHING_AHEAD);
    }
  }

  @Test
  void walk_takenTwice_givesTheSameBytes() {
    for (long seed = 0; seed < 30; seed++) {
      assertThat(CalendarWriter.write(walk(seed)))
          .as("seed %s", seed)
          .isEqualTo(CalendarWriter.write(walk(seed)));
    }
  }
}

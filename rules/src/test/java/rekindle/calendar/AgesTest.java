package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  private static final List<ZoneTransitions> OHIO = FrozenZones.zones("America/New_York");

  @ParameterizedTest(name = "worked case {0}: {1} and {2} months, at {3}: within {4}")
  @CsvSource({
    "2,  2025-06-23T16:00:00Z, 18, 2026-11-23T15:00:00Z, true",
    "2,  2025-06-23T16:00:00Z, 18, 2026-12-23T04:59:59.999Z, true",
    "2,  2025-06-23T16:00:00Z, 18, 2026-12-23T05:00:00Z, false",
    "4,  2025-05-24T16:00:00Z, 18, 2026-11-23T15:00:00Z, true",
    "4,  2025-05-24T16:00:00Z, 18, 2026-11-24T15:00:00Z, false",
    "6,  2026-08-22T16:00:00Z, 3,  2026-11-20T15:00:00Z, true",
    "6,  2026-08-22T16:00:00Z, 3,  2026-11-23T15:00:00Z, false",
    "30, 2024-11-24T16:00:00Z, 24, 2026-11-23T15:00:00Z, true",
    "30, 2024-11-24T16:00:00Z, 24, 2026-11-24T15:00:00Z, false"
  })
  void isWithin_workedCase_endsTheDayBeforeTheAnniversary(
      String workedCase, Instant event, int months, Instant asOf, boolean within) {
    assertThat(Ages.isWithin(event, months, asOf, OHIO)).isEqualTo(within);
  }

  @ParameterizedTest(name = "{0} and {1} months is {2}")
  @CsvSource({
    "2025-08-31, 6,  2026-02-28",
    "2023-08-31, 6,  2024-02-29",
    "2024-02-29, 24, 2026-02-28",
    "2024-02-29, 48, 2028-02-29",
    "2025-01-31, 1,  2025-02-28",
    "2025-12-31, 2,  2026-02-28",
    "2026-03-15, 0,  2026-03-15"
  })
  void withinEnds_monthOfAnotherLength_isClampedToItsEnd(
      LocalDate event, int months, LocalDate anniversary) {
    Instant noon = OHIO.get(0).instantOf(event, 720);
    assertThat(Ages.withinEnds(noon, months, OHIO)).isEqualTo(OHIO.get(0).startOfDay(anniversary));
    Instant start = OHIO.get(0).startOfDay(anniversary);
    assertThat(Ages.monthsSince(noon, start, OHIO)).isEqualTo(months);
    assertThat(Ages.monthsSince(noon, start.minusMillis(1), OHIO)).isEqualTo(months - 1);
  }

  @Test
  void monthsSince_severalZones_countsFromTheEarliestToTheLatestDate() {
    var zones = FrozenZones.zones("America/Los_Angeles", "Asia/Tokyo");
    Instant event = Instant.parse("2026-01-15T03:00:00Z");
    assertThat(Ages.withinEnds(event, 1, zones)).isEqualTo("2026-02-13T15:00:00Z");
    assertThat(Ages.monthsSince(event, Instant.parse("2026-02-13T14:59:59.999Z"), zones)).isZero();
    assertThat(Ages.monthsSince(event, Instant.parse("2026-02-13T15:00:00Z"), zones)).isEqualTo(1);
  }

  @Test
  void monthsSince_everywhere_isNeverLessThanAnyZoneSays() {
    var random = new Random(21);
    for (int i = 0; i < 2_000; i++) {
      String zone = LocalTimeOracle.zone(random);
      Instant event = LocalTimeOracle.instant(random, zone);
      Instant asOf = event.plusSeconds(random.nextInt(100_000_000));
      assertThat(Ages.monthsSince(event, asOf, ZoneTable.EVERYWHERE))
          .isGreaterThanOrEqualTo(Ages.monthsSince(event, asOf, List.of(FrozenZones.zone(zone))));
    }
  }

  @Test
  void monthsSince_eventAhead_isNegative() {
    Instant asOf = Instant.parse("2026-03-10T15:00:00Z");
    assertThat(Ages.monthsSince(asOf.plusSeconds(86_400), asOf, OHIO)).isEqualTo(-1);
  }

  @Test
  void monthsSince_noZone_isRefused() {
    assertThatThrownBy(() -> Ages.monthsSince(Instant.EPOCH, Instant.EPOCH, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a zone");
  }

  @Test
  void ages_manyCases_agreeWithJavaTime() {
    for (int seed = 0; seed < 10_000; seed++) {
      var random = new Random(seed);
      List<String> names =
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(n -> LocalTimeOracle.zone(random))
              .toList();
      Instant event = LocalTimeOracle.instant(random, names.get(0));
      int months = random.nextInt(40);
      var zones = names.stream().map(FrozenZones::zone).toList();
      Instant end = Ages.withinEnds(event, months, zones);
      String what = "seed %d: %s and %d months in %s".formatted(seed, event, months, names);
      assertThat(naiveMonths(event, end, names)).as(what).isGreaterThanOrEqualTo(months);
      assertThat(naiveMonths(event, end.minusMillis(1), names)).as(what).isLessThan(months);
      Instant asOf = end.plusSeconds(random.nextInt(-9_000_000, 9_000_000));
      if (!asOf.isBefore(event)) {
        assertThat(Ages.monthsSince(event, asOf, zones))
            .as(what + " at " + asOf)
            .isEqualTo(naiveMonths(event, asOf, names));
      }
    }
  }

  private static int naiveMonths(Instant event, Instant asOf, List<String> zones) {
    LocalDate then =
        zones.stream()
            .map(z -> event.atZone(ZoneId.of(z)).toLocalDate())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    LocalDate now =
        zones.stream()
            .map(z -> asOf.atZone(ZoneId.of(z)).toLocalDate())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    int months = -1;
    while (!then.plusMonths(months + 1).isAfter(now)) {
      months++;
    }
    return months;
  }
}

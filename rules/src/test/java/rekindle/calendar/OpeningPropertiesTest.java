package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Openings against a search minute for minute by java.time. */
class OpeningPropertiesTest {
  private static final int CASES = 1_000;
  private static final int DAYS = 4;

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(ints = {0, 10_000, 20_000, 30_000})
  void opening_randomRowsAndZones_agreesWithASearchMinuteForMinute(int firstSeed) {
    for (int seed = firstSeed; seed < firstSeed + CASES; seed++) {
      var random = new Random(seed);
      var rows = new ArrayList<LocalTimeOracle.Row>();
      var places = new ArrayList<Opening.Place>();
      String firstZone = LocalTimeOracle.zone(random);
      Instant at = LocalTimeOracle.instant(random, firstZone);
      Set<LocalDate> holidays = holidays(random, at);
      List<List<String>> zones = zones(random, firstZone);
      for (List<String> own : zones) {
        var week = week(random);
        var schedule = HoursSchedule.of("row", week, DateSet.of(holidays));
        Predicate<Instant> dates = instant -> true;
        if (random.nextInt(3) == 0) {
          LocalDate from = random.nextBoolean() ? around(random, at) : null;
          LocalDate to = random.nextBoolean() ? (from == null ? around(random, at) : from) : null;
          schedule = schedule.between(from, to);
          dates = dates(from, to, zones);
        }
        places.add(new Opening.Place(schedule, own.stream().map(FrozenZones::zone).toList()));
        rows.add(
            new LocalTimeOracle.Row(
                own.stream().map(ZoneId::of).toList(), week, holidays::contains, dates));
      }
      String what = "seed %d: %s at %s".formatted(seed, rows, at);
      check(what, Opening.of(places), rows, at);
    }
  }

  private static void check(
      String what, Opening opening, List<LocalTimeOracle.Row> rows, Instant at) {
    assertThat(opening.isOpen(at)).as(what).isEqualTo(LocalTimeOracle.isOpen(rows, at));
    assertThat(opening.shutAt(at).isEmpty()).as(what).isEqualTo(opening.isOpen(at));
    Optional<Instant> open = LocalTimeOracle.firstOpen(rows, at, DAYS);
    assertThat(opening.firstOpen(at, DAYS)).as(what).isEqualTo(open);
    Optional<Instant> close = LocalTimeOracle.nextClose(rows, at, DAYS);
    Optional<Instant> found =
        opening.nextClose(at).filter(c -> !c.isAfter(at.plusSeconds(DAYS * 86_400L)));
    assertThat(found).as(what).isEqualTo(close);
    assertThat(opening.shutAt(at).stream().anyMatch(Opening.Shut::closedDay))
        .as(what)
        .isEqualTo(rows.stream().anyMatch(row -> row.hasClosedDay(at)));
  }

  private static List<List<String>> zones(Random random, String firstZone) {
    var all = new ArrayList<List<String>>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var zones = new ArrayList<String>();
      zones.add(random.nextInt(3) == 0 ? LocalTimeOracle.zone(random) : firstZone);
      if (random.nextBoolean()) {
        zones.add(LocalTimeOracle.zone(random));
      }
      all.add(zones);
    }
    return all;
  }

  /** Reached in any zone, and not past in all of them. */
  private static Predicate<Instant> dates(
      @Nullable LocalDate from, @Nullable LocalDate to, List<List<String>> zones) {
    var ids = zones.stream().flatMap(List::stream).map(ZoneId::of).toList();
    return instant ->
        (from == null
                || ids.stream().anyMatch(z -> !instant.atZone(z).toLocalDate().isBefore(from)))
            && (to == null
                || ids.stream().anyMatch(z -> !instant.atZone(z).toLocalDate().isAfter(to)));
  }

  private static LocalDate around(Random random, Instant at) {
    return at.atZone(ZoneId.of("UTC")).toLocalDate().plusDays(random.nextInt(-2, 5));
  }

  private static Set<LocalDate> holidays(Random random, Instant at) {
    var dates = new HashSet<LocalDate>();
    for (int i = random.nextInt(4); i > 0; i--) {
      dates.add(around(random, at));
    }
    return dates;
  }

  private static HoursSchedule.Week week(Random random) {
    return new HoursSchedule.Week(
        hours(random), hours(random), hours(random), maybe(random), maybe(random));
  }

  private static @Nullable DayHours maybe(Random random) {
    return random.nextInt(3) == 0 ? hours(random) : null;
  }

  private static DayHours hours(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> DayHours.CLOSED;
      case 1 -> DayHours.ALL_DAY;
      case 2 -> new DayHours(random.nextInt(1440), 1440);
      case 3 -> new DayHours(0, 1 + random.nextInt(1440));
      default -> {
        int from = random.nextInt(1440);
        yield new DayHours(from, from + 1 + random.nextInt(1440 - from));
      }
    };
  }
}

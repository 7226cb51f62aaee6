package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Local time the slow and plain way, by java.time, minute for minute. */
final class LocalTimeOracle {
  /** Zones whose clocks do something that trips programs up, between 2000 and 2050. */
  static final List<String> ZONES =
      List.of(
          "America/New_York",
          "America/Los_Angeles",
          "America/Phoenix",
          "America/St_Johns",
          "America/Havana",
          "America/Asuncion",
          "America/Santiago",
          "America/Caracas",
          "Europe/London",
          "Europe/Dublin",
          "Africa/Casablanca",
          "Africa/Cairo",
          "Asia/Beirut",
          "Asia/Gaza",
          "Asia/Tehran",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Asia/Pyongyang",
          "Australia/Sydney",
          "Australia/Lord_Howe",
          "Antarctica/Troll",
          "Pacific/Chatham",
          "Pacific/Apia",
          "Pacific/Kiritimati",
          "Pacific/Honolulu");

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final long SPAN_MS = 46L * 365 * 86_400_000;

  private LocalTimeOracle() {}

  /**
   * One row of hours on the clocks of several zones.
   *
   * @param dates whether the row holds on the local dates of an instant
   */
  record Row(
      List<ZoneId> zones,
      HoursSchedule.Week week,
      Predicate<LocalDate> holidays,
      Predicate<Instant> dates) {

    boolean isOpen(Instant instant) {
      return !dates.test(instant) || opens(instant);
    }

    private boolean opens(Instant instant) {
      return zones.stream().allMatch(zone -> isOpen(LocalDateTime.ofInstant(instant, zone)));
    }

    boolean hasClosedDay(Instant instant) {
      return dates.test(instant) && hasEmptyDay(instant);
    }

    private boolean hasEmptyDay(Instant instant) {
      return zones.stream()
          .map(zone -> LocalDateTime.ofInstant(instant, zone).toLocalDate().atStartOfDay())
          .anyMatch(start -> IntStream.range(0, 1440).noneMatch(m -> isOpen(start.plusMinutes(m))));
    }

    private boolean isOpen(LocalDateTime local) {
      int minute = local.getHour() * 60 + local.getMinute();
      DayHours day =
          switch (local.getDayOfWeek()) {
            case SATURDAY -> week.saturday();
            case SUNDAY -> week.sunday();
            default -> week.weekday();
          };
      DayHours feast = holidays.test(local.toLocalDate()) ? week.holiday() : null;
      DayHours pause = week.pause();
      return has(day, minute)
          && (feast == null || has(feast, minute))
          && (pause == null || !has(pause, minute));
    }

    private static boolean has(DayHours hours, int minute) {
      return hours.fromMinute() <= minute && minute < hours.toMinute();
    }
  }

  static boolean isOpen(List<Row> rows, Instant instant) {
    return rows.stream().allMatch(row -> row.isOpen(instant));
  }

  static Optional<Instant> firstOpen(List<Row> rows, Instant instant, int days) {
    if (isOpen(rows, instant)) {
      return Optional.of(instant);
    }
    Instant last = instant.plus(days * 24L, ChronoUnit.HOURS);
    for (Instant at = nextMinute(instant); !at.isAfter(last); at = at.plusSeconds(60)) {
      if (isOpen(rows, at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  static Optional<Instant> nextClose(List<Row> rows, Instant instant, int days) {
    Instant last = instant.plus(days * 24L, ChronoUnit.HOURS);
    for (Instant at = nextMinute(instant); !at.isAfter(last); at = at.plusSeconds(60)) {
      Instant now = at;
      Instant before = at.minusMillis(1);
      if (rows.stream().anyMatch(row -> closes(row, before, now))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean closes(Row row, Instant before, Instant now) {
    return row.zones().stream()
        .anyMatch(
            zone -> {
              var one = new Row(List.of(zone), row.week(), row.holidays(), row.dates());
              return one.isOpen(before) && !one.isOpen(now);
            });
  }

  /** From 2000 to 2045; half of them within two days of a change of the zone's offset. */
  static Instant instant(Random random, String zone) {
    Instant any = FIRST.plusMillis((long) (random.nextDouble() * SPAN_MS));
    var change = ZoneId.of(zone).getRules().nextTransition(any);
    return random.nextBoolean()
            || change == null
            || change.getInstant().isAfter(FIRST.plusMillis(SPAN_MS))
        ? any
        : change.getInstant().plusMillis(random.nextLong(-172_800_000L, 172_800_000L));
  }

  static String zone(Random random) {
    return ZONES.get(random.nextInt(ZONES.size()));
  }

  private static Instant nextMinute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
  }
}

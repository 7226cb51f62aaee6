package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Ages in months: from the earliest local date of an event to the latest local date of the present,
 * over all candidate zones, with the anniversary clamped to the end of its month (31 August and six
 * months is 28 or 29 February). An event is within N months until the day before the anniversary.
 */
public final class Ages {
  private Ages() {}

  /**
   * Whole months that have passed; negative if the event lies ahead.
   *
   * @param zones all candidate zones, at least one
   */
  public static int monthsSince(Instant event, Instant asOf, List<ZoneTransitions> zones) {
    LocalDate then = earliestDate(event, zones);
    LocalDate now = latestDate(asOf, zones);
    int months = (now.getYear() - then.getYear()) * 12 + now.getMonthValue() - then.getMonthValue();
    return then.plusMonths(months).isAfter(now) ? months - 1 : months;
  }

  /** Whether fewer than that many months have passed. */
  public static boolean isWithin(
      Instant event, long months, Instant asOf, List<ZoneTransitions> zones) {
    return monthsSince(event, asOf, zones) < months;
  }

  /** The first instant at which the event is not within that many months any more. */
  public static Instant withinEnds(Instant event, long months, List<ZoneTransitions> zones) {
    LocalDate anniversary = earliestDate(event, zones).plusMonths(months);
    Instant first = zones.get(0).startOfDay(anniversary);
    for (var zone : zones) {
      Instant start = zone.startOfDay(anniversary);
      first = start.isBefore(first) ? start : first;
    }
    return first;
  }

  private static LocalDate earliestDate(Instant instant, List<ZoneTransitions> zones) {
    requireZones(zones);
    LocalDate earliest = zones.get(0).localDate(instant);
    for (var zone : zones) {
      LocalDate date = zone.localDate(instant);
      earliest = date.isBefore(earliest) ? date : earliest;
    }
    return earliest;
  }

  private static LocalDate latestDate(Instant instant, List<ZoneTransitions> zones) {
    LocalDate latest = zones.get(0).localDate(instant);
    for (var zone : zones) {
      LocalDate date = zone.localDate(instant);
      latest = date.isAfter(latest) ? date : latest;
    }
    return latest;
  }

  private static void requireZones(List<ZoneTransitions> zones) {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException(
          "An age in months needs a zone; without any, ZoneTable.EVERYWHERE is the strictest");
    }
  }
}

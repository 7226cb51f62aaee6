package rekindle.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The public holidays of a release, by calendar. */
public final class Holidays {
  /**
   * One holiday on one date.
   *
   * @param calendar code of the calendar, such as {@code US}
   * @param name what people call it
   */
  public record Holiday(String calendar, LocalDate date, String name) {}

  private final SortedMap<String, DateSet> calendars;

  private Holidays(SortedMap<String, DateSet> calendars) {
    this.calendars = Collections.unmodifiableSortedMap(calendars);
  }

  public static Holidays of(Collection<Holiday> holidays) {
    var dates = new TreeMap<String, Collection<LocalDate>>();
    for (var holiday : holidays) {
      dates.computeIfAbsent(holiday.calendar(), c -> new ArrayList<>()).add(holiday.date());
    }
    var calendars = new TreeMap<String, DateSet>();
    dates.forEach((calendar, days) -> calendars.put(calendar, DateSet.of(days)));
    return new Holidays(calendars);
  }

  /** The calendars that have at least one date. */
  public SortedSet<String> calendars() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(calendars.keySet()));
  }

  /**
   * The dates of one calendar.
   *
   * @throws IllegalArgumentException if there is no such calendar: no holidays would be a lax
   *     answer
   */
  public DateSet dates(String calendar) {
    var dates = calendars.get(calendar);
    if (dates == null) {
      throw new IllegalArgumentException(
          "There is no calendar \"" + calendar + "\"; known are " + calendars.keySet());
    }
    return dates;
  }
}

package rekindle.calendar;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hours that one row permits, in local time.
 *
 * <p>On a holiday with hours of its own, the hours of its weekday hold as well: a holiday may
 * shorten a Sunday, never open it. Before {@code from} and after {@code to} the row says nothing,
 * so every time is open to it.
 */
public final class HoursSchedule {
  /**
   * Hours by kind of day.
   *
   * @param weekday Monday to Friday
   * @param holiday public holidays; null where they are days like any other
   * @param pause closed time within each day; null for none
   */
  public record Week(
      DayHours weekday,
      DayHours saturday,
      DayHours sunday,
      @Nullable DayHours holiday,
      @Nullable DayHours pause) {

    /** The same hours on every day of the year. */
    public static Week daily(DayHours hours) {
      return new Week(hours, hours, hours, null, null);
    }
  }

  private static final int HOLIDAY = 3;

  private final String id;
  private final Week week;
  private final DateSet holidays;
  private final @Nullable LocalDate from;
  private final @Nullable LocalDate to;

  /**
   * For Monday to Friday, Saturday, Sunday, then the same on holidays: open seconds of the day,
   * from and to by turns, rising.
   */
  private final int[][] open;

  private HoursSchedule(
      String id, Week week, DateSet holidays, @Nullable LocalDate from, @Nullable LocalDate to) {
    this.id = id;
    this.week = week;
    this.holidays = week.holiday() == null ? DateSet.NONE : holidays;
    this.from = from;
    this.to = to;
    this.open =
        IntStream.range(0, 2 * HOLIDAY)
            .mapToObj(kind -> openSeconds(week, kind))
            .toArray(int[][]::new);
  }

  /**
   * The hours of a row that holds at all times.
   *
   * @param id the row's own id
   * @param holidays the local dates that count as public holidays
   */
  public static HoursSchedule of(String id, Week week, DateSet holidays) {
    return new HoursSchedule(id, week, holidays, null, null);
  }

  /** The same hours, but only on local dates from the first to the last; null is no limit. */
  public HoursSchedule between(@Nullable LocalDate first, @Nullable LocalDate last) {
    if (first != null && last != null && last.isBefore(first)) {
      throw new IllegalArgumentException(id + " would end on " + last + ", before " + first);
    }
    return new HoursSchedule(id, week, holidays, first, last);
  }

  /** The row's own id. */
  public String id() {
    return id;
  }

  /** First local date on which the row holds; null where it always has. */
  public @Nullable LocalDate from() {
    return from;
  }

  /** Last local date on which the row holds; null where it has no end. */
  public @Nullable LocalDate to() {
    return to;
  }

  /** Whether the row permits every time of every day, so that nobody need ask it. */
  public boolean isAlwaysOpen() {
    for (int[] seconds : open) {
      if (seconds.length != 2 || seconds[0] != 0 || seconds[1] != ZoneTransitions.DAY_SECONDS) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return id + " " + week;
  }

  /** Open seconds of the local day, from and to by turns, rising. */
  int[] openSeconds(long epochDay) {
    // Day 0 was a Thursday.
    int weekday = (int) Math.floorMod(epochDay + 3, 7L);
    int kind = Math.max(weekday - 4, 0);
    return open[holidays.contains(epochDay) ? kind + HOLIDAY : kind];
  }

  private static int[] openSeconds(Week week, int kind) {
    DayHours day =
        switch (kind % HOLIDAY) {
          case 0 -> week.weekday();
          case 1 -> week.saturday();
          default -> week.sunday();
        };
    DayHours holiday = week.holiday();
    if (kind >= HOLIDAY && holiday != null) {
      day = day.and(holiday);
    }
    DayHours pause = week.pause();
    if (pause == null || pause.isClosed()) {
      return seconds(day.fromMinute(), day.toMinute());
    }
    int[] before = seconds(day.fromMinute(), Math.min(day.toMinute(), pause.fromMinute()));
    int[] after = seconds(Math.max(day.fromMinute(), pause.toMinute()), day.toMinute());
    return IntStream.concat(IntStream.of(before), IntStream.of(after)).toArray();
  }

  private static int[] seconds(int fromMinute, int toMinute) {
    return fromMinute < toMinute ? new int[] {fromMinute * 60, toMinute * 60} : new int[0];
  }
}

package rekindle.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Counts days on which business is done: Monday to Friday, holidays left out. */
public final class BusinessDays {
  private BusinessDays() {}

  /**
   * The business day that is so many after a date, which itself counts as day 0 whatever day it is.
   *
   * @param holidays dates that are skipped; {@link DateSet#NONE} for a count that skips none
   */
  public static LocalDate after(LocalDate dayZero, long count, DateSet holidays) {
    LocalDate day = dayZero;
    long counted = 0;
    while (counted < count) {
      day = day.plusDays(1);
      if (isBusinessDay(day) && !holidays.contains(day)) {
        counted++;
      }
    }
    return day;
  }

  private static boolean isBusinessDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }
}

package rekindle.compliance;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The public holidays of the places that the questions name. */
final class Holidays {
  private static final Map<String, Set<LocalDate>> SEEN = new ConcurrentHashMap<>();

  private Holidays() {}

  static boolean on(String place, LocalDate date) {
    return SEEN.computeIfAbsent(place + date.getYear(), key -> year(place, date.getYear()))
        .contains(date);
  }

  private static Set<LocalDate> year(String place, int year) {
    return switch (Places.country(place)) {
      case "US" -> unitedStates(year);
      case "FR", "RE" -> france(year);
      case "DE" -> germany(year);
      case "GB" -> britain(year);
      case "AU" -> australia(year);
      case "CA" -> canada(year);
      case "AT" -> austria(year);
      case "ES" -> spain(year);
      case "IT" -> italy(year);
      case "IE" -> ireland(year);
      case "NL" -> netherlands(year);
      default -> Set.of();
    };
  }

  /** 5 USC 6103: on the day, and where it is observed instead. */
  private static Set<LocalDate> unitedStates(int year) {
    var days = new HashSet<LocalDate>();
    for (LocalDate fixed :
        Set.of(
            LocalDate.of(year, 1, 1),
            LocalDate.of(year + 1, 1, 1),
            LocalDate.of(year, 6, 19),
            LocalDate.of(year, 7, 4),
            LocalDate.of(year, 11, 11),
            LocalDate.of(year, 12, 25))) {
      days.add(fixed);
      days.add(
          switch (fixed.getDayOfWeek()) {
            case SATURDAY -> fixed.minusDays(1);
            case SUNDAY -> fixed.plusDays(1);
            default -> fixed;
          });
    }
    days.add(monday(year, Month.JANUARY, 3));
    days.add(monday(year, Month.FEBRUARY, 3));
    days.add(lastMonday(year, Month.MAY));
    days.add(monday(year, Month.SEPTEMBER, 1));
    days.add(monday(year, Month.OCTOBER, 2));
    days.add(
        LocalDate.of(year, 11, 1).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)));
    return days;
  }

  private static Set<LocalDate> france(int year) {
    LocalDate easter = easter(year);
    return Set.of(
        LocalDate.of(year, 1, 1),
        easter.plusDays(1),
        LocalDate.of(year, 5, 1),
        LocalDate.of(year, 5, 8),
        easter.plusDays(39),
        easter.plusDays(50),
        LocalDate.of(year, 7, 14),
        LocalDate.of(year, 8, 15),
        LocalDate.of(year, 11, 1),
        LocalDate.of(year, 11, 11),
        LocalDate.of(year, 12, 25));
  }

  private static Set<LocalDate> germany(int year) {
    LocalDate easter = easter(year);
    return Set.of(
        LocalDate.of(year, 1, 1),
        easter.minusDays(2),
        easter.plusDays(1),
        LocalDate.of(year, 5, 1),
        easter.plusDays(39),
        easter.plusDays(50),
        LocalDate.of(year, 10, 3),
        LocalDate.of(year, 12, 25),
        LocalDate.of(year, 12, 26));
  }

  /** The bank holidays of all parts of the country: nobody knows in which one a person lives. */
  private static Set<LocalDate> britain(int year) {
    LocalDate easter = easter(year);
    var days = new HashSet<LocalDate>();
    days.add(easter.minusDays(2));
    days.add(easter.plusDays(1));
    days.add(monday(year, Month.MAY, 1));
    days.add(lastMonday(year, Month.MAY));
    days.add(lastMonday(year, Month.AUGUST));
    days.add(monday(year, Month.AUGUST, 1));
    addWithSubstitute(days, LocalDate.of(year, 3, 17));
    addWithSubstitute(days, LocalDate.of(year, 7, 12));
    addWithSubstitute(days, LocalDate.of(year, 11, 30));
    addWithSubstitute(days, LocalDate.of(year, 1, 1));
    addWithSubstitute(days, LocalDate.of(year, 1, 2));
    addWithSubstitute(days, LocalDate.of(year, 12, 25));
    addWithSubstitute(days, LocalDate.of(year, 12, 26));
    return days;
  }

  private static Set<LocalDate> australia(int year) {
    LocalDate easter = easter(year);
    var days = new HashSet<LocalDate>();
    days.add(easter.minusDays(2));
    days.add(easter.plusDays(1));
    days.add(LocalDate.of(year, 4, 25));
    addWithSubstitute(days, LocalDate.of(year, 1, 1));
    addWithSubstitute(days, LocalDate.of(year, 1, 26));
    addWithSubstitute(days, LocalDate.of(year, 12, 25));
    addWithSubstitute(days, LocalDate.of(year, 12, 26));
    return days;
  }

  /** British Columbia; elsewhere in Canada no day is closed. */
  private static Set<LocalDate> canada(int year) {
    var days = new HashSet<LocalDate>();
    days.add(monday(year, Month.FEBRUARY, 3));
    days.add(easter(year).minusDays(2));
    days.add(LocalDate.of(year, 5, 25).with(TemporalAdjusters.previous(DayOfWeek.MONDAY)));
    days.add(monday(year, Month.AUGUST, 1));
    days.add(monday(year, Month.SEPTEMBER, 1));
    days.add(LocalDate.of(year, 9, 30));
    days.add(monday(year, Month.OCTOBER, 2));
    days.add(LocalDate.of(year, 11, 11));
    addWithSubstitute(days, LocalDate.of(year, 1, 1));
    addWithSubstitute(days, LocalDate.of(year, 7, 1));
    addWithSubstitute(days, LocalDate.of(year, 12, 25));
    return days;
  }

  private static Set<LocalDate> austria(int year) {
    LocalDate easter = easter(year);
    var days = new HashSet<LocalDate>();
    for (int after : new int[] {1, 39, 50, 60}) {
      days.add(easter.plusDays(after));
    }
    addFixed(days, year, new int[][] {{1, 1}, {1, 6}, {5, 1}, {8, 15}, {10, 26}, {11, 1}, {12, 8}});
    addFixed(days, year, new int[][] {{12, 25}, {12, 26}});
    return days;
  }

  private static void addFixed(Set<LocalDate> days, int year, int[][] monthsAndDays) {
    for (int[] day : monthsAndDays) {
      days.add(LocalDate.of(year, day[0], day[1]));
    }
  }

  private static Set<LocalDate> spain(int year) {
    return Set.of(
        LocalDate.of(year, 1, 1),
        LocalDate.of(year, 1, 6),
        easter(year).minusDays(2),
        LocalDate.of(year, 5, 1),
        LocalDate.of(year, 8, 15),
        LocalDate.of(year, 10, 12),
        LocalDate.of(year, 11, 1),
        LocalDate.of(year, 12, 6),
        LocalDate.of(year, 12, 8),
        LocalDate.of(year, 12, 25));
  }

  private static Set<LocalDate> italy(int year) {
    var days = new HashSet<LocalDate>();
    days.add(easter(year).plusDays(1));
    for (int[] day :
        new int[][] {
          {1, 1}, {1, 6}, {4, 25}, {5, 1}, {6, 2}, {8, 15}, {10, 4}, {11, 1}, {12, 8}, {12, 25},
          {12, 26}
        }) {
      days.add(LocalDate.of(year, day[0], day[1]));
    }
    return days;
  }

  private static Set<LocalDate> ireland(int year) {
    LocalDate brigid = LocalDate.of(year, 2, 1);
    return Set.of(
        LocalDate.of(year, 1, 1),
        brigid.getDayOfWeek() == DayOfWeek.FRIDAY ? brigid : monday(year, Month.FEBRUARY, 1),
        LocalDate.of(year, 3, 17),
        easter(year).plusDays(1),
        monday(year, Month.MAY, 1),
        monday(year, Month.JUNE, 1),
        monday(year, Month.AUGUST, 1),
        lastMonday(year, Month.OCTOBER),
        LocalDate.of(year, 12, 25),
        LocalDate.of(year, 12, 26));
  }

  /** Good Friday, on which many have the day off, is taken with the holidays of the law. */
  private static Set<LocalDate> netherlands(int year) {
    LocalDate easter = easter(year);
    LocalDate king = LocalDate.of(year, 4, 27);
    return Set.of(
        LocalDate.of(year, 1, 1),
        easter.minusDays(2),
        easter.plusDays(1),
        king.getDayOfWeek() == DayOfWeek.SUNDAY ? king.minusDays(1) : king,
        easter.plusDays(39),
        easter.plusDays(50),
        LocalDate.of(year, 12, 25),
        LocalDate.of(year, 12, 26));
  }

  /** A holiday at the weekend, and the next working day that is not a holiday already. */
  private static void addWithSubstitute(Set<LocalDate> days, LocalDate day) {
    days.add(day);
    LocalDate instead = day;
    while (instead.getDayOfWeek().getValue() > 5
        || (!instead.equals(day) && days.contains(instead))) {
      instead = instead.plusDays(1);
    }
    days.add(instead);
  }

  private static LocalDate monday(int year, Month month, int ordinal) {
    return LocalDate.of(year, month, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(ordinal, DayOfWeek.MONDAY));
  }

  private static LocalDate lastMonday(int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY));
  }

  /** Easter Sunday by the anonymous Gregorian computus. */
  private static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return LocalDate.of(year, f / 31, f % 31 + 1);
  }
}

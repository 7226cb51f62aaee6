package rekindle.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates, times of day, UTC offsets and instants, from date cells and text. Thread-safe. */
final class TimeReader {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern MONTH_NAME =
      Pattern.compile("(\\d{1,2})\\.? ([A-Za-z]{3,9})\\.?,? (\\d{4})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::00)?");
  private static final Pattern OFFSET =
      Pattern.compile("([+−–-])(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
  private static final int DAY_MINUTES = 1_440;
  private static final int OFFSET_SECONDS_MAX = 18 * 3_600;
  private static final int YEAR_MIN = 1900;
  private static final int YEAR_MAX = 2199;

  private TimeReader() {}

  static Reading read(CellType type, RawCell raw, String value) {
    if (type instanceof CellType.Date) {
      return date(raw, value);
    }
    if (type instanceof CellType.TimeOfDay) {
      return time(raw, value);
    }
    return type instanceof CellType.Offset ? offset(raw, value) : timestamp(raw, value);
  }

  private static Reading date(RawCell raw, String value) {
    LocalDate date = null;
    if (raw instanceof RawCell.DateTime cell && !cell.hasTime()) {
      date = cell.value().toLocalDate();
    } else if (raw instanceof RawCell.Text) {
      date = date(value);
    }
    if (date == null || date.getYear() < YEAR_MIN || date.getYear() > YEAR_MAX) {
      return Reading.fault(
          FindingCodes.BAD_DATE,
          Words.quoted(value)
              + (raw instanceof RawCell.DateTime ? " is no date alone" : " is no date")
              + "; write year-month-day, "
              + example(value));
    }
    return Reading.of(new Cell.Date(date));
  }

  private static @Nullable LocalDate date(String text) {
    Matcher yearFirst = YEAR_FIRST.matcher(text);
    if (yearFirst.matches()) {
      return date(yearFirst.group(1), number(yearFirst.group(3)), yearFirst.group(4));
    }
    Matcher monthName = MONTH_NAME.matcher(text);
    if (monthName.matches()) {
      String name = monthName.group(2).toLowerCase(Locale.ROOT);
      for (int month = 1; month <= MONTHS.size(); month++) {
        String known = MONTHS.get(month - 1);
        if (known.equals(name) || known.substring(0, 3).equals(name)) {
          return date(monthName.group(3), month, monthName.group(1));
        }
      }
    }
    return null;
  }

  private static @Nullable LocalDate date(String year, int month, String day) {
    try {
      return LocalDate.of(number(year), month, number(day));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The date probably meant where it is certain which number is the month, else any date. */
  private static String example(String text) {
    Matcher yearLast = YEAR_LAST.matcher(text);
    if (yearLast.matches()) {
      int first = number(yearLast.group(1));
      int second = number(yearLast.group(2));
      LocalDate meant =
          first > 12 && second <= 12
              ? date(yearLast.group(3), second, yearLast.group(1))
              : second > 12 ? date(yearLast.group(3), first, yearLast.group(2)) : null;
      if (meant != null) {
        return meant.toString();
      }
    }
    return "for example 2026-03-31";
  }

  private static Reading time(RawCell raw, String value) {
    if (raw instanceof RawCell.Time cell) {
      long seconds = cell.seconds();
      boolean fits =
          seconds >= 0
              && seconds % 60 == 0
              && (seconds < DAY_MINUTES * 60L || (cell.elapsed() && seconds == DAY_MINUTES * 60L));
      return fits ? Reading.of(new Cell.TimeOfDay((int) (seconds / 60))) : noTime(value);
    }
    if (!(raw instanceof RawCell.Text)) {
      return noTime(value);
    }
    if (value.equalsIgnoreCase("closed")) {
      return Reading.of(new Cell.Closed());
    }
    Matcher matcher = TIME.matcher(value);
    if (!matcher.matches()) {
      return noTime(value);
    }
    int minutes = number(matcher.group(1)) * 60 + number(matcher.group(2));
    return minutes <= DAY_MINUTES && number(matcher.group(2)) < 60
        ? Reading.of(new Cell.TimeOfDay(minutes))
        : noTime(value);
  }

  private static Reading noTime(String value) {
    return Reading.fault(
        FindingCodes.BAD_TIME,
        Words.quoted(value)
            + " is no time of day to the minute; write 00:00 to 24:00, for example 08:00, or"
            + " closed");
  }

  private static Reading offset(RawCell raw, String value) {
    // A spreadsheet program turns -07:00 into a negative time, but +07:00 into seven o'clock.
    if (raw instanceof RawCell.Time cell && cell.seconds() < 0) {
      return offset(cell.seconds(), value);
    }
    Matcher matcher = OFFSET.matcher(value);
    if (!(raw instanceof RawCell.Text) || !matcher.matches()) {
      return noOffset(value);
    }
    int minutes = number(matcher.group(3));
    int odd = matcher.group(4) == null ? 0 : number(matcher.group(4));
    if (minutes > 59 || odd > 59) {
      return noOffset(value);
    }
    long seconds = number(matcher.group(2)) * 3_600L + minutes * 60L + odd;
    return offset(matcher.group(1).equals("+") ? seconds : -seconds, value);
  }

  private static Reading offset(long seconds, String value) {
    return Math.abs(seconds) <= OFFSET_SECONDS_MAX
        ? Reading.of(new Cell.Offset((int) seconds))
        : noOffset(value);
  }

  private static Reading noOffset(String value) {
    return Reading.fault(
        FindingCodes.BAD_OFFSET,
        Words.quoted(value)
            + " is no UTC offset; write a sign, hours and minutes, for example -07:00 or +05:30");
  }

  private static Reading timestamp(RawCell raw, String value) {
    if (raw instanceof RawCell.Text) {
      try {
        String text = value.toUpperCase(Locale.ROOT).replace(' ', 'T');
        Instant instant = OffsetDateTime.parse(text).toInstant();
        if (instant.getNano() % 1_000_000 == 0
            && instant.isAfter(Instant.parse("1900-01-01T00:00:00Z"))
            && instant.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
          return Reading.of(new Cell.Timestamp(instant));
        }
      } catch (DateTimeParseException e) {
        // Not of the form: the fault below says so.
      }
    }
    String zone = raw instanceof RawCell.DateTime ? " names no time zone" : " is no instant";
    return Reading.fault(
        FindingCodes.BAD_TIMESTAMP,
        Words.quoted(value)
            + zone
            + "; write date, T, time and Z as text, for example 2026-03-29T01:00:00Z");
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}

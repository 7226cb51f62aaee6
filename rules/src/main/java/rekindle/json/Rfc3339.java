package rekindle.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Instants as text: any RFC 3339 date-time in; UTC with milliseconds out. */
public final class Rfc3339 {
  private static final String FORM = "0000-00-00T00:00:00";
  private static final int SECONDS_END = FORM.length();
  private static final int LONGEST_FRACTION = 30;
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z. */
  private static final long FIRST_MILLI = -62_167_219_200_000L;

  private static final long LAST_MILLI = 253_402_300_799_999L;

  private Rfc3339() {}

  /**
   * The instant, truncated to the millisecond; empty if the text is no RFC 3339 date-time. Leap
   * seconds are refused: no clock of ours can tell them.
   */
  public static Optional<Instant> parse(String text) {
    int zone = zoneStart(text);
    if (zone < 0 || !isShaped(text)) {
      return Optional.empty();
    }
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    int offset = offsetMinutes(text, zone);
    if (hour > 23 || minute > 59 || second > 59 || offset == NO_OFFSET) {
      return Optional.empty();
    }
    try {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
      long minutes = (day * 24 + hour) * 60 + minute - offset;
      return Optional.of(Instant.ofEpochMilli((minutes * 60 + second) * 1000 + millis(text, zone)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** Where the zone begins, after the fraction if there is one; -1 if the text ends before. */
  private static int zoneStart(String text) {
    if (text.length() < SECONDS_END + 1) {
      return -1;
    }
    if (text.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - SECONDS_END - 1;
    return digits == 0 || digits > LONGEST_FRACTION || end == text.length() ? -1 : end;
  }

  /** Whether digits and separators stand where they belong up to the seconds. */
  private static boolean isShaped(String text) {
    for (int i = 0; i < SECONDS_END; i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      boolean fits = form == '0' ? isDigit(c) : c == form || (form == 'T' && c == 't');
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Minutes east of UTC; {@link #NO_OFFSET} if the rest of the text is no zone. */
  private static int offsetMinutes(String text, int zone) {
    char sign = text.charAt(zone);
    int length = text.length() - zone;
    if (length == 1 && (sign == 'Z' || sign == 'z')) {
      return 0;
    }
    if (length != 6 || (sign != '+' && sign != '-') || text.charAt(zone + 3) != ':') {
      return NO_OFFSET;
    }
    for (int i : new int[] {1, 2, 4, 5}) {
      if (!isDigit(text.charAt(zone + i))) {
        return NO_OFFSET;
      }
    }
    int hours = number(text, zone + 1, 2);
    int minutes = number(text, zone + 4, 2);
    if (hours > 23 || minutes > 59) {
      return NO_OFFSET;
    }
    return sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
  }

  /**
   * The instant in UTC with {@code Z}, truncated to the millisecond, with a three-digit fraction
   * only if it is not zero.
   *
   * @throws IllegalArgumentException outside the years 0000 to 9999
   */
  public static String format(Instant instant) {
    long milli = instant.toEpochMilli();
    if (milli < FIRST_MILLI || milli > LAST_MILLI) {
      throw new IllegalArgumentException("RFC 3339 knows the years 0000 to 9999, not " + instant);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(milli, 86_400_000L));
    int ofDay = (int) Math.floorMod(milli, 86_400_000L);
    var text = new StringBuilder(24);
    digits(text, date.getYear(), 1000);
    digits(text.append('-'), date.getMonthValue(), 10);
    digits(text.append('-'), date.getDayOfMonth(), 10);
    digits(text.append('T'), ofDay / 3_600_000, 10);
    digits(text.append(':'), ofDay / 60_000 % 60, 10);
    digits(text.append(':'), ofDay / 1000 % 60, 10);
    if (ofDay % 1000 != 0) {
      digits(text.append('.'), ofDay % 1000, 100);
    }
    return text.append('Z').toString();
  }

  private static void digits(StringBuilder text, int number, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static int millis(String text, int zone) {
    int digits = Math.min(3, Math.max(0, zone - SECONDS_END - 1));
    int millis = number(text, SECONDS_END + 1, digits);
    for (int i = digits; i < 3; i++) {
      millis *= 10;
    }
    return millis;
  }
}

package rekindle.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instants as text: any RFC 3339 date-time in; UTC with milliseconds out. */
public final class Rfc3339 {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt]([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,30}))?"
              + "(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");

  /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z. */
  private static final long FIRST_MILLI = -62_167_219_200_000L;

  private static final long LAST_MILLI = 253_402_300_799_999L;

  private Rfc3339() {}

  /**
   * The instant, truncated to the millisecond; empty if the text is no RFC 3339 date-time. Leap
   * seconds are refused: no clock of ours can tell them.
   */
  public static Optional<Instant> parse(String text) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      long day = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)).toEpochDay();
      long minute = (day * 24 + number(parts, 4)) * 60 + number(parts, 5);
      if (parts.group(8) != null) {
        int offset = number(parts, 9) * 60 + number(parts, 10);
        minute -= parts.group(8).equals("-") ? -offset : offset;
      }
      long milli = (minute * 60 + number(parts, 6)) * 1000 + millis(parts.group(7));
      return Optional.of(Instant.ofEpochMilli(milli));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
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

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static int millis(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
  }
}

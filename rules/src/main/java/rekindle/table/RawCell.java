package rekindle.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a spreadsheet cell holds before any column gives it a meaning. */
sealed interface RawCell {

  /** What the cell says, near to what the spreadsheet program shows, for messages. */
  String shown();

  /** Text as it was typed. */
  record Text(String shown) implements RawCell {}

  /**
   * A number.
   *
   * @param percent whether the cell shows it as a percentage
   */
  record Number(BigDecimal value, boolean percent) implements RawCell {
    /** A number of a file, to the 15 digits that spreadsheet programs show. */
    static Number of(double value, boolean percent) {
      return new Number(BigDecimal.valueOf(value).round(new MathContext(15)), percent);
    }

    @Override
    public String shown() {
      return percent ? plain(value.movePointRight(2)) + " %" : plain(value);
    }

    static String plain(BigDecimal value) {
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
  }

  /** A date cell, with or without a time. */
  record DateTime(LocalDateTime value) implements RawCell {
    boolean hasTime() {
      return value.toLocalTime().toSecondOfDay() != 0;
    }

    @Override
    public String shown() {
      return DateTimeFormatter.ofPattern(
              hasTime() ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd", Locale.ROOT)
          .format(value);
    }
  }

  /**
   * A time cell.
   *
   * @param seconds since midnight, or of a duration
   * @param elapsed whether the cell counts hours beyond 24
   */
  record Time(long seconds, boolean elapsed) implements RawCell {
    @Override
    public String shown() {
      long abs = Math.abs(seconds);
      String text =
          String.format(Locale.ROOT, "%02d:%02d", abs / 3600, abs / 60 % 60)
              + (abs % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", abs % 60));
      return seconds < 0 ? "-" + text : text;
    }
  }

  /** TRUE or FALSE. */
  record Bool(boolean value) implements RawCell {
    @Override
    public String shown() {
      return value ? "TRUE" : "FALSE";
    }
  }

  /** An error such as #REF!. */
  record Error(String shown) implements RawCell {}

  /** A formula; its result counts for nothing. */
  record Formula() implements RawCell {
    @Override
    public String shown() {
      return "a formula";
    }
  }
}

package rekindle.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A row of a workbook as a person reads it: the texts under their labels. */
record OracleRow(String sheet, int number, String id, Map<String, String> cells) {

  private static final Map<String, List<String>> WORDS = new ConcurrentHashMap<>();
  private static final Map<String, LocalTime> TIMES = new ConcurrentHashMap<>();

  String cell(String label) {
    String text = cells.get(label);
    if (text == null) {
      throw new AssertionError(sheet + " row " + number + " has no cell under " + label);
    }
    return text;
  }

  /** Whether the cell leaves the matter open. */
  boolean open(String label) {
    return cell(label).equals("any") || cell(label).equals("otherwise");
  }

  /** Whether the cell accepts a code; null is what nobody knows. */
  boolean takes(String label, @Nullable String code) {
    if (open(label)) {
      return true;
    }
    String text = cell(label);
    if (text.startsWith("not ")) {
      return code != null && !words(text.substring(4)).contains(code);
    }
    return words(text).contains(code == null ? "unknown" : code);
  }

  boolean takesYes(String label, boolean yes) {
    return takes(label, yes ? "yes" : "no");
  }

  BigDecimal number(String label) {
    return new BigDecimal(cell(label));
  }

  int whole(String label) {
    return number(label).intValueExact();
  }

  Duration days(String label) {
    return Duration.ofDays(whole(label));
  }

  boolean moreThanDays(String label, @Nullable Duration age) {
    return open(label) || (age != null && age.compareTo(days(label)) > 0);
  }

  boolean upToDays(String label, @Nullable Duration age) {
    return open(label) || (age != null && age.compareTo(days(label)) <= 0);
  }

  boolean atLeastDays(String label, @Nullable Duration age) {
    return open(label) || (age != null && age.compareTo(days(label)) >= 0);
  }

  boolean lessThanDays(String label, @Nullable Duration age) {
    return open(label) || (age != null && age.compareTo(days(label)) < 0);
  }

  boolean atLeast(String label, @Nullable BigDecimal amount) {
    return open(label) || (amount != null && amount.compareTo(number(label)) >= 0);
  }

  /** Whether the row is always in force. */
  boolean isUndated() {
    return cell("From").isEmpty() && cell("To").isEmpty();
  }

  /** Whether the row is in force on a local date. */
  boolean inForceOn(LocalDate date) {
    return (cell("From").isEmpty() || !date.isBefore(date("From")))
        && (cell("To").isEmpty() || !date.isAfter(date("To")));
  }

  /** A date cell, as the days that spreadsheets count. */
  LocalDate date(String label) {
    return LocalDate.of(1899, 12, 30).plusDays(whole(label));
  }

  /** The items of a list; none is no item. */
  List<String> list(String label) {
    return cell(label).equals("none") ? List.of() : words(cell(label));
  }

  @Nullable String orNull(String label) {
    return cell(label).equals("none") ? null : cell(label);
  }

  boolean yes(String label) {
    return cell(label).equals("yes");
  }

  @Nullable LocalTime time(String label) {
    String text = cell(label);
    return text.equals("none") || text.equals("closed")
        ? null
        : TIMES.computeIfAbsent(text, one -> LocalTime.parse(one.replace("24:00", "00:00")));
  }

  static List<String> words(String text) {
    return WORDS.computeIfAbsent(text, one -> List.of(one.split(" *, *", -1)));
  }

  @Override
  public String toString() {
    return id;
  }
}

package rekindle.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Quantities in words, "two years", for suggestions only. */
final class Quantity {
  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");
  private static final List<String> UNITS =
      List.of("minutes", "hours", "days", "weeks", "months", "years");

  /** How many of the second unit make one of the first, where that is certain. */
  private static final Map<String, Integer> SIZES =
      Map.of(
          "years months", 12,
          "weeks days", 7,
          "days hours", 24,
          "weeks hours", 168,
          "hours minutes", 60,
          "days minutes", 1440);

  private static final Pattern FORM = Pattern.compile("(\\d{1,6}|[a-z]+) ?([a-z]+)?");

  private Quantity() {}

  /** The unit that a column's label names: months for "Age, months: within"; null if none. */
  static @Nullable String unit(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return UNITS.stream()
        .filter(u -> Pattern.compile("\\b" + u + "\\b").matcher(lower).find())
        .findFirst()
        .orElse(null);
  }

  /** The number that a text in words probably means in the given unit; null if that is unclear. */
  static @Nullable String meant(String text, @Nullable String unit) {
    var matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    String count = matcher.group(1);
    int number =
        Character.isDigit(count.charAt(0)) ? Integer.parseInt(count) : NUMBERS.indexOf(count);
    if (number < 0) {
      return null;
    }
    String said = matcher.group(2);
    if (said == null) {
      return String.valueOf(number);
    }
    String plural = said.endsWith("s") ? said : said + "s";
    if (plural.equals(unit)) {
      return String.valueOf(number);
    }
    Integer size = SIZES.get(plural + " " + unit);
    return size == null ? null : String.valueOf((long) number * size);
  }
}

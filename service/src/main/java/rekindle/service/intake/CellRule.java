package rekindle.service.intake;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;

/**
 * How a cell of another system's export becomes one of ours. What cannot be read for certain stays
 * as it is, so that the check of the column reports it.
 */
enum CellRule {
  /** As it is. */
  COPY,
  /**
   * The argument if the cell says yes, nothing if it says no: a flag only ever forbids. Any other
   * word stays, and is an error: a no in a language that we do not read must not be lost.
   */
  WHEN_TRUE,
  /** The argument if there is anything in the cell. */
  WHEN_SET,
  /** A word for each of theirs; {@code *} for all others, else nothing for those. */
  VALUES,
  /** A date of their form, without its time of day, whose zone is not told. */
  DATE,
  /** A country by its English name. */
  COUNTRY,
  /** A region by its English name. */
  REGION,
  /** A zone written with words for its slashes. */
  ZONE,
  /** Words as a code. */
  CODE,
  /** An amount with its currency's sign and commas. */
  MONEY;

  private static final Set<String> YES = Set.of("true", "yes", "1", "y", "checked", "x");
  private static final Set<String> NO = Set.of("false", "no", "0", "n", "unchecked");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})( .*)?");
  private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T]\\d.*");
  private static final int MONTHS = 12;
  private static final Map<String, String> COUNTRIES = countries();
  private static final Map<String, String> REGIONS = regions();

  static CellRule of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Our text for theirs; null for nothing.
   *
   * @param text not blank
   */
  @Nullable String read(String text, String argument) {
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (this) {
      case COPY -> text;
      case WHEN_TRUE -> YES.contains(lower) ? argument : NO.contains(lower) ? null : text;
      case WHEN_SET -> argument;
      case VALUES -> value(lower, argument);
      case DATE -> date(text);
      case COUNTRY -> COUNTRIES.getOrDefault(lower, text);
      case REGION -> REGIONS.getOrDefault(lower, text);
      case ZONE -> zone(text);
      case CODE -> lower.replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
      case MONEY -> money(text);
    };
  }

  private static @Nullable String value(String lower, String argument) {
    String other = null;
    for (String pair : argument.split("\\|", -1)) {
      int at = pair.indexOf('=');
      String theirs = pair.substring(0, at).toLowerCase(Locale.ROOT);
      if (theirs.equals(lower)) {
        return pair.substring(at + 1);
      }
      if (theirs.equals("*")) {
        other = pair.substring(at + 1);
      }
    }
    return other;
  }

  /** Day and month are told apart where one of them can be no month, or both are the same. */
  private static String date(String text) {
    Matcher year = YEAR_FIRST.matcher(text);
    if (year.matches()) {
      return text.matches(".*(Z|[+-]\\d{2}:?\\d{2})") && text.indexOf('T') > 0
          ? text
          : year.group(1);
    }
    Matcher day = DAY_FIRST.matcher(text);
    if (!day.matches()) {
      return text;
    }
    int first = Integer.parseInt(day.group(1));
    int second = Integer.parseInt(day.group(2));
    if (first <= MONTHS && second <= MONTHS && first != second) {
      return text;
    }
    int month = first > MONTHS ? second : first;
    return String.format(
        Locale.ROOT, "%s-%02d-%02d", day.group(3), month, first > MONTHS ? first : second);
  }

  private static String zone(String text) {
    String[] parts = text.replace("_slash_", "/").split("/", -1);
    var zone = new StringBuilder();
    for (String part : parts) {
      zone.append(zone.isEmpty() ? "" : "/");
      for (String word : part.split("_", -1)) {
        zone.append(zone.isEmpty() || zone.charAt(zone.length() - 1) == '/' ? "" : "_")
            .append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT))
            .append(word.isEmpty() ? "" : word.substring(1));
      }
    }
    return zone.toString();
  }

  private static String money(String text) {
    String plain = text.replaceAll("[\\s,\\p{Sc}]|USD|EUR|GBP", "");
    try {
      return new BigDecimal(plain).toPlainString();
    } catch (NumberFormatException none) {
      return text;
    }
  }

  private static Map<String, String> countries() {
    Map<String, String> countries = new HashMap<>();
    for (String code : Jurisdictions.countries()) {
      countries.put(
          new Locale.Builder()
              .setRegion(code)
              .build()
              .getDisplayCountry(Locale.ENGLISH)
              .toLowerCase(Locale.ROOT),
          code);
      countries.put(code.toLowerCase(Locale.ROOT), code);
    }
    List.of("usa", "united states of america", "u.s.", "u.s.a.")
        .forEach(n -> countries.put(n, "US"));
    List.of("uk", "great britain", "england", "scotland", "wales")
        .forEach(n -> countries.put(n, "GB"));
    return countries;
  }

  /** Names that are of one region alone. */
  private static Map<String, String> regions() {
    Map<String, String> regions = new HashMap<>();
    Set<String> several = new TreeSet<>();
    for (String code : Jurisdictions.all()) {
      String name = Jurisdictions.name(code);
      if (code.indexOf('-') > 0 && name != null) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (regions.put(lower, code) != null) {
          several.add(lower);
        }
      }
    }
    several.forEach(regions::remove);
    return regions;
  }
}

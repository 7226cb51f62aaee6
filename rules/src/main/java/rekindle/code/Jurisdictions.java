package rekindle.code;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ISO 3166-1 alpha-2 countries and ISO 3166-2 subdivisions, from a list of our own so that no JDK's
 * list decides. Groups such as {@code EU} are no jurisdictions; tables define them.
 */
public final class Jurisdictions {
  private static final Pattern SUBDIVISION = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");
  private static final SortedMap<String, String> NAMES = names("iso3166.tsv");

  /** Countries whose subdivisions are listed in full. */
  private static final Set<String> SUBDIVIDED =
      NAMES.keySet().stream()
          .filter(code -> code.length() > 2)
          .map(code -> code.substring(0, 2))
          .collect(Collectors.toUnmodifiableSet());

  private static final SortedSet<String> ALL =
      Collections.unmodifiableSortedSet(new TreeSet<>(NAMES.keySet()));
  private static final SortedSet<String> COUNTRIES =
      ALL.stream()
          .filter(code -> code.length() == 2)
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet));

  private Jurisdictions() {}

  /**
   * Whether the code is a country or a subdivision of one: {@code US}, {@code US-TX}, {@code GB};
   * not {@code UK}. Of a country whose subdivisions are not listed, any code of the right form is
   * taken for one.
   */
  public static boolean isKnown(String code) {
    if (NAMES.containsKey(code)) {
      return true;
    }
    if (!SUBDIVISION.matcher(code).matches()) {
      return false;
    }
    String country = code.substring(0, 2);
    return NAMES.containsKey(country) && !SUBDIVIDED.contains(country);
  }

  /** The country of a subdivision; empty for a country. */
  public static Optional<String> parent(String code) {
    int dash = code.indexOf('-');
    return dash < 0 ? Optional.empty() : Optional.of(code.substring(0, dash));
  }

  /** Every listed code, countries and subdivisions. */
  public static SortedSet<String> all() {
    return ALL;
  }

  /** The countries alone. */
  public static SortedSet<String> countries() {
    return COUNTRIES;
  }

  /** What a listed code stands for, {@code US-TX} for Texas; null for a code that is not listed. */
  public static @Nullable String name(String code) {
    return NAMES.get(code);
  }

  private static SortedMap<String, String> names(String list) {
    var names = new TreeMap<String, String>();
    for (String[] row : CodeList.rows(list, 2)) {
      names.put(row[0], row[1]);
    }
    return Collections.unmodifiableSortedMap(names);
  }
}

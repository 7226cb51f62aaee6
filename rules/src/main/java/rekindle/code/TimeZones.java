package rekindle.code;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names of the IANA time zone database, from a list of our own so that no JDK's list decides. */
public final class TimeZones {
  private record Names(Map<String, String> canonical, Map<String, String> standIns) {}

  private static final Names NAMES = read();
  private static final SortedSet<String> ALL =
      Collections.unmodifiableSortedSet(new TreeSet<>(NAMES.canonical.keySet()));

  private TimeZones() {}

  /** Whether the name is a zone or a link of the database. */
  public static boolean isKnown(String name) {
    return NAMES.canonical.containsKey(name);
  }

  /** The zone that a link stands for; the name itself for a zone and for a name not listed. */
  public static String canonical(String name) {
    return Objects.requireNonNullElse(NAMES.canonical.get(name), name);
  }

  /**
   * The zone to freeze in its place on a JDK that does not have it, with the same offsets from 2000
   * on until a correction says otherwise; empty for zones that every JDK has.
   */
  public static Optional<String> standIn(String name) {
    return Optional.ofNullable(NAMES.standIns.get(canonical(name)));
  }

  /** Every zone and link name. */
  public static SortedSet<String> all() {
    return ALL;
  }

  private static Names read() {
    var canonical = new HashMap<String, String>();
    var standIns = new HashMap<String, String>();
    for (String[] row : CodeList.rows("zones.tsv", 3)) {
      canonical.put(row[0], row[1]);
      if (!row[2].isEmpty()) {
        standIns.put(row[0], row[2]);
      }
    }
    return new Names(Collections.unmodifiableMap(canonical), Collections.unmodifiableMap(standIns));
  }
}

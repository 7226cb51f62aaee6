package rekindle.calendar;

import java.time.Instant;
import rekindle.code.TimeZones;

/**
 * An offset that zone data must have to be trusted (a row of {@code calendars/ZoneChecks}).
 *
 * @param zone IANA name; a check of a zone holds for its links too
 * @param at any instant
 * @param offsetSeconds the expected seconds east of UTC at that instant
 */
public record ZoneCheck(String zone, Instant at, int offsetSeconds) {
  public ZoneCheck {
    if (!TimeZones.isKnown(zone)) {
      throw new IllegalArgumentException("\"" + zone + "\" is no IANA time zone");
    }
    ZoneTransitions.requireOffset(offsetSeconds);
  }

  boolean concerns(String otherZone) {
    return TimeZones.canonical(zone).equals(TimeZones.canonical(otherZone));
  }
}

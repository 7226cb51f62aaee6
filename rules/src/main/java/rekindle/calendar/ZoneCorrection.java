package rekindle.calendar;

import java.time.Instant;
import rekindle.code.TimeZones;

/**
 * A fact about local time that frozen zone data may lack (a row of {@code
 * calendars/ZoneCorrections}): from an instant on, a zone has one offset until its next correction.
 *
 * @param zone IANA name; a correction of a zone corrects its links too
 * @param from first instant with the offset, whole seconds
 * @param offsetSeconds seconds east of UTC
 */
public record ZoneCorrection(String zone, Instant from, int offsetSeconds) {
  public ZoneCorrection {
    if (!TimeZones.isKnown(zone)) {
      throw new IllegalArgumentException("\"" + zone + "\" is no IANA time zone");
    }
    if (from.getNano() != 0) {
      throw new IllegalArgumentException(
          "The correction of " + zone + " starts at " + from + "; offsets change on whole seconds");
    }
    ZoneTransitions.requireOffset(offsetSeconds);
  }

  boolean concerns(String otherZone) {
    return TimeZones.canonical(zone).equals(TimeZones.canonical(otherZone));
  }
}

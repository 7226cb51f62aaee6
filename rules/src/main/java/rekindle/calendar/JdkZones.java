package rekindle.calendar;

import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.stream.Stream;
import rekindle.code.TimeZones;

/** The zone data of the Java runtime, asked only while a release is built. */
final class JdkZones {
  private JdkZones() {}

  /**
   * @throws IllegalArgumentException if the runtime has neither the zone, nor the one it is a link
   *     to, nor the one that stands in for it
   */
  static ZoneRules rules(String zone) {
    var available = ZoneRulesProvider.getAvailableZoneIds();
    return Stream.concat(
            Stream.of(zone, TimeZones.canonical(zone)), TimeZones.standIn(zone).stream())
        .filter(available::contains)
        .findFirst()
        .map(name -> ZoneRulesProvider.getRules(name, false))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "This Java runtime has no time zone \""
                        + zone
                        + "\"; build the release with newer zone data"));
  }
}

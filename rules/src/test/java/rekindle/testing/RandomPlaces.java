package rekindle.testing;

import java.util.LinkedHashSet;
import java.util.List;

/** Where a made-up person may be. */
record RandomPlaces(List<String> jurisdictions, List<String> timeZones) {
  /** A jurisdiction and one of its zones; the United States more often than all others. */
  private static final List<String> PLACES =
      List.of(
          "US-FL America/New_York",
          "US-FL America/Chicago",
          "US-TX America/Chicago",
          "US-TX America/Denver",
          "US-CA America/Los_Angeles",
          "US-NY America/New_York",
          "US-WA America/Los_Angeles",
          "US-OK America/Chicago",
          "US-CT America/New_York",
          "US-MD America/New_York",
          "US-IN America/Indiana/Indianapolis",
          "US-AZ America/Phoenix",
          "US-HI Pacific/Honolulu",
          "US-AK America/Anchorage",
          "US-PR America/Puerto_Rico",
          "US America/Denver",
          "CA-QC America/Toronto",
          "CA-NL America/St_Johns",
          "GB Europe/London",
          "DE Europe/Berlin",
          "FR Europe/Paris",
          "ES-CN Atlantic/Canary",
          "AT Europe/Vienna",
          "IE Europe/Dublin",
          "AU-NSW Australia/Sydney",
          "AU-QLD Australia/Brisbane",
          "NZ Pacific/Auckland",
          "IN Asia/Kolkata",
          "BR-SP America/Sao_Paulo",
          "MX America/Mexico_City",
          "JP Asia/Tokyo",
          "SG Asia/Singapore",
          "ZA Africa/Johannesburg",
          "AE Asia/Dubai",
          "TR Europe/Istanbul",
          "CH Europe/Zurich");

  static RandomPlaces draw(Draw draw) {
    var jurisdictions = new LinkedHashSet<String>();
    var timeZones = new LinkedHashSet<String>();
    for (int i = draw.chance(1, 6) ? 2 : 1; i > 0; i--) {
      String[] place = draw.of(draw.chance(1, 2) ? PLACES.subList(0, 16) : PLACES).split(" ", 2);
      jurisdictions.add(place[0]);
      timeZones.add(place[1]);
    }
    return new RandomPlaces(
        draw.chance(1, 12) ? List.of() : List.copyOf(jurisdictions.stream().sorted().toList()),
        draw.chance(1, 6) ? List.of() : List.copyOf(timeZones.stream().sorted().toList()));
  }
}

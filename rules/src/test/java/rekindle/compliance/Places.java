package rekindle.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a person may be: every candidate jurisdiction, and every candidate zone. */
record Places(List<String> jurisdictions, Set<String> zones) {
  static final Set<String> EU =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  /** Zones of the places that the questions name, of a state or of a whole country. */
  static final Map<String, List<String>> ZONES =
      Map.ofEntries(
          Map.entry("US-AL", List.of("America/Chicago")),
          Map.entry("US-CA", List.of("America/Los_Angeles")),
          Map.entry("US-CT", List.of("America/New_York")),
          Map.entry("US-FL", List.of("America/New_York", "America/Chicago")),
          Map.entry("US-HI", List.of("Pacific/Honolulu")),
          Map.entry("US-KY", List.of("America/New_York", "America/Chicago")),
          Map.entry("US-LA", List.of("America/Chicago")),
          Map.entry("US-MA", List.of("America/New_York")),
          Map.entry("US-MD", List.of("America/New_York")),
          Map.entry("US-ME", List.of("America/New_York")),
          Map.entry("US-MI", List.of("America/New_York", "America/Chicago")),
          Map.entry("US-MN", List.of("America/Chicago")),
          Map.entry("US-MS", List.of("America/Chicago")),
          Map.entry("US-NJ", List.of("America/New_York")),
          Map.entry("US-NM", List.of("America/Denver")),
          Map.entry("US-NV", List.of("America/Los_Angeles", "America/Denver")),
          Map.entry("US-NY", List.of("America/New_York")),
          Map.entry("US-OH", List.of("America/New_York")),
          Map.entry("US-OK", List.of("America/Chicago")),
          Map.entry("US-PA", List.of("America/New_York")),
          Map.entry("US-RI", List.of("America/New_York")),
          Map.entry("US-SD", List.of("America/Chicago", "America/Denver")),
          Map.entry("US-TX", List.of("America/Chicago", "America/Denver")),
          Map.entry("US-UT", List.of("America/Denver")),
          Map.entry("US-VA", List.of("America/New_York")),
          Map.entry("US-WA", List.of("America/Los_Angeles")),
          Map.entry("US-WY", List.of("America/Denver")),
          Map.entry(
              "US",
              List.of(
                  "America/New_York",
                  "America/Chicago",
                  "America/Denver",
                  "America/Phoenix",
                  "America/Los_Angeles",
                  "America/Anchorage",
                  "America/Adak",
                  "Pacific/Honolulu")),
          Map.entry("CA-ON", List.of("America/Toronto", "America/Winnipeg")),
          Map.entry("CA-QC", List.of("America/Toronto", "America/Halifax")),
          Map.entry("CA-BC", List.of("America/Vancouver", "America/Edmonton")),
          Map.entry("CA-AB", List.of("America/Edmonton")),
          Map.entry("GB", List.of("Europe/London")),
          Map.entry("DE", List.of("Europe/Berlin")),
          Map.entry("FR", List.of("Europe/Paris")),
          Map.entry("US-AZ", List.of("America/Phoenix", "America/Denver")),
          Map.entry("US-IN", List.of("America/New_York", "America/Chicago")),
          Map.entry("US-AK", List.of("America/Anchorage", "America/Adak")),
          Map.entry("US-PR", List.of("America/Puerto_Rico")),
          Map.entry(
              "CA",
              List.of(
                  "America/St_Johns",
                  "America/Halifax",
                  "America/Toronto",
                  "America/Winnipeg",
                  "America/Regina",
                  "America/Edmonton",
                  "America/Vancouver")),
          Map.entry("CA-NL", List.of("America/St_Johns", "America/Halifax")),
          Map.entry("CA-SK", List.of("America/Regina", "America/Edmonton")),
          Map.entry("FR-974", List.of("Indian/Reunion")),
          Map.entry("NO", List.of("Europe/Oslo")),
          Map.entry("GB-NIR", List.of("Europe/London")),
          Map.entry("AT", List.of("Europe/Vienna")),
          Map.entry(
              "AU",
              List.of(
                  "Australia/Sydney",
                  "Australia/Brisbane",
                  "Australia/Adelaide",
                  "Australia/Darwin",
                  "Australia/Perth",
                  "Australia/Eucla",
                  "Australia/Lord_Howe")),
          Map.entry("RE", List.of("Indian/Reunion")),
          Map.entry("CH", List.of("Europe/Zurich")),
          Map.entry("NL", List.of("Europe/Amsterdam")),
          Map.entry("ES", List.of("Europe/Madrid", "Atlantic/Canary")),
          Map.entry("IT", List.of("Europe/Rome")),
          Map.entry("IE", List.of("Europe/Dublin")),
          Map.entry(
              "AU-NSW",
              List.of("Australia/Sydney", "Australia/Broken_Hill", "Australia/Lord_Howe")),
          Map.entry("AU-QLD", List.of("Australia/Brisbane")),
          Map.entry("IN", List.of("Asia/Kolkata")),
          Map.entry(
              "BR-SP",
              List.of(
                  "America/Sao_Paulo", "America/Noronha", "America/Manaus", "America/Rio_Branco")),
          Map.entry("JP", List.of("Asia/Tokyo")));

  /** British Columbia left the change of clocks for UTC-7 on 2026-03-08, Alberta for UTC-6. */
  private static final Instant CLOCKS_STAY = Instant.parse("2026-03-08T10:00:00Z");

  /** The last and the first place on earth in which a day begins. */
  private static final Set<String> ANYWHERE = Set.of("Etc/GMT+12", "Pacific/Kiritimati");

  static Places of(Known known) {
    List<String> jurisdictions = known.texts("contact", "jurisdictions");
    var zones = new TreeSet<>(known.texts("contact", "timeZones"));
    if (zones.isEmpty()) {
      jurisdictions.forEach(place -> zones.addAll(ZONES.getOrDefault(place, List.of())));
    }
    return new Places(jurisdictions, zones);
  }

  static String country(String place) {
    return place.isEmpty() ? "" : place.substring(0, 2);
  }

  static boolean eu(String place) {
    return EU.contains(country(place)) || country(place).equals("RE");
  }

  /** Whether it is France, the overseas departments included. */
  static boolean french(String place) {
    return country(place).equals("FR") || country(place).equals("RE");
  }

  static ZoneOffset offset(String zone, Instant at) {
    if (!at.isBefore(CLOCKS_STAY)) {
      if (zone.equals("America/Vancouver")) {
        return ZoneOffset.ofHours(-7);
      }
      if (zone.equals("America/Edmonton")) {
        return ZoneOffset.ofHours(-6);
      }
    }
    return ZoneId.of(zone).getRules().getOffset(at);
  }

  static LocalDate date(String zone, Instant at) {
    return at.atOffset(offset(zone, at)).toLocalDate();
  }

  /** Whether the event is at most so many months ago: up to the day before the anniversary. */
  boolean within(@Nullable Instant event, int months, Instant asOf) {
    if (event == null) {
      return false;
    }
    Set<String> known = zones.isEmpty() ? ANYWHERE : zones;
    LocalDate began =
        known.stream().map(zone -> date(zone, event)).min(LocalDate::compareTo).orElseThrow();
    LocalDate today =
        known.stream().map(zone -> date(zone, asOf)).max(LocalDate::compareTo).orElseThrow();
    return today.isBefore(began.plusMonths(months));
  }
}

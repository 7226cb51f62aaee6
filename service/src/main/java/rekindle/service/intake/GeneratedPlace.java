package rekindle.service.intake;

import java.util.List;
import java.util.Map;

/**
 * Places: for subscribers whose file names none a state of the United States (980 of 1,000; the
 * others stay unknown), and for people with a country the zones of it where few zones cover it.
 */
final class GeneratedPlace {
  private static final List<List<String>> STATES =
      List.of(
          List.of("US-CA", "America/Los_Angeles"),
          List.of("US-CA", "America/Los_Angeles"),
          List.of("US-CA", "America/Los_Angeles"),
          List.of("US-TX", "America/Chicago"),
          List.of("US-TX", "America/Chicago", "America/Denver"),
          List.of("US-FL", "America/New_York"),
          List.of("US-FL", "America/New_York", "America/Chicago"),
          List.of("US-NY", "America/New_York"),
          List.of("US-NY", "America/New_York"),
          List.of("US-PA", "America/New_York"),
          List.of("US-IL", "America/Chicago"),
          List.of("US-OH", "America/New_York"),
          List.of("US-GA", "America/New_York"),
          List.of("US-WA", "America/Los_Angeles"),
          List.of("US-AZ", "America/Phoenix"),
          List.of("US-CO", "America/Denver"),
          List.of("US-CT", "America/New_York"),
          List.of("US-HI", "Pacific/Honolulu"),
          List.of("US-AK", "America/Anchorage"),
          List.of("US-OR"));

  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("AE", "Asia/Dubai"),
          Map.entry("AT", "Europe/Vienna"),
          Map.entry("BE", "Europe/Brussels"),
          Map.entry("BH", "Asia/Bahrain"),
          Map.entry("CH", "Europe/Zurich"),
          Map.entry("CY", "Asia/Nicosia"),
          Map.entry("CZ", "Europe/Prague"),
          Map.entry("DE", "Europe/Berlin"),
          Map.entry("DK", "Europe/Copenhagen"),
          Map.entry("FI", "Europe/Helsinki"),
          Map.entry("FR", "Europe/Paris"),
          Map.entry("GB", "Europe/London"),
          Map.entry("GG", "Europe/Guernsey"),
          Map.entry("GR", "Europe/Athens"),
          Map.entry("HK", "Asia/Hong_Kong"),
          Map.entry("IE", "Europe/Dublin"),
          Map.entry("IL", "Asia/Jerusalem"),
          Map.entry("IS", "Atlantic/Reykjavik"),
          Map.entry("IT", "Europe/Rome"),
          Map.entry("JE", "Europe/Jersey"),
          Map.entry("JP", "Asia/Tokyo"),
          Map.entry("LB", "Asia/Beirut"),
          Map.entry("LT", "Europe/Vilnius"),
          Map.entry("MT", "Europe/Malta"),
          Map.entry("NL", "Europe/Amsterdam"),
          Map.entry("NO", "Europe/Oslo"),
          Map.entry("PL", "Europe/Warsaw"),
          Map.entry("SA", "Asia/Riyadh"),
          Map.entry("SE", "Europe/Stockholm"),
          Map.entry("SG", "Asia/Singapore"),
          Map.entry("ZA", "Africa/Johannesburg"));

  private GeneratedPlace() {}

  static void add(FactsDraft draft, Draw draw) {
    boolean placeless =
        draft.jurisdictions.isEmpty() && draft.before.lifecycle().subscription() != null;
    if (placeless && draw.holdsFor(980, "place")) {
      List<String> state = STATES.get(draw.below(STATES.size(), "state"));
      draft.jurisdictions = List.of(state.get(0));
      draft.timeZones = state.subList(1, state.size());
    } else if (draft.timeZones.isEmpty() && ZONES.keySet().containsAll(draft.jurisdictions)) {
      draft.timeZones = draft.jurisdictions.stream().map(ZONES::get).sorted().toList();
    }
  }
}

package rekindle.calendar;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Zones frozen once for all tests. */
final class FrozenZones {
  private static final Map<String, ZoneTransitions> ZONES = new ConcurrentHashMap<>();

  private FrozenZones() {}

  static ZoneTransitions zone(String name) {
    return ZONES.computeIfAbsent(name, ZoneTransitions::freeze);
  }

  static List<ZoneTransitions> zones(String... names) {
    return Arrays.stream(names).map(FrozenZones::zone).toList();
  }
}

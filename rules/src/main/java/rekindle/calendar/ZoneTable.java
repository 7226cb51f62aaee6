package rekindle.calendar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import rekindle.code.TimeZones;

/**
 * The frozen zones of one release, corrections applied, and which of them are stale: those for
 * which a check expects another offset. Links are looked up as the zone they stand for.
 */
public final class ZoneTable {
  /**
   * The earliest and the latest clock on earth, for a person of whom no place is known: ages
   * counted over both are the strictest of all.
   */
  public static final List<ZoneTransitions> EVERYWHERE =
      List.of(
          ZoneTransitions.fixed("Etc/GMT+12", -12 * 3600),
          ZoneTransitions.fixed("Etc/GMT-14", 14 * 3600));

  private final SortedMap<String, ZoneTransitions> zones;

  /** For each zone, the first by name of those with the same offsets. */
  private final Map<String, ZoneTransitions> twins;

  private final SortedSet<String> stale;

  private ZoneTable(SortedMap<String, ZoneTransitions> zones, List<ZoneCheck> checks) {
    this.zones = Collections.unmodifiableSortedMap(zones);
    this.twins = twins(zones.values());
    this.stale = Collections.unmodifiableSortedSet(stale(zones.values(), checks));
  }

  /**
   * Freezes zones from the zone data of this Java runtime and corrects them: a step of building a
   * release.
   *
   * @param names IANA names; links are frozen as the zone they stand for
   * @throws IllegalArgumentException if the runtime lacks a zone or corrections contradict
   */
  public static ZoneTable freeze(
      Collection<String> names, List<ZoneCorrection> corrections, List<ZoneCheck> checks) {
    return of(
        names.stream().map(TimeZones::canonical).distinct().map(ZoneTransitions::freeze).toList(),
        corrections,
        checks);
  }

  /** A table of zones at hand, with corrections applied to them. */
  public static ZoneTable of(
      Collection<ZoneTransitions> frozen,
      List<ZoneCorrection> corrections,
      List<ZoneCheck> checks) {
    var zones = new TreeMap<String, ZoneTransitions>();
    for (var zone : frozen) {
      zones.put(TimeZones.canonical(zone.zone()), zone.withCorrections(corrections));
    }
    return new ZoneTable(zones, checks);
  }

  /**
   * Reads what {@link #toText} wrote; corrections are part of it.
   *
   * @throws IllegalArgumentException if a line is none of a zone
   */
  public static ZoneTable parse(String text, List<ZoneCheck> checks) {
    return of(
        text.lines().filter(line -> !line.isEmpty()).map(ZoneTransitions::parse).toList(),
        List.of(),
        checks);
  }

  /** One line for each zone in the order of names, for the manifest of a release. */
  public String toText() {
    return zones.values().stream().map(z -> z.toText() + "\n").collect(Collectors.joining());
  }

  /** The zone of that name or link; empty for a zone that the release does not name. */
  public Optional<ZoneTransitions> find(String name) {
    return Optional.ofNullable(zones.get(TimeZones.canonical(name)));
  }

  /** Whether the data of the zone are known to be wrong; a zone that is not here is stale too. */
  public boolean isStale(String name) {
    String canonical = TimeZones.canonical(name);
    return !twins.containsKey(canonical) || (!stale.isEmpty() && stale.contains(canonical));
  }

  /** The zones here whose data are known to be wrong, by their canonical names. */
  public SortedSet<String> stale() {
    return stale;
  }

  /** All zones here by their canonical names. */
  public SortedMap<String, ZoneTransitions> zones() {
    return zones;
  }

  /**
   * The zones of that name, each only once if others have the same offsets, in the order of names.
   * Zones that are not here are left out. Ask {@link #isStale} of the names before: a stale zone
   * may have the same offsets as one that is right.
   */
  public List<ZoneTransitions> distinct(List<String> names) {
    if (names.size() == 1) {
      var twin = twins.get(TimeZones.canonical(names.get(0)));
      return twin == null ? List.of() : List.of(twin);
    }
    var found = new TreeMap<String, ZoneTransitions>();
    for (String name : names) {
      var twin = twins.get(TimeZones.canonical(name));
      if (twin != null) {
        found.put(twin.zone(), twin);
      }
    }
    return List.copyOf(found.values());
  }

  private static Map<String, ZoneTransitions> twins(Collection<ZoneTransitions> zones) {
    var byOffsets = new HashMap<Integer, List<ZoneTransitions>>();
    var twins = new HashMap<String, ZoneTransitions>();
    for (var zone : zones) {
      var alike = byOffsets.computeIfAbsent(zone.offsetsHash(), hash -> new ArrayList<>());
      var twin = alike.stream().filter(zone::hasOffsetsOf).findFirst().orElse(zone);
      if (twin == zone) {
        alike.add(zone);
      }
      twins.put(TimeZones.canonical(zone.zone()), twin);
    }
    return twins;
  }

  private static SortedSet<String> stale(
      Collection<ZoneTransitions> zones, List<ZoneCheck> checks) {
    var stale = new TreeSet<String>();
    for (var zone : zones) {
      for (var check : checks) {
        if (check.concerns(zone.zone())
            && zone.offsetSecondsAt(check.at()) != check.offsetSeconds()) {
          stale.add(TimeZones.canonical(zone.zone()));
        }
      }
    }
    return stale;
  }
}

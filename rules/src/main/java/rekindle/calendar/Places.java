package rekindle.calendar;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import rekindle.code.Jurisdictions;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * The jurisdictions of a release: their zones and the groups they belong to; DECIDING.md section 1,
 * "Place".
 */
public final class Places {
  private final Map<String, List<String>> zones = new HashMap<>();
  private final Map<String, String> groups = new HashMap<>();

  /**
   * @param table the Zones table of {@code calendars.xlsx}
   */
  public Places(TypedTable table) {
    for (TypedRow row : table.rows()) {
      String where = row.code("where").orElseThrow();
      zones.put(where, row.codes("zones"));
      row.code("group").ifPresent(group -> groups.put(where, group));
    }
  }

  /** The group of a country: EU for its members. */
  public Optional<String> group(String country) {
    return Optional.ofNullable(groups.get(country));
  }

  /** All zones of the candidates; a subdivision without a row has those of its country. */
  public List<String> zonesOf(List<String> candidates) {
    Set<String> found = new LinkedHashSet<>();
    for (String candidate : candidates) {
      var own = zones.get(candidate);
      found.addAll(
          own != null
              ? own
              : zones.getOrDefault(Jurisdictions.parent(candidate).orElse(candidate), List.of()));
    }
    return List.copyOf(found);
  }
}

package rekindle.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rekindle.calendar.Holidays;
import rekindle.calendar.Places;
import rekindle.calendar.ZoneTable;
import rekindle.facts.ContactFacts;
import rekindle.table.TableDefinition;
import rekindle.table.TypedTable;

/** An immutable set of decision tables, calendars and frozen zone data. */
public final class Release {
  private final String id;
  private final Map<TableDefinition, TypedTable> tables = new HashMap<>();
  private final List<TypedTable> inOrder;
  private final ZoneTable zones;
  private final Holidays holidays;
  private final Places places;

  /**
   * @param id {@code sha256:} and the hash of the canonical manifest
   * @param tables every table of {@link PolicyTables}, in that order
   */
  public Release(
      String id, List<TypedTable> tables, ZoneTable zones, Holidays holidays, Places places) {
    this.id = id;
    this.inOrder = List.copyOf(tables);
    tables.forEach(table -> this.tables.put(table.definition(), table));
    this.zones = zones;
    this.holidays = holidays;
    this.places = places;
  }

  public String id() {
    return id;
  }

  public List<TypedTable> tables() {
    return inOrder;
  }

  /**
   * @throws IllegalArgumentException if the release has no such table
   */
  public TypedTable table(TableDefinition definition) {
    TypedTable table = tables.get(definition);
    if (table == null) {
      throw new IllegalArgumentException("the release has no table " + definition.place());
    }
    return table;
  }

  public ZoneTable zones() {
    return zones;
  }

  public Holidays holidays() {
    return holidays;
  }

  /** Names of the candidate zones: the contact's own, else all of its jurisdictions. */
  public List<String> zoneNames(ContactFacts.Contact contact) {
    return contact.timeZones().isEmpty()
        ? places.zonesOf(contact.jurisdictions())
        : contact.timeZones();
  }

  public Places places() {
    return places;
  }
}

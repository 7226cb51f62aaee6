package rekindle.calendar;

import java.util.List;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.TableDefinition;

/** The tables of {@code calendars.xlsx}: looked up, not matched. */
public final class CalendarTables {
  public static final TableDefinition HOLIDAYS =
      TableDefinition.lookup(
          "calendars",
          "Holidays",
          "Public holidays",
          "Decides which dates are holidays of a calendar.",
          Column.key("calendar", "Calendar", new CellType.Jurisdictions(false)),
          Column.key("date", "Date", new CellType.Date()),
          Column.note("name", "Holiday", new CellType.Text()));

  public static final TableDefinition ZONES =
      TableDefinition.lookup(
          "calendars",
          "Zones",
          "Where the clocks are",
          "Decides the time zones of each jurisdiction, all of them candidates where a person's own is not known, and the group it belongs to.",
          Column.key("where", "Where", new CellType.Jurisdictions(false)),
          Column.result("group", "Group", new CellType.Jurisdictions(false)),
          Column.result("zones", "Zones", new CellType.Zones(true)));

  public static final TableDefinition ZONE_CHECKS =
      TableDefinition.lookup(
          "calendars",
          "ZoneChecks",
          "What the zone data must say",
          "Decides offsets that a release must have; where one differs, the zone's data is stale and its channels close.",
          Column.key("zone", "Zone", new CellType.Zones(false)),
          Column.key("at", "At", new CellType.Timestamp()),
          Column.result("offset", "Offset", new CellType.Offset()));

  public static final TableDefinition ZONE_CORRECTIONS =
      TableDefinition.lookup(
          "calendars",
          "ZoneCorrections",
          "Where the zone data is corrected",
          "Decides offsets that replace older zone data from an instant on.",
          Column.key("zone", "Zone", new CellType.Zones(false)),
          Column.key("fromInstant", "From instant", new CellType.Timestamp()),
          Column.result("offset", "Offset", new CellType.Offset()));

  public static final List<TableDefinition> ALL =
      List.of(HOLIDAYS, ZONES, ZONE_CHECKS, ZONE_CORRECTIONS);

  private CalendarTables() {}
}

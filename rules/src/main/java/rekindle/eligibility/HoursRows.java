package rekindle.eligibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.DateSet;
import rekindle.calendar.DayHours;
import rekindle.calendar.HoursSchedule;
import rekindle.calendar.LocalClock;
import rekindle.calendar.Opening;
import rekindle.calendar.ZoneTransitions;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * The rows of the Hours table as schedules, and when several of them are open at once. Thread-safe.
 */
final class HoursRows {
  /** Combinations of rows and zones that are kept; a release needs a few hundred. */
  private static final int OPENINGS_MAX = 10_000;

  private final Release release;
  private final Map<Hit, HoursSchedule> schedules = new HashMap<>();
  private final Map<Hit, List<ZoneTransitions>> ownZones = new HashMap<>();
  private final Map<String, Hit> byId = new HashMap<>();
  private final Map<Key, Opening> openings = new ConcurrentHashMap<>();

  private record Key(List<Hit> rows, List<ZoneTransitions> zones) {}

  HoursRows(Release release) {
    this.release = release;
    TypedTable table = release.table(EligibilityTables.HOURS_TABLE);
    for (TypedRow row : table.rows()) {
      var hit = new Hit(table, row);
      byId.put(row.id(), hit);
      schedules.put(hit, schedule(row));
      ownZones.put(hit, release.zones().distinct(row.codes("zones")));
    }
  }

  /**
   * When all the rows are open, on every candidate clock and in the zones that a row names itself.
   */
  Opening opening(List<Hit> rows, LocalClock clock) {
    var key = new Key(rows, clock.zones());
    Opening known = openings.get(key);
    if (known == null) {
      known = Opening.of(places(rows, clock));
      if (openings.size() < OPENINGS_MAX) {
        openings.put(new Key(List.copyOf(rows), clock.zones()), known);
      }
    }
    return known;
  }

  Hit hit(HoursSchedule schedule) {
    return Objects.requireNonNull(byId.get(schedule.id()), "a row of the table");
  }

  private List<Opening.Place> places(List<Hit> rows, LocalClock clock) {
    var places = new ArrayList<Opening.Place>();
    for (Hit row : rows) {
      var zones = new ArrayList<>(clock.zones());
      zones.addAll(ownZones.getOrDefault(row, List.of()));
      HoursSchedule schedule = schedules.get(row);
      if (schedule == null) {
        throw new IllegalArgumentException("there is no hours row " + row);
      }
      places.add(new Opening.Place(schedule, zones));
    }
    return places;
  }

  private HoursSchedule schedule(TypedRow row) {
    var holidays = row.code("holidays");
    var week =
        new HoursSchedule.Week(
            hours(row, "weekdayFrom", "weekdayTo"),
            hours(row, "saturdayFrom", "saturdayTo"),
            hours(row, "sundayFrom", "sundayTo"),
            holidays.isPresent() ? DayHours.CLOSED : null,
            pause(row));
    DateSet dates =
        holidays.map(calendar -> release.holidays().dates(calendar)).orElse(DateSet.NONE);
    return HoursSchedule.of(row.id(), week, dates).between(row.from(), row.to());
  }

  private static @Nullable DayHours pause(TypedRow row) {
    DayHours pause = hours(row, "breakFrom", "breakTo");
    return pause.isClosed() ? null : pause;
  }

  private static DayHours hours(TypedRow row, String from, String to) {
    return row.cell(from) instanceof Cell.TimeOfDay opens
            && row.cell(to) instanceof Cell.TimeOfDay closes
        ? new DayHours(opens.minutes(), closes.minutes())
        : DayHours.CLOSED;
  }
}

package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The local clocks that a person may live by: all candidate zones at once. */
public final class LocalClock {
  private final List<ZoneTransitions> zones;
  private final boolean known;

  /**
   * @param zones distinct candidate zones; none means that the place is not known, and the
   *     strictest of all is taken
   */
  public LocalClock(List<ZoneTransitions> zones) {
    this.known = !zones.isEmpty();
    this.zones = known ? List.copyOf(zones) : ZoneTable.EVERYWHERE;
  }

  /** Whether any zone is known. */
  public boolean isKnown() {
    return known;
  }

  /** The candidate zones; the earliest and latest on earth where none is known. */
  public List<ZoneTransitions> zones() {
    return zones;
  }

  /** Whole months between the earliest local date of an event and the latest of an instant. */
  public long monthsSince(Instant event, Instant at) {
    return Ages.monthsSince(event, at, zones);
  }

  /** The first instant at which an event is not within so many months any more. */
  public Instant withinEnds(Instant event, long months) {
    return Ages.withinEnds(event, Math.toIntExact(months), zones);
  }

  /** The local dates of an instant, each once, the earliest first. */
  public List<LocalDate> dates(Instant at) {
    LocalDate first = zones.get(0).localDate(at);
    List<LocalDate> dates = List.of(first);
    for (int i = 1; i < zones.size(); i++) {
      LocalDate date = zones.get(i).localDate(at);
      if (!dates.contains(date)) {
        dates = new ArrayList<>(dates);
        dates.add(date);
      }
    }
    if (dates.size() > 1) {
      Collections.sort(dates);
    }
    return dates;
  }

  /** The first instant at which no candidate zone has the date any more. */
  public Instant endOf(LocalDate date) {
    Optional<Instant> end =
        zones.stream().map(zone -> zone.startOfDay(date.plusDays(1))).max(Instant::compareTo);
    return end.orElseThrow();
  }
}

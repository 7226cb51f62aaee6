package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
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
    if (zones.size() == 1) {
      return List.of(zones.get(0).localDate(at));
    }
    return zones.stream().map(zone -> zone.localDate(at)).distinct().sorted().toList();
  }

  /** The first instant at which no candidate zone has the date any more. */
  public Instant endOf(LocalDate date) {
    Optional<Instant> end =
        zones.stream().map(zone -> zone.startOfDay(date.plusDays(1))).max(Instant::compareTo);
    return end.orElseThrow();
  }
}

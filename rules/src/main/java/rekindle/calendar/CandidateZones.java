package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Local time over all zones in which a person may be: ages are the longest that any of them gives.
 *
 * @param zones each set of offsets once ({@link ZoneTable#distinct}), at least one; {@link
 *     ZoneTable#EVERYWHERE} where no place is known
 */
public record CandidateZones(List<ZoneTransitions> zones) implements LocalClock {
  public CandidateZones {
    zones = List.copyOf(zones);
    if (zones.isEmpty()) {
      throw new IllegalArgumentException(
          "Local time needs a zone; without any, ZoneTable.EVERYWHERE is the strictest");
    }
  }

  @Override
  public long monthsSince(Instant event, Instant at) {
    return Ages.monthsSince(event, at, zones);
  }

  @Override
  public Instant withinEnds(Instant event, long months) {
    return Ages.withinEnds(event, months, zones);
  }

  /** The local dates at an instant, rising, each once. */
  @Override
  public List<LocalDate> dates(Instant at) {
    return zones.stream().map(zone -> zone.localDate(at)).distinct().sorted().toList();
  }
}

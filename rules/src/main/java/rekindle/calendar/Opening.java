package rekindle.calendar;

import static rekindle.calendar.ZoneTransitions.DAY_SECONDS;
import static rekindle.calendar.ZoneTransitions.NEVER;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * When several rows of hours, each on the clocks of several zones, are all open at once.
 *
 * <p>Hours are half-open. Searches go from boundary to boundary and are exact: hours begin and end
 * on whole seconds, so an answer is either the instant asked about or a whole second.
 */
public final class Opening {
  /** How far {@link #nextClose} looks: hours that hold that long have no end worth naming. */
  public static final int HORIZON_DAYS = 400;

  /**
   * One row of hours and the zones on whose clocks it holds: the candidate zones, or those that the
   * row itself names.
   */
  public record Place(HoursSchedule schedule, List<ZoneTransitions> zones) {
    public Place {
      zones = List.copyOf(zones);
      if (zones.isEmpty()) {
        throw new IllegalArgumentException("The hours of " + schedule.id() + " need a zone");
      }
    }
  }

  /**
   * Hours that forbid an instant in one zone.
   *
   * @param closedDay whether the local day has no hours at all; else it is only the wrong time of
   *     the day
   */
  public record Shut(HoursSchedule schedule, String zone, boolean closedDay) {}

  private final LocalHours[] hours;

  private Opening(LocalHours[] hours) {
    this.hours = hours;
  }

  /**
   * The rows that must all be open, each in all its zones. A row that holds only between two dates
   * holds as soon and as long as the date is reached in any zone of any of the places: where zones
   * disagree, the stricter wins.
   */
  public static Opening of(List<Place> places) {
    var hours = new ArrayList<LocalHours>();
    for (var place : places) {
      var schedule = place.schedule();
      if (!schedule.isAlwaysOpen()) {
        LocalDate from = schedule.from();
        LocalDate to = schedule.to();
        long validFrom = from == null ? Long.MIN_VALUE : firstSecondOf(from, places);
        long validTo = to == null ? NEVER : firstSecondAfter(to, places);
        place.zones().forEach(z -> hours.add(new LocalHours(schedule, z, validFrom, validTo)));
      }
    }
    return new Opening(hours.toArray(LocalHours[]::new));
  }

  /** Whether every row is open in every zone. */
  public boolean isOpen(Instant instant) {
    long second = instant.getEpochSecond();
    for (var local : hours) {
      if (!local.isOpen(second)) {
        return false;
      }
    }
    return true;
  }

  /** What forbids an instant, in the order in which places and zones were given. */
  public List<Shut> shutAt(Instant instant) {
    long second = instant.getEpochSecond();
    var shut = new ArrayList<Shut>();
    for (var local : hours) {
      if (!local.isOpen(second)) {
        shut.add(new Shut(local.schedule(), local.zone().zone(), local.isClosedDay(second)));
      }
    }
    return List.copyOf(shut);
  }

  /**
   * The first instant, not before the given one, at which every row is open in every zone; empty if
   * there is none up to and including that many times 24 hours later.
   */
  public Optional<Instant> firstOpen(Instant instant, int horizonDays) {
    long second = instant.getEpochSecond();
    long last = second + horizonDays * DAY_SECONDS;
    long at = second;
    int agreed = 0;
    for (int i = 0; agreed < hours.length; i = (i + 1) % hours.length) {
      long open = hours[i].next(true, at, last);
      if (open == NEVER) {
        return Optional.empty();
      }
      agreed = open == at ? agreed + 1 : 1;
      at = open;
    }
    return Optional.of(at == second ? instant : Instant.ofEpochSecond(at));
  }

  /**
   * The first instant after the given one at which any row closes in any zone; empty if none does
   * within {@link #HORIZON_DAYS}.
   */
  public Optional<Instant> nextClose(Instant instant) {
    long second = instant.getEpochSecond();
    long last = second + HORIZON_DAYS * DAY_SECONDS;
    long first = NEVER;
    for (var local : hours) {
      long open = local.next(true, second, last);
      long close = open == NEVER ? NEVER : local.next(false, open, last);
      if (close != NEVER) {
        first = close;
        last = close;
      }
    }
    return first == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(first));
  }

  /** The first second at which the date is reached on a clock of any place. */
  private static long firstSecondOf(LocalDate date, List<Place> places) {
    return startsOf(date, places).min().orElseThrow();
  }

  /** The first second at which the date is past on the clocks of all places. */
  private static long firstSecondAfter(LocalDate date, List<Place> places) {
    return startsOf(date.plusDays(1), places).max().orElseThrow();
  }

  private static LongStream startsOf(LocalDate date, List<Place> places) {
    return places.stream()
        .flatMap(place -> place.zones().stream())
        .mapToLong(zone -> zone.startOfDay(date).getEpochSecond());
  }
}

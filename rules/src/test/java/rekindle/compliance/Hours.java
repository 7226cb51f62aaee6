package rekindle.compliance;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Table B: when people may be called or texted, in their local time. */
final class Hours {
  private static final Duration HORIZON = Duration.ofDays(400);

  /** Every opening and every change of clocks falls on a quarter of an hour. */
  private static final int QUARTER_SECONDS = 900;

  private final Places places;
  private final boolean phone;

  private Hours(Places places, boolean phone) {
    this.places = places;
    this.phone = phone;
  }

  /** When the channel opens next: null if it is open, empty if not within 400 days. */
  static @Nullable Optional<Instant> closedUntil(Places places, String channel, Instant asOf) {
    if (!Set.of("phone", "sms").contains(channel)) {
      return null;
    }
    var hours = new Hours(places, channel.equals("phone"));
    if (hours.open(asOf)) {
      return null;
    }
    long next = (asOf.getEpochSecond() / QUARTER_SECONDS + 1) * QUARTER_SECONDS;
    for (long at = next; at <= asOf.plus(HORIZON).getEpochSecond(); at += QUARTER_SECONDS) {
      if (hours.open(Instant.ofEpochSecond(at))) {
        return Optional.of(Instant.ofEpochSecond(at));
      }
    }
    return Optional.empty();
  }

  private boolean open(Instant at) {
    boolean somewhere = places.jurisdictions().stream().allMatch(p -> p.equals("US"));
    for (String zone : zones()) {
      LocalDateTime local = at.atOffset(Places.offset(zone, at)).toLocalDateTime();
      if (somewhere
          && (places.zones().isEmpty() || places.jurisdictions().isEmpty())
          && !open(unknown(), "US", local)) {
        return false;
      }
      for (String place : places.jurisdictions()) {
        for (Week week : weeks(place)) {
          if (!open(week, place, local)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private Iterable<String> zones() {
    return places.zones().isEmpty() ? Places.ZONES.getOrDefault("US", List.of()) : places.zones();
  }

  /** Hours of Monday to Friday, Saturday and Sunday, and whether holidays are like other days. */
  private record Week(double[] week, double[] saturday, double[] sunday, boolean holidays) {}

  private static final double[] NONE = {};

  private static double[] at(double... hours) {
    return hours;
  }

  private static Week daily(double from, double to) {
    return new Week(at(from, to), at(from, to), at(from, to), true);
  }

  private static boolean open(Week week, String place, LocalDateTime local) {
    LocalDate date = local.toLocalDate();
    if (!week.holidays() && Holidays.on(place, date)) {
      return false;
    }
    DayOfWeek day = date.getDayOfWeek();
    double[] hours =
        day == DayOfWeek.SUNDAY
            ? week.sunday()
            : day == DayOfWeek.SATURDAY ? week.saturday() : week.week();
    long second = local.toLocalTime().toSecondOfDay();
    for (int i = 0; i < hours.length; i += 2) {
      if (second >= hours[i] * 3600 && second < hours[i + 1] * 3600) {
        return true;
      }
    }
    return false;
  }

  /** A number of the United States whose holder may be in any state: the strictest of them. */
  private static Week unknown() {
    return new Week(at(8, 20), at(8, 20), NONE, false);
  }

  private List<Week> weeks(String place) {
    var weeks = new ArrayList<Week>();
    switch (Places.country(place)) {
      case "US" -> {
        weeks.add(daily(8, 21));
        Week state = state(place);
        if (state != null) {
          weeks.add(state);
        }
      }
      case "CA" -> weeks.add(new Week(at(9, 21.5), at(10, 18), at(10, 18), true));
      case "IN" -> weeks.add(daily(10, 21));
      case "FR" ->
          weeks.add(
              phone
                  ? new Week(at(10, 13, 14, 20), NONE, NONE, false)
                  : new Week(at(8, 20), at(8, 20), NONE, false));
      case "AU" -> {
        if (phone) {
          weeks.add(new Week(at(9, 20), at(9, 17), NONE, false));
        }
      }
      default -> {
        if (phone && (Places.eu(place) || place.startsWith("GB"))) {
          weeks.add(new Week(at(9, 20), at(9, 18), NONE, false));
        }
      }
    }
    return weeks;
  }

  /** What a state adds to the federal hours; texts are treated as calls everywhere. */
  private static @Nullable Week state(String place) {
    return switch (place) {
      case "US-FL", "US-OK", "US-MD", "US-WA", "US-MA", "US-WY" -> daily(8, 20);
      case "US-CT", "US-NV" -> daily(9, 20);
      case "US-MN", "US-MI", "US-NM" -> daily(9, 21);
      case "US-KY" -> daily(10, 21);
      case "US-TX" -> new Week(at(9, 21), at(9, 21), at(12, 21), true);
      case "US-PA" -> new Week(at(9, 19), at(9, 19), NONE, false);
      case "US-RI" -> new Week(at(9, 18), at(10, 17), NONE, false);
      case "US-AL", "US-LA", "US-MS" -> new Week(at(8, 20), at(8, 20), NONE, false);
      case "US-UT" -> new Week(at(8, 21), at(8, 21), NONE, false);
      default -> null;
    };
  }
}

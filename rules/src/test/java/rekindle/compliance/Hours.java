package rekindle.compliance;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Table B: when people may be called or texted, in their local time. */
final class Hours {
  /** When a vendor says that the ban of Sundays came into force; the enacted text was not seen. */
  private static final LocalDate PENNSYLVANIA_SUNDAYS = LocalDate.of(2026, 10, 18);

  private static final Duration HORIZON = Duration.ofDays(400);

  /** Every opening and every change of clocks falls on a quarter of an hour. */
  private static final int QUARTER_SECONDS = 900;

  private final Places places;
  private final boolean phone;
  private final boolean zoneUnknown;

  private Hours(Places places, boolean phone, boolean zoneUnknown) {
    this.places = places;
    this.phone = phone;
    this.zoneUnknown = zoneUnknown;
  }

  static void find(Known known, Places places, String channel, Denials denials) {
    boolean nowhere = places.jurisdictions().isEmpty();
    boolean timed = Set.of("phone", "sms").contains(channel);
    if (timed || (nowhere && channel.equals("whatsapp"))) {
      boolean zoneUnknown = known.texts("contact", "timeZones").isEmpty();
      var hours = new Hours(places, channel.equals("phone"), zoneUnknown);
      if (!hours.open(known.asOf())) {
        denials.add("Hours", hours.opensAfter(known.asOf()));
      }
    }
  }

  /** The first instant at which it is open everywhere; null if none within 400 days. */
  private @Nullable Instant opensAfter(Instant asOf) {
    long next = (asOf.getEpochSecond() / QUARTER_SECONDS + 1) * QUARTER_SECONDS;
    for (long at = next; at <= asOf.plus(HORIZON).getEpochSecond(); at += QUARTER_SECONDS) {
      if (open(Instant.ofEpochSecond(at))) {
        return Instant.ofEpochSecond(at);
      }
    }
    return null;
  }

  private boolean open(Instant at) {
    if (places.jurisdictions().isEmpty()) {
      return !places.zones().isEmpty()
          && places.zones().stream().allMatch(zone -> open(UNKNOWN, "", local(zone, at)));
    }
    for (String place : places.jurisdictions()) {
      for (String zone : zones(place)) {
        LocalDateTime local = local(zone, at);
        if (!weeks(place, local.toLocalDate()).stream().allMatch(w -> open(w, place, local))) {
          return false;
        }
      }
    }
    return true;
  }

  private static LocalDateTime local(String zone, Instant at) {
    return at.atOffset(Places.offset(zone, at)).toLocalDateTime();
  }

  /** Every candidate zone, and the one that the law of the place names. */
  private Set<String> zones(String place) {
    var zones = new HashSet<>(places.zones());
    if (place.equals("US-TX") || place.equals("US-MS")) {
      zones.add("America/Chicago");
    }
    if (place.equals("IN")) {
      zones.add("Asia/Kolkata");
    }
    return zones;
  }

  /** Hours of Monday to Friday, Saturday and Sunday, and whether holidays are like other days. */
  private record Week(
      List<Double> week, List<Double> saturday, List<Double> sunday, boolean holidays) {}

  private static final List<Double> NONE = List.of();

  /** Nobody knows where: Connecticut and the European Union together. */
  private static final Week UNKNOWN = new Week(at(9, 20), at(9, 18), NONE, true);

  private static List<Double> at(double... hours) {
    return DoubleStream.of(hours).boxed().toList();
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
    List<Double> hours =
        day == DayOfWeek.SUNDAY
            ? week.sunday()
            : day == DayOfWeek.SATURDAY ? week.saturday() : week.week();
    long second = local.toLocalTime().toSecondOfDay();
    for (int i = 0; i < hours.size(); i += 2) {
      if (second >= hours.get(i) * 3600 && second < hours.get(i + 1) * 3600) {
        return true;
      }
    }
    return false;
  }

  private List<Week> weeks(String place, LocalDate date) {
    var weeks = new ArrayList<Week>();
    switch (Places.country(place)) {
      case "US" -> {
        weeks.add(daily(8, 21));
        if (zoneUnknown && place.equals("US")) {
          weeks.add(new Week(at(8, 20), at(8, 20), NONE, false));
        }
        Week state = state(place, date);
        if (state != null) {
          weeks.add(state);
        }
      }
      case "CA" -> weeks.add(new Week(at(9, 21.5), at(10, 18), at(10, 18), !place.equals("CA-BC")));
      case "IN" -> weeks.add(daily(10, 21));
      case "FR", "RE" ->
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
  private static @Nullable Week state(String place, LocalDate date) {
    return switch (place) {
      case "US-FL", "US-OK", "US-MD", "US-WA", "US-MA", "US-WY" -> daily(8, 20);
      case "US-CT", "US-NV" -> daily(9, 20);
      case "US-MN", "US-MI", "US-NM" -> daily(9, 21);
      case "US-KY" -> daily(10, 21);
      case "US-TX" -> new Week(at(9, 21), at(9, 21), at(12, 21), true);
      case "US-PA" ->
          date.isBefore(PENNSYLVANIA_SUNDAYS)
              ? new Week(at(0, 24), at(0, 24), at(0, 24), false)
              : new Week(at(9, 19), at(9, 19), NONE, false);
      case "US-RI" -> new Week(at(9, 18), at(10, 17), NONE, false);
      case "US-AL", "US-LA", "US-MS" -> new Week(at(8, 20), at(8, 20), NONE, false);
      case "US-UT" -> new Week(at(8, 21), at(8, 21), NONE, false);
      default -> null;
    };
  }
}

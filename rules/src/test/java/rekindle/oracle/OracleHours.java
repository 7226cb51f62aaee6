package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permitted hours of a channel, looked at quarter by quarter. */
final class OracleHours {
  static final Duration HORIZON = Duration.ofDays(400);

  private final OraclePlaces places;
  private final List<OracleRow> rows;
  private final Map<Instant, Boolean> asked = new HashMap<>();

  OracleHours(OraclePlaces places, List<OracleRow> rows) {
    this.places = places;
    this.rows = rows;
  }

  /** The codes with which a row closes the channel at an instant. */
  Set<String> closedBy(OracleRow row, Instant at) {
    var codes = new LinkedHashSet<String>();
    if (!inForce(row, at)) {
      return codes;
    }
    if (alwaysClosed(row)) {
      return Set.of("closed_day");
    }
    var zones = new LinkedHashSet<>(places.zones);
    zones.addAll(row.list("→ Also read in"));
    for (String zone : zones) {
      var local = places.local(zone, at);
      var day = local.toLocalDate();
      LocalTime from = from(row, day);
      LocalTime to = to(row, day);
      if (from == null || to == null) {
        codes.add("closed_day");
      } else if (!inside(local.toLocalTime(), from, to)
          || inside(local.toLocalTime(), row.time("→ Break: from"), row.time("→ Break: to"))) {
        codes.add("quiet_hours");
      }
    }
    return codes;
  }

  /** On the date of any clock that any of the rows is read on. */
  private boolean inForce(OracleRow row, Instant at) {
    if (row.isUndated()) {
      return true;
    }
    var clocks = new LinkedHashSet<>(places.zones);
    rows.forEach(one -> clocks.addAll(one.list("→ Also read in")));
    return clocks.stream().anyMatch(zone -> row.inForceOn(places.local(zone, at).toLocalDate()));
  }

  private static boolean inside(LocalTime time, @Nullable LocalTime from, @Nullable LocalTime to) {
    return from != null
        && to != null
        && !time.isBefore(from)
        && (time.isBefore(to) || to.equals(LocalTime.MIDNIGHT));
  }

  private @Nullable LocalTime from(OracleRow row, LocalDate day) {
    boolean holiday =
        row.list("→ Closed on holidays of").stream()
            .anyMatch(calendar -> places.holidays(calendar).contains(day));
    return holiday ? null : row.time("→ " + dayLabel(day) + ": from");
  }

  private static @Nullable LocalTime to(OracleRow row, LocalDate day) {
    return row.time("→ " + dayLabel(day) + ": to");
  }

  private static String dayLabel(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> "Saturday";
      case SUNDAY -> "Sunday";
      default -> "Mon–Fri";
    };
  }

  private static boolean alwaysClosed(OracleRow row) {
    return row.time("→ Mon–Fri: from") == null
        && row.time("→ Saturday: from") == null
        && row.time("→ Sunday: from") == null;
  }

  List<OracleRow> rows() {
    return rows;
  }

  boolean open(Instant at) {
    return asked.computeIfAbsent(
        at, asking -> rows.stream().allMatch(row -> closedBy(row, asking).isEmpty()));
  }

  /** The first minute at which all rows are open in all zones, or null within the horizon. */
  @Nullable Instant opensAt(Instant after) {
    if (rows.stream().anyMatch(OracleHours::alwaysClosed)) {
      return null;
    }
    Instant at = minute(after);
    for (; !at.isAfter(after.plus(HORIZON)); at = nextQuarter(at)) {
      if (open(at)) {
        return at;
      }
    }
    return null;
  }

  /** The first minute after an open instant at which some row is closed, or null within days. */
  @Nullable Instant closesAt(Instant open, int days) {
    if (rows.isEmpty()) {
      return null;
    }
    Instant at = minute(open);
    for (; !at.isAfter(open.plus(Duration.ofDays(days))); at = nextQuarter(at)) {
      if (!open(at)) {
        return at;
      }
    }
    return null;
  }

  /** Hours of the shipped rows, and offsets of the clocks, are whole quarters of an hour. */
  private static Instant nextQuarter(Instant at) {
    return Instant.ofEpochSecond((at.getEpochSecond() / 900 + 1) * 900);
  }

  /** The instant itself if it is a whole minute, else the next one. */
  private static Instant minute(Instant at) {
    var cut = at.truncatedTo(ChronoUnit.MINUTES);
    return cut.equals(at) ? at : cut.plusSeconds(60);
  }
}

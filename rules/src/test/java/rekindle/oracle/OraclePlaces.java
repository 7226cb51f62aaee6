package rekindle.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Contact;

/** Where a person may be (DECIDING.md section 1, Place and Time). */
final class OraclePlaces {
  private final OracleTables tables;
  final List<String> jurisdictions;
  final Set<String> zones = new LinkedHashSet<>();
  final boolean ownZones;

  OraclePlaces(OracleTables tables, Contact contact) {
    this.tables = tables;
    jurisdictions = contact.jurisdictions();
    zones.addAll(contact.timeZones());
    ownZones = !zones.isEmpty();
    if (zones.isEmpty()) {
      for (String place : jurisdictions) {
        var row = zoneRow(place);
        zones.addAll(
            (row == null ? Objects.requireNonNull(zoneRow(country(place))) : row).list("→ Zones"));
      }
    }
  }

  private @Nullable OracleRow zoneRow(String place) {
    return tables.rows("calendars/Zones").stream()
        .filter(row -> row.cell("Where").equals(place))
        .findFirst()
        .orElse(null);
  }

  private static String country(String place) {
    return place.split("-", 2)[0];
  }

  /** The place, its country and their groups. */
  List<String> placeAndParents(String place) {
    var found = new LinkedHashSet<String>(List.of(place, country(place)));
    for (String one : List.copyOf(found)) {
      var row = zoneRow(one);
      if (row != null) {
        found.addAll(row.list("→ Group"));
      }
    }
    return List.copyOf(found);
  }

  /**
   * What a first-hit table answers for each candidate: one row for each look-up, and each date that
   * it may be where the person is, that found one.
   */
  List<OracleRow> firstHits(String sheet, Instant at, Predicate<OracleRow> holds) {
    var hits = new ArrayList<OracleRow>();
    for (String candidate : candidates()) {
      var found = new ArrayList<OracleRow>();
      for (String place : lookups(sheet, candidate, row -> inForce(row, at) && holds.test(row))) {
        for (LocalDate date : dates(at)) {
          tables.rows(sheet).stream()
              .filter(row -> !row.id().equals("otherwise") && counts(row, place, candidate))
              .filter(row -> row.inForceOn(date) && holds.test(row))
              .findFirst()
              .filter(row -> !found.contains(row))
              .ifPresent(found::add);
        }
      }
      if (found.isEmpty()) {
        found.add(tables.first(sheet, row -> row.id().equals("otherwise")));
      }
      hits.addAll(found);
    }
    return hits;
  }

  /** The rows of an all-hit table that hold for any candidate or a parent of it. */
  List<OracleRow> allHits(String sheet, Predicate<OracleRow> holds) {
    var hits = new LinkedHashSet<OracleRow>();
    for (String candidate : candidates()) {
      for (String place : lookups(sheet, candidate, holds)) {
        tables.rows(sheet).stream()
            .filter(row -> (row.open("Where") || counts(row, place, candidate)) && holds.test(row))
            .filter(row -> nothingCloser(row, place))
            .forEach(hits::add);
      }
    }
    return List.copyOf(hits);
  }

  /** The rows of an all-hit table that hold and are in force on a date that it may be. */
  List<OracleRow> allHits(String sheet, Instant at, Predicate<OracleRow> holds) {
    return allHits(sheet, row -> inForce(row, at) && holds.test(row));
  }

  private boolean nothingCloser(OracleRow row, String place) {
    String label = "Nothing closer known";
    return !row.cells().containsKey(label) || row.takesYes(label, jurisdictions.contains(place));
  }

  /** All candidates and their parents. */
  Set<String> everyPlace() {
    var places = new LinkedHashSet<String>();
    for (String candidate : candidates()) {
      places.addAll(candidate.equals("unknown") ? List.of(candidate) : placeAndParents(candidate));
    }
    return places;
  }

  boolean inForce(OracleRow row, Instant at) {
    return row.isUndated() || dates(at).stream().anyMatch(row::inForceOn);
  }

  private Set<LocalDate> dates(Instant at) {
    var dates = new LinkedHashSet<LocalDate>();
    datedZones().forEach(zone -> dates.add(local(zone, at).toLocalDate()));
    return dates;
  }

  private List<String> candidates() {
    return jurisdictions.isEmpty() ? List.of("unknown") : jurisdictions;
  }

  /** A national row replaces the rows of the group. */
  private List<String> lookups(String sheet, String candidate, Predicate<OracleRow> holds) {
    if (candidate.equals("unknown")) {
      return List.of(candidate);
    }
    String country = country(candidate);
    boolean national =
        tables.rows(sheet).stream().anyMatch(row -> names(row, country) && holds.test(row));
    return national
        ? List.of(candidate, country).stream().distinct().toList()
        : placeAndParents(candidate);
  }

  /** Whether a row names the place or, after not, neither the candidate nor a parent of it. */
  private boolean counts(OracleRow row, String place, String candidate) {
    return names(row, place)
        || (row.cell("Where").startsWith("not ")
            && place.equals(candidate)
            && !candidate.equals("unknown")
            && placeAndParents(candidate).stream().allMatch(one -> row.takes("Where", one)));
  }

  private static boolean names(OracleRow row, String place) {
    return OracleRow.words(row.cell("Where")).contains(place);
  }

  LocalDateTime local(String zone, Instant at) {
    var correction = tables.corrections().get(zone);
    return correction != null && !at.isBefore(correction.from())
        ? LocalDateTime.ofInstant(at, correction.offset())
        : LocalDateTime.ofInstant(at, ZoneId.of(zone));
  }

  /** With no zone known, every place on earth is one. */
  private Set<String> datedZones() {
    return zones.isEmpty() ? Set.of("-12:00", "+14:00") : zones;
  }

  /** The first local date at which something is no longer within so many months. */
  private LocalDate anniversary(Instant event, int months) {
    return datedZones().stream()
        .map(zone -> local(zone, event).toLocalDate())
        .min(Comparator.naturalOrder())
        .orElseThrow()
        .plusMonths(months);
  }

  boolean withinMonths(@Nullable Instant event, Instant asOf, int months) {
    if (event == null) {
      return false;
    }
    var anniversary = anniversary(event, months);
    return datedZones().stream()
        .allMatch(zone -> local(zone, asOf).toLocalDate().isBefore(anniversary));
  }

  /** The first instant that is no longer within so many months, counted off in minutes. */
  Instant monthsEnd(Instant event, int months) {
    var at = anniversary(event, months).minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    while (withinMonths(event, at, months)) {
      at = at.plusSeconds(60);
    }
    return at;
  }

  Set<LocalDate> holidays(String calendar) {
    return tables.holidays(calendar);
  }
}

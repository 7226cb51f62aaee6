package rekindle.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.facts.Channel;
import rekindle.rule.Hit;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;

/**
 * Looks up, for one person and instant, what permits each channel: every candidate jurisdiction and
 * its parents must.
 */
final class ConsentLookup {
  private final Map<Hit, ConsentRow> table;
  private final Hit otherwise;
  private final LocalClock clock;
  private final List<LocalDate> dates;
  private final Map<String, List<Rule>> byPlace;

  /**
   * @param byPlace the Consent rules that held, by the place for which they were looked up, {@code
   *     any} among them
   */
  ConsentLookup(
      Map<Hit, ConsentRow> table,
      Hit otherwise,
      LocalClock clock,
      List<LocalDate> dates,
      Map<String, List<Rule>> byPlace) {
    this.table = table;
    this.otherwise = otherwise;
    this.clock = clock;
    this.dates = dates;
    this.byPlace = byPlace;
  }

  /**
   * The deciding rows of a channel: for each candidate those of its look-ups, else the otherwise
   * row.
   */
  List<ConsentRow> rows(Channel channel, List<Candidate> candidates) {
    var rows = new ArrayList<ConsentRow>();
    for (Candidate candidate : candidates) {
      boolean found = false;
      for (String place : candidate.own()) {
        found |= add(channel, place, rows);
      }
      String group = candidate.group();
      if (group != null && !isNamed(channel, candidate.country())) {
        found |= add(channel, group, rows);
      }
      if (!found) {
        addOnce(otherwise, rows);
      }
    }
    return rows;
  }

  /** Whether a row that holds names the country: FR replaces EU, "not US" does not. */
  private boolean isNamed(Channel channel, String country) {
    for (Rule rule : byPlace.getOrDefault(country, List.of())) {
      if (channel == rule.channel() && rule.key() != null && isInForce(rule)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInForce(Rule rule) {
    for (LocalDate date : dates) {
      if (rule.row().inForceOn(date)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the look-up of the place finds a row on any of the dates; each is added once. */
  private boolean add(Channel channel, String place, List<ConsentRow> rows) {
    boolean found = false;
    for (LocalDate date : dates) {
      Hit hit = topmost(channel, place, date);
      if (hit != null) {
        addOnce(hit, rows);
        found = true;
      }
    }
    return found;
  }

  private void addOnce(Hit hit, List<ConsentRow> rows) {
    ConsentRow row = Objects.requireNonNull(table.get(hit), "a row of the table");
    if (!rows.contains(row)) {
      rows.add(row);
    }
  }

  private @Nullable Hit topmost(Channel channel, String place, LocalDate date) {
    Hit own = topmost(channel, byPlace.getOrDefault(place, List.of()), date);
    Hit general = topmost(channel, byPlace.getOrDefault(RulePlan.ANY_KEY, List.of()), date);
    if (own == null || general == null) {
      return own == null ? general : own;
    }
    return own.row().number() < general.row().number() ? own : general;
  }

  private static @Nullable Hit topmost(Channel channel, List<Rule> rules, LocalDate date) {
    for (Rule rule : rules) {
      if (channel == rule.channel() && rule.row().inForceOn(date)) {
        return rule.hit();
      }
    }
    return null;
  }

  /** The permitting row that ends first; of several, the topmost. */
  ConsentRow endingFirst(List<ConsentRow> permitting, ChannelView view, Person person) {
    if (permitting.size() == 1) {
      return permitting.get(0);
    }
    return permitting.stream()
        .min(
            Comparator.<ConsentRow, Instant>comparing(row -> orMax(row.ends(view, person, clock)))
                .thenComparing(row -> row.hit().row().number()))
        .orElseThrow();
  }

  private static Instant orMax(@Nullable Instant instant) {
    return instant == null ? Instant.MAX : instant;
  }
}

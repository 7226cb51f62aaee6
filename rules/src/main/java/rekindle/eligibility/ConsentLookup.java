package rekindle.eligibility;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.calendar.Places;
import rekindle.facts.Channel;
import rekindle.rule.Hit;
import rekindle.rule.Rule;
import rekindle.table.Cell;
import rekindle.table.Condition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Looks up, for one person and instant, what permits each channel: every candidate jurisdiction and
 * its parents must.
 */
final class ConsentLookup {
  private final TypedTable table;
  private final Places places;
  private final LocalClock clock;
  private final List<LocalDate> dates;
  private final Hit otherwise;
  private final Map<String, List<Rule>> byPlace;

  /**
   * @param byPlace the Consent rules that held, by the place for which they were looked up, {@code
   *     any} among them
   */
  ConsentLookup(
      TypedTable table,
      Places places,
      LocalClock clock,
      List<LocalDate> dates,
      Hit otherwise,
      Map<String, List<Rule>> byPlace) {
    this.table = table;
    this.places = places;
    this.clock = clock;
    this.dates = dates;
    this.otherwise = otherwise;
    this.byPlace = byPlace;
  }

  /**
   * The deciding rows of a channel: for each candidate those of its look-ups, else the otherwise
   * row.
   */
  List<Hit> rows(Channel channel, List<String> candidates) {
    var rows = new ArrayList<Hit>();
    for (String candidate : candidates) {
      for (Hit hit : rows(channel, candidate)) {
        if (!rows.contains(hit)) {
          rows.add(hit);
        }
      }
    }
    return rows;
  }

  private List<Hit> rows(Channel channel, String candidate) {
    var found = new ArrayList<Hit>();
    List<String> lookups =
        candidate.equals("unknown") ? List.of(candidate) : places.lookups(candidate);
    boolean nationalRowFound = false;
    for (String place : lookups) {
      boolean isGroup = place.equals(lookups.get(lookups.size() - 1)) && !isIso(place, candidate);
      if (isGroup && nationalRowFound) {
        continue; // FR replaces EU
      }
      for (LocalDate date : dates) {
        Hit hit = topmost(channel, place, date);
        if (hit != null) {
          found.add(hit);
          nationalRowFound |= !place.equals(candidate) || !candidate.contains("-");
        }
      }
    }
    return found.isEmpty() ? List.of(otherwise) : found;
  }

  private static boolean isIso(String place, String candidate) {
    return candidate.equals(place) || candidate.startsWith(place + "-");
  }

  private @Nullable Hit topmost(Channel channel, String place, LocalDate date) {
    Hit own = topmost(channel, byPlace.getOrDefault(place, List.of()), date);
    Hit general = topmost(channel, byPlace.getOrDefault("any", List.of()), date);
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
  Hit endingFirst(List<Hit> permitting, ChannelView view, Person person) {
    if (permitting.size() == 1) {
      return permitting.get(0);
    }
    return permitting.stream()
        .min(
            Comparator.<Hit, Instant>comparing(hit -> orMax(ends(hit.row(), view, person)))
                .thenComparing(hit -> hit.row().number()))
        .orElseThrow();
  }

  private static Instant orMax(@Nullable Instant instant) {
    return instant == null ? Instant.MAX : instant;
  }

  /** The first instant at which the row does not permit any more; null for never. */
  @Nullable Instant ends(TypedRow row, ChannelView view, Person person) {
    Instant ends = row.to() == null ? null : clock.endOf(row.to());
    String ground = row.code("ground").orElse(null);
    if (ground != null) {
      ends = earlier(ends, groundEnds(row, ground, view, person));
    }
    ends = earlier(ends, withinEnds(row, "boughtMonths", person.lastPurchaseAt()));
    ends = earlier(ends, withinEnds(row, "inquiredMonths", person.lastInquiryAt()));
    var hours = row.number("inboundHours");
    Instant inboundAt = person.inboundAt(view.channel());
    if (hours.isPresent() && inboundAt != null) {
      ends =
          earlier(
              ends,
              inboundAt.plus(Duration.ofMillis(hours.get().longValueExact() * Condition.HOUR_MS)));
    }
    return earlier(ends, silenceTakesOver(row, view.channel(), person));
  }

  private @Nullable Instant withinEnds(TypedRow row, String months, @Nullable Instant event) {
    var within = row.number(months);
    return within.isEmpty() || event == null
        ? null
        : clock.withinEnds(event, within.get().longValueExact());
  }

  /** The longest-lasting event of the ground decides when it ends. */
  private @Nullable Instant groundEnds(
      TypedRow row, String ground, ChannelView view, Person person) {
    Instant longest = Instant.MIN;
    String proof = row.code("proof").orElse("");
    for (Instant event : person.groundEvents(view.channel(), ground, proof)) {
      Instant ends = withinEnds(row, "ageMonths", event);
      ends = earlier(ends, withinEnds(row, "givenOrUsedMonths", view.usedOrGiven(event)));
      ends = earlier(ends, withinEnds(row, "givenOrHeardMonths", view.heardOrGiven(event)));
      if (ends == null) {
        return null;
      }
      longest = ends.isAfter(longest) ? ends : longest;
    }
    return longest;
  }

  /** A row above that takes over once the person has been silent for longer ends this one. */
  private @Nullable Instant silenceTakesOver(TypedRow row, Channel channel, Person person) {
    Instant silentSince = person.lastSignOfLifeAt();
    Instant ends = null;
    if (silentSince != null) {
      for (TypedRow above : table.rows()) {
        if (above.number() < row.number()
            && above.cell("silentMonths") instanceof Cell.Number months
            && sharesPlaceAndChannel(above, row, channel)) {
          Instant from = clock.withinEnds(silentSince, months.value().longValueExact());
          ends = from.isAfter(person.at()) ? earlier(ends, from) : ends;
        }
      }
    }
    return ends;
  }

  private static boolean sharesPlaceAndChannel(TypedRow above, TypedRow row, Channel channel) {
    boolean samePlace =
        !(above.cell("where") instanceof Cell.Codes)
            || above.cell("where").equals(row.cell("where"));
    return samePlace
        && (!(above.cell("channel") instanceof Cell.Codes codes) || codes.matches(channel.code()));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}

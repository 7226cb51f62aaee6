package rekindle.eligibility;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.facts.Channel;
import rekindle.rule.Hit;
import rekindle.table.Cell;
import rekindle.table.Condition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * A row of the Consent table, read once for a release: whether it permits, and when it ends.
 *
 * @param code the denial where it does not permit
 * @param ground null where the row asks for none
 * @param ageMonths null for any, as are the five that follow
 * @param silences for each channel, after how many silent months a row above takes over
 */
record ConsentRow(
    Hit hit,
    boolean allows,
    String code,
    @Nullable String ground,
    String proof,
    @Nullable Long ageMonths,
    @Nullable Long givenOrUsedMonths,
    @Nullable Long givenOrHeardMonths,
    @Nullable Long boughtMonths,
    @Nullable Long inquiredMonths,
    @Nullable Duration inbound,
    Map<Channel, List<Long>> silences) {

  /** The rows of the table by what a rule reports. */
  static Map<Hit, ConsentRow> of(TypedTable table) {
    var rows = new HashMap<Hit, ConsentRow>();
    for (TypedRow row : table.rows()) {
      var hit = new Hit(table, row);
      rows.put(
          hit,
          new ConsentRow(
              hit,
              row.code("result").orElse("deny").equals("allow"),
              row.code("basis").orElse("consent_missing"),
              row.code("ground").orElse(null),
              row.code("proof").orElse(""),
              number(row, "ageMonths"),
              number(row, "givenOrUsedMonths"),
              number(row, "givenOrHeardMonths"),
              number(row, "boughtMonths"),
              number(row, "inquiredMonths"),
              row.number("inboundHours")
                  .map(hours -> Duration.ofMillis(hours.longValueExact() * Condition.HOUR_MS))
                  .orElse(null),
              silences(table, row)));
    }
    return rows;
  }

  /** Two of the same row are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConsentRow row && row.hit.equals(hit);
  }

  @Override
  public int hashCode() {
    return hit.hashCode();
  }

  /** The first instant at which the row does not permit any more; null for never. */
  @Nullable Instant ends(ChannelView view, Person person, LocalClock clock) {
    var to = hit.row().to();
    Instant ends = to == null ? null : clock.endOf(to);
    if (ground != null) {
      ends = earlier(ends, groundEnds(ground, view, person, clock));
    }
    ends = earlier(ends, within(boughtMonths, person.lastPurchaseAt(), clock));
    ends = earlier(ends, within(inquiredMonths, person.lastInquiryAt(), clock));
    if (inbound != null) {
      Instant inboundAt = person.inboundAt(view.channel());
      ends = earlier(ends, inboundAt == null ? null : inboundAt.plus(inbound));
    }
    return earlier(ends, silenceTakesOver(view.channel(), person, clock));
  }

  private static @Nullable Instant within(
      @Nullable Long months, @Nullable Instant event, LocalClock clock) {
    return months == null || event == null ? null : clock.withinEnds(event, months);
  }

  /** The longest-lasting event of the ground decides when it ends. */
  private @Nullable Instant groundEnds(
      String held, ChannelView view, Person person, LocalClock clock) {
    Instant longest = Instant.MIN;
    for (Instant event : person.groundEvents(view.channel(), held, proof)) {
      Instant ends = within(ageMonths, event, clock);
      ends = earlier(ends, within(givenOrUsedMonths, view.usedOrGiven(event), clock));
      ends = earlier(ends, within(givenOrHeardMonths, view.heardOrGiven(event), clock));
      if (ends == null) {
        return null;
      }
      longest = ends.isAfter(longest) ? ends : longest;
    }
    return longest;
  }

  /** A row above that takes over once the person has been silent for longer ends this one. */
  private @Nullable Instant silenceTakesOver(Channel channel, Person person, LocalClock clock) {
    Instant silentSince = person.lastSignOfLifeAt();
    Instant ends = null;
    if (silentSince != null) {
      for (long months : silences.getOrDefault(channel, List.of())) {
        Instant from = clock.withinEnds(silentSince, months);
        ends = from.isAfter(person.at()) ? earlier(ends, from) : ends;
      }
    }
    return ends;
  }

  private static Map<Channel, List<Long>> silences(TypedTable table, TypedRow row) {
    var silences = new EnumMap<Channel, List<Long>>(Channel.class);
    for (TypedRow above : table.rows()) {
      if (above.number() < row.number()
          && above.cell("silentMonths") instanceof Cell.Number months
          && sharesPlace(above, row)) {
        for (Channel channel : Channel.ALL) {
          if (!(above.cell("channel") instanceof Cell.Codes codes)
              || codes.matches(channel.code())) {
            silences
                .computeIfAbsent(channel, c -> new ArrayList<>())
                .add(months.value().longValueExact());
          }
        }
      }
    }
    return silences;
  }

  private static boolean sharesPlace(TypedRow above, TypedRow row) {
    return !(above.cell("where") instanceof Cell.Codes)
        || above.cell("where").equals(row.cell("where"));
  }

  private static @Nullable Long number(TypedRow row, String key) {
    return row.number(key).map(BigDecimal::longValueExact).orElse(null);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}

package rekindle.segment;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** Decides where a person stands. Thread-safe. */
public final class SegmentStage {
  private final Release release;
  private final List<Bounds> bounds;

  /** The numbers of days with which a column of the Segments table compares. */
  private record Bounds(String column, List<Duration> days) {}

  public SegmentStage(Release release) {
    this.release = release;
    this.bounds = bounds(release.table(SegmentTables.SEGMENTS));
  }

  /** Segment, group, tier and cohort at an instant, from facts as known then. */
  public Standing standing(ContactFacts facts, Instant asOf, LocalClock clock, Rows rows) {
    List<LocalDate> dates = clock.dates(asOf);
    Hit segmentRow = segment(facts, asOf, dates, rows);
    Instant segmentClock = clockOf(segmentRow.row(), facts);
    var input = new StandingInput(standingValues(facts, asOf, segmentRow, segmentClock));
    rows.match(input);
    return new Standing(
        segmentRow,
        segmentClock,
        rows.first(input, release.table(SegmentTables.GROUPS), dates),
        rows.first(input, release.table(SegmentTables.TIERS), dates),
        rows.first(input, release.table(SegmentTables.COHORTS), dates));
  }

  /**
   * The first instant after the given one at which a segment may hold while nothing new becomes
   * known.
   */
  public Optional<Instant> mayHoldFrom(
      ContactFacts facts, Instant asOf, LocalClock clock, Rows rows) {
    for (Instant turn : turns(facts, asOf, clock, rows)) {
      Hit row = segment(facts, turn, clock.dates(turn), rows);
      if (row.row().code("segment").isPresent()) {
        return Optional.of(turn);
      }
    }
    return Optional.empty();
  }

  private Hit segment(ContactFacts facts, Instant asOf, List<LocalDate> dates, Rows rows) {
    var input = new SegmentInput(SegmentDates.values(facts, asOf, threshold(facts, dates, rows)));
    rows.match(input);
    return rows.first(
        input,
        release.table(SegmentTables.SEGMENTS),
        dates,
        row -> row.code("segment").isEmpty() || clockOf(row, facts) != null);
  }

  private Duration threshold(ContactFacts facts, List<LocalDate> dates, Rows rows) {
    var input = new DormancyInput(new DormancyInput.Values(facts.contact().program()));
    rows.match(input);
    Hit hit = rows.first(input, release.table(SegmentTables.DORMANCY), dates);
    return Duration.ofDays(hit.row().number("thresholdDays").orElseThrow().longValueExact());
  }

  private static @Nullable Instant clockOf(TypedRow row, ContactFacts facts) {
    return row.code("clock").map(clock -> SegmentDates.clock(facts, clock)).orElse(null);
  }

  private static StandingInput.Values standingValues(
      ContactFacts facts, Instant asOf, Hit segmentRow, @Nullable Instant clock) {
    var deal = facts.lifecycle().deal();
    var journey = facts.journey();
    Instant ageAt = journey != null && journey.endedAt() == null ? journey.enteredAt() : asOf;
    return new StandingInput.Values(
        segmentRow.row().code("segment").orElse("none"),
        deal == null ? "none" : deal.stage(),
        facts.lifecycle().funnel(),
        facts.value().currency(),
        money(deal == null ? null : deal.quotedPrice()),
        money(facts.value().lifetimeValue()),
        SegmentDates.ageMs(clock, ageAt));
  }

  private static long money(@Nullable BigDecimal amount) {
    return amount == null
        ? Long.MIN_VALUE
        : amount
            .multiply(BigDecimal.valueOf(SegmentTables.MONEY_FACTOR))
            .setScale(0, java.math.RoundingMode.FLOOR)
            .longValue();
  }

  /**
   * Instants after the given one at which a comparison of the Segments table may turn: each bound
   * from its date on, and a millisecond later.
   */
  private Iterable<Instant> turns(ContactFacts facts, Instant asOf, LocalClock clock, Rows rows) {
    var turns = new TreeSet<Instant>();
    Duration threshold = threshold(facts, clock.dates(asOf), rows);
    for (Bounds bounds : bounds) {
      Instant base = SegmentDates.base(facts, bounds.column(), threshold);
      if (base != null) {
        for (Duration days : bounds.days()) {
          Instant turn = base.plus(days);
          if (!turn.isBefore(asOf)) {
            turns.add(turn);
            turns.add(turn.plusMillis(1));
          }
        }
      }
    }
    for (TypedRow row : release.table(SegmentTables.SEGMENTS).rows()) {
      if (row.from() != null) {
        turns.add(clock.endOf(row.from().minusDays(1)));
      }
      if (row.to() != null) {
        turns.add(clock.endOf(row.to()));
      }
    }
    return turns.tailSet(asOf, false);
  }

  private static List<Bounds> bounds(TypedTable table) {
    var bounds = new ArrayList<Bounds>();
    for (Column column : table.definition().conditions()) {
      var days = new ArrayList<Duration>();
      for (TypedRow row : table.rows()) {
        if (row.cell(column.key()) instanceof Cell.Number number) {
          days.add(Duration.ofDays(number.value().longValueExact()));
        }
      }
      if (!days.isEmpty()) {
        bounds.add(new Bounds(column.key(), days.stream().distinct().toList()));
      }
    }
    return bounds;
  }
}

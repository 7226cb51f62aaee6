package rekindle.eligibility;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rekindle.calendar.BusinessDays;
import rekindle.calendar.DateSet;
import rekindle.calendar.LocalClock;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * By when a no must have been obeyed, from the Revocations table. Decisions obey at once; these are
 * the dates that an audit holds them against. Thread-safe.
 */
public final class RevocationDeadlines {
  private final Release release;
  private final TypedTable table;

  public RevocationDeadlines(Release release) {
    this.release = release;
    this.table = release.table(EligibilityTables.REVOCATIONS);
  }

  /**
   * The deadlines that one row sets.
   *
   * @param legal the first instant at which the law is broken
   * @param strict the same, with no holiday skipped: the one to be alarmed by
   */
  public record Deadline(Hit hit, Instant legal, Instant strict) {}

  /**
   * The deadlines for a no, in the order of rows; none where no law sets one.
   *
   * @param received when the no was received: the day of it is day 0, in the zone where it is still
   *     the earlier day
   * @param jurisdictions every candidate
   */
  public List<Deadline> of(
      Instant received, Channel channel, List<String> jurisdictions, LocalClock clock) {
    Set<String> places = new LinkedHashSet<>();
    for (Candidate candidate : Candidate.of(jurisdictions, release.places())) {
      places.addAll(candidate.chain());
    }
    List<LocalDate> dates = clock.dates(received);
    var deadlines = new ArrayList<Deadline>();
    for (TypedRow row : table.rows()) {
      if (row.codes("channel").contains(channel.code())
          && row.codes("where").stream().anyMatch(places::contains)
          && dates.stream().anyMatch(row::inForceOn)) {
        deadlines.add(deadline(row, received, clock));
      }
    }
    return deadlines;
  }

  private Deadline deadline(TypedRow row, Instant received, LocalClock clock) {
    long within = ((Cell.Number) row.cell("within")).value().longValueExact();
    LocalDate dayZero = dayZero(received, clock);
    DateSet holidays =
        row.code("holidays")
            .map(calendar -> release.holidays().dates(calendar))
            .orElse(DateSet.NONE);
    Hit hit = new Hit(table, row);
    return switch (row.code("unit").orElseThrow()) {
      case "hours" -> {
        Instant end = received.plus(Duration.ofHours(within));
        yield new Deadline(hit, end, end);
      }
      case "days" -> {
        Instant end = clock.endOf(dayZero.plusDays(within));
        yield new Deadline(hit, end, end);
      }
      default ->
          new Deadline(
              hit,
              clock.endOf(BusinessDays.after(dayZero, within, holidays)),
              clock.endOf(BusinessDays.after(dayZero, within, DateSet.NONE)));
    };
  }

  /** The local date, or that of UTC where it is still earlier there. */
  private static LocalDate dayZero(Instant received, LocalClock clock) {
    LocalDate local = clock.dates(received).get(0);
    LocalDate utc = received.atOffset(ZoneOffset.UTC).toLocalDate();
    return utc.isBefore(local) ? utc : local;
  }
}

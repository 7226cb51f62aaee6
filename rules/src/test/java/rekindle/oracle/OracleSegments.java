package rekindle.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Lifecycle;

/** Segment, group, tier and cohort (DECIDING.md section 3; PRODUCT.md, Segments). */
final class OracleSegments {
  private final OracleTables tables;
  private final ContactFacts facts;
  private final Lifecycle life;

  OracleSegments(OracleTables tables, ContactFacts facts) {
    this.tables = tables;
    this.facts = facts;
    life = facts.lifecycle();
  }

  private static @Nullable Duration since(@Nullable Instant t, Instant at) {
    return t == null ? null : Duration.between(t, at);
  }

  static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private Duration threshold() {
    return tables
        .first("segments/Dormancy", row -> row.takes("Program", facts.contact().program()))
        .days("→ Threshold, days");
  }

  private @Nullable Duration beyond(@Nullable Instant t, Instant at) {
    return t == null ? null : Duration.between(t, at).minus(threshold());
  }

  private @Nullable Instant purchased() {
    return life.orders() == null ? null : life.orders().lastPurchaseAt();
  }

  @Nullable String dealOutcome() {
    return life.deal() == null ? "none" : life.deal().outcome();
  }

  @Nullable String dealStage() {
    return life.deal() == null ? "none" : life.deal().stage();
  }

  @Nullable String meeting() {
    return life.meeting() == null ? "none" : life.meeting().status();
  }

  private @Nullable Instant scheduledFor() {
    return life.meeting() == null ? null : life.meeting().scheduledFor();
  }

  private @Nullable String engagedAfterMeeting() {
    Instant engaged = facts.contact().lastEngagementAt();
    Instant meeting = scheduledFor();
    return engaged == null || meeting == null ? null : engaged.isAfter(meeting) ? "yes" : "no";
  }

  @Nullable Instant clock(OracleRow segment) {
    return switch (segment.cell("→ Clock")) {
      case "subscription" -> life.subscription() == null ? null : life.subscription().endedAt();
      case "activity" -> later(purchased(), life.lastLoginAt());
      case "deal" -> life.deal() == null ? null : life.deal().closedAt();
      case "meeting" -> scheduledFor();
      case "engagement" -> facts.contact().lastEngagementAt();
      default -> null;
    };
  }

  OracleRow segment(Instant at) {
    return tables.first(
        "segments/Segments",
        row -> holds(row, at) && (row.cell("→ Clock").equals("none") || clock(row) != null));
  }

  private boolean holds(OracleRow row, Instant at) {
    var subscription = life.subscription();
    Long uses = subscription == null ? null : subscription.usageLast30Days();
    Instant engaged = facts.contact().lastEngagementAt();
    String usesLabel = "Uses in 30 days: up to";
    return row.takes("Subscription", subscription == null ? "none" : subscription.status())
        && row.moreThanDays(
            "Ended, days ago: more than",
            since(subscription == null ? null : subscription.endedAt(), at))
        && (row.open(usesLabel) || (uses != null && uses <= row.whole(usesLabel)))
        && row.takes("Relationship", facts.contact().relationship())
        && row.moreThanDays(
            "Last purchase or login, days beyond the threshold: more than",
            beyond(later(purchased(), life.lastLoginAt()), at))
        && row.upToDays("Last purchase, days beyond the threshold: up to", beyond(purchased(), at))
        && row.takes("Deal outcome", dealOutcome())
        && row.takes("Deal stage", dealStage())
        && row.takes("Meeting", meeting())
        && row.atLeastDays("Meeting, days ago: at least", since(scheduledFor(), at))
        && row.lessThanDays("Meeting, days ago: less than", since(scheduledFor(), at))
        && row.takes("Engaged after the meeting", engagedAfterMeeting())
        && row.moreThanDays("Engaged, days ago: more than", since(engaged, at))
        && row.upToDays("Engaged, days ago: up to", since(engaged, at))
        && row.moreThanDays("Engaged, days beyond the threshold: more than", beyond(engaged, at))
        && row.takes("Funnel", life.funnel() == null ? "none" : life.funnel());
  }

  /** The first instant after one at which a segment holds, tried at every bound of every date. */
  @Nullable Instant nextSegmentAt(Instant asOf) {
    var tries = new TreeSet<Instant>();
    Stream.of(
            purchased(),
            life.lastLoginAt(),
            scheduledFor(),
            facts.contact().lastEngagementAt(),
            life.subscription() == null ? null : life.subscription().endedAt(),
            life.deal() == null ? null : life.deal().closedAt())
        .filter(date -> date != null)
        .forEach(
            date -> {
              for (Duration bound : bounds()) {
                tries.add(date.plus(bound));
                tries.add(date.plus(bound).plusMillis(1));
              }
            });
    for (Instant at : tries.tailSet(asOf, false)) {
      if (segment(at).orNull("→ Segment") != null) {
        return at;
      }
    }
    return null;
  }

  /** Every number of days in the table, from a date and from the threshold after it. */
  private Set<Duration> bounds() {
    var bounds = new HashSet<Duration>();
    for (OracleRow row : tables.rows("segments/Segments")) {
      for (String label : row.cells().keySet()) {
        if (label.contains(", days") && !row.open(label)) {
          bounds.add(row.days(label));
          bounds.add(row.days(label).plus(threshold()));
        }
      }
    }
    return bounds;
  }

  OracleRow group(String segment) {
    return tables.first(
        "segments/Groups",
        row -> row.takes("Segment", segment) && row.takes("Deal stage", dealStage()));
  }

  OracleRow tier(String segment) {
    var deal = life.deal();
    BigDecimal price = deal == null ? null : deal.quotedPrice();
    return tables.first(
        "segments/Tiers",
        row ->
            row.takes("Segment", segment)
                && row.takes("Deal stage", dealStage())
                && row.takes("Funnel", life.funnel() == null ? "none" : life.funnel())
                && row.takes("Currency", facts.value().currency())
                && row.atLeast("Quoted price: at least", price)
                && row.atLeast("Lifetime value: at least", facts.value().lifetimeValue()));
  }

  OracleRow cohort(String segment, @Nullable Instant clock, Instant at) {
    return tables.first(
        "segments/Cohorts",
        row ->
            row.takes("Segment", segment)
                && row.upToDays("Clock, days ago: up to", since(clock, at)));
  }
}

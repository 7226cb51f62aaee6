package rekindle.segment;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;

/** Dates and ages that the Segments table compares. */
final class SegmentDates {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private SegmentDates() {}

  /** The date that a clock of the Segments table stands for; null where it is not known. */
  static @Nullable Instant clock(ContactFacts facts, String clock) {
    var lifecycle = facts.lifecycle();
    return switch (clock) {
      case "subscription" ->
          lifecycle.subscription() == null ? null : lifecycle.subscription().endedAt();
      case "activity" -> later(purchase(facts), lifecycle.lastLoginAt());
      case "deal" -> lifecycle.deal() == null ? null : lifecycle.deal().closedAt();
      case "meeting" -> lifecycle.meeting() == null ? null : lifecycle.meeting().scheduledFor();
      case "engagement" -> facts.contact().lastEngagementAt();
      default -> throw new IllegalArgumentException("there is no clock " + clock);
    };
  }

  /**
   * The date from which a numeric column of the Segments table counts its days; null for other
   * columns and unknown dates.
   */
  static @Nullable Instant base(ContactFacts facts, String column, Duration threshold) {
    return switch (column) {
      case "endedDays" -> clock(facts, "subscription");
      case "activityBeyond" -> beyond(clock(facts, "activity"), threshold);
      case "purchaseBeyond" -> beyond(purchase(facts), threshold);
      case "meetingAtLeast", "meetingLess" -> clock(facts, "meeting");
      case "engagedMore", "engagedUpTo" -> clock(facts, "engagement");
      case "engagedBeyond" -> beyond(clock(facts, "engagement"), threshold);
      default -> null;
    };
  }

  static SegmentInput.Values values(ContactFacts facts, Instant asOf, Duration threshold) {
    var lifecycle = facts.lifecycle();
    var subscription = lifecycle.subscription();
    var deal = lifecycle.deal();
    var meeting = lifecycle.meeting();
    Long uses = subscription == null ? null : subscription.usageLast30Days();
    return new SegmentInput.Values(
        subscription == null ? "none" : subscription.status(),
        ageMs(clock(facts, "subscription"), asOf),
        uses == null ? UNKNOWN : uses,
        facts.contact().relationship(),
        ageMs(beyond(clock(facts, "activity"), threshold), asOf),
        ageMs(beyond(purchase(facts), threshold), asOf),
        deal == null ? "none" : deal.outcome(),
        deal == null ? "none" : deal.stage(),
        meeting == null ? "none" : meeting.status(),
        ageMs(clock(facts, "meeting"), asOf),
        engagedAfterMeeting(facts),
        ageMs(clock(facts, "engagement"), asOf),
        ageMs(beyond(clock(facts, "engagement"), threshold), asOf),
        lifecycle.funnel());
  }

  static long ageMs(@Nullable Instant event, Instant asOf) {
    return event == null ? UNKNOWN : asOf.toEpochMilli() - event.toEpochMilli();
  }

  private static @Nullable String engagedAfterMeeting(ContactFacts facts) {
    Instant meetingAt = clock(facts, "meeting");
    Instant engagedAt = facts.contact().lastEngagementAt();
    if (meetingAt == null || engagedAt == null) {
      return null;
    }
    return engagedAt.isAfter(meetingAt) ? "yes" : "no";
  }

  private static @Nullable Instant purchase(ContactFacts facts) {
    var orders = facts.lifecycle().orders();
    return orders == null ? null : orders.lastPurchaseAt();
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Instant beyond(@Nullable Instant date, Duration threshold) {
    return date == null ? null : date.plus(threshold);
  }
}

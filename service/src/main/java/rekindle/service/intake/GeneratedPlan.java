package rekindle.service.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Subscription;

/**
 * A plan of touches that a person may plausibly have been under. It only shapes generated histories
 * and decides nothing; where the tables have changed, the histories look a little odd, no more.
 *
 * @param sequence the sequence
 * @param clock since when the person has been away
 * @param offsetDays days from entry to each step
 */
record GeneratedPlan(String sequence, Instant clock, Instant asOf, List<Integer> offsetDays) {
  private static final Set<String> ENDED = Set.of("cancelled", "lapsed");
  private static final Set<String> EARLY = Set.of("content_download", "webinar", "form_fill");
  private static final int QUIET_DAYS = 60;
  private static final int AGEING_DAYS = 90;

  /**
   * How far a journey has come.
   *
   * @param stepsDone steps that have been touched, at least one
   */
  record Progress(Instant enteredAt, int stepsDone) {}

  /** The plan that fits the facts; empty for those who are not away. */
  static Optional<GeneratedPlan> likelyFor(ContactFacts facts, Draw draw, Instant asOf) {
    Lifecycle life = facts.lifecycle();
    Subscription subscription = life.subscription();
    if (subscription != null) {
      return ENDED.contains(String.valueOf(subscription.status())) && subscription.endedAt() != null
          ? plan(
              draw.holdsFor(300, "by trigger") ? "churned_trigger" : "churned",
              subscription.endedAt(),
              asOf)
          : Optional.empty();
    }
    Orders orders = life.orders();
    if (orders != null && orders.lastPurchaseAt() != null) {
      return isQuiet(orders.lastPurchaseAt(), asOf)
          ? plan("lapsed", orders.lastPurchaseAt(), asOf)
          : Optional.empty();
    }
    return prospect(facts, asOf);
  }

  private static Optional<GeneratedPlan> prospect(ContactFacts facts, Instant asOf) {
    Lifecycle life = facts.lifecycle();
    Deal deal = life.deal();
    if (deal != null && "lost".equals(deal.outcome()) && deal.closedAt() != null) {
      return plan("closed_lost", deal.closedAt(), asOf);
    }
    Meeting meeting = life.meeting();
    if (meeting != null && "no_show".equals(meeting.status()) && meeting.scheduledFor() != null) {
      return plan("no_show", meeting.scheduledFor(), asOf);
    }
    Instant engagedAt = facts.contact().lastEngagementAt();
    if (engagedAt == null || !isQuiet(engagedAt, asOf)) {
      return Optional.empty();
    }
    if (deal != null || meeting != null) {
      return plan("stalled", engagedAt, asOf);
    }
    String funnel = life.funnel();
    return funnel == null
        ? Optional.empty()
        : plan(EARLY.contains(funnel) ? "early_drop_off" : "standard_five", engagedAt, asOf);
  }

  private static boolean isQuiet(Instant since, Instant asOf) {
    return since.isBefore(asOf.minus(Duration.ofDays(QUIET_DAYS)));
  }

  private static Optional<GeneratedPlan> plan(String sequence, Instant clock, Instant asOf) {
    if (!clock.isBefore(asOf.minus(Duration.ofDays(2)))) {
      return Optional.empty();
    }
    List<Integer> offsets =
        switch (sequence) {
          case "churned" -> List.of(0, 90, 180, 270);
          case "churned_trigger" -> List.of(0, 7);
          case "lapsed" -> List.of(0, 6, 13, 29);
          case "closed_lost" -> List.of(0, 10, 21);
          case "no_show" -> List.of(0, 2, 7);
          case "stalled" -> List.of(0, 7, 14);
          case "standard_five" -> List.of(0, 4, 8, 12, 16);
          default -> List.of(0, 5, 10);
        };
    return Optional.of(new GeneratedPlan(sequence, clock, asOf, offsets));
  }

  /** Whether the sequence begins on a trigger alone. */
  boolean needsTrigger() {
    return sequence.equals("churned_trigger") || sequence.equals("closed_lost");
  }

  /** The next step fell due a day ago; null if the person has not been away long enough. */
  @Nullable Progress nextDue(Draw draw) {
    int done = someSteps(draw);
    return progress(offsetDays.get(done) + 1, done);
  }

  /** The next step is still some days off; null if the person has not been away long enough. */
  @Nullable Progress nextLater(Draw draw) {
    int done = someSteps(draw);
    Progress fitting = progress((offsetDays.get(done - 1) + offsetDays.get(done)) / 2, done);
    return fitting != null ? fitting : progress(daysAway() / 2, 1);
  }

  /** At least one step, and so few that one is left even if ageing takes the last away. */
  private int someSteps(Draw draw) {
    int kept = offsetDays.size() - (daysAway() > AGEING_DAYS && offsetDays.size() > 2 ? 1 : 0);
    return 1 + draw.below(kept - 1, "steps done");
  }

  /** All steps are done; null if the person has not been away long enough. */
  @Nullable Progress allDone() {
    return progress(offsetDays.get(offsetDays.size() - 1) + 3, offsetDays.size());
  }

  /** When a done step was touched. */
  Instant touchAt(Progress progress, int step) {
    return progress.enteredAt().plus(Duration.ofDays(offsetDays.get(step - 1))).plusSeconds(600);
  }

  /** Some instant between the clock and {@code asOf}. */
  Instant afterClock(Draw draw) {
    long seconds = Duration.between(clock, asOf).toSeconds();
    long away = Math.min(seconds, Duration.ofDays(25).toSeconds());
    return asOf.minusSeconds(1 + away * draw.below(900, "trigger at") / 1000);
  }

  private int daysAway() {
    return (int) Math.min(Duration.between(clock, asOf).toDays(), 10_000);
  }

  private @Nullable Progress progress(int daysAgo, int done) {
    // A day of its own before the entry leaves room for what brought the person in.
    if (daysAgo < 1 || daysAgo >= daysAway()) {
      return null;
    }
    Instant enteredAt =
        asOf.minus(Duration.ofDays(daysAgo)).minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
    return new Progress(enteredAt, done);
  }
}

package rekindle.service.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;

/**
 * What has happened to a person so far, one story each. The number is how many of a thousand people
 * live it; the rest, and those whom no plan of touches fits, have no history.
 */
enum GeneratedStory {
  NEXT_STEP_DUE(160),
  NEXT_STEP_LATER(80),
  PAUSED(25),
  ENGAGED(35),
  OPENED_ONLY(15),
  POSITIVE_REPLY(30),
  NEGATIVE_REPLY(15),
  BOOKING(10),
  ESCALATION(20),
  STEPS_DONE(30),
  JOURNEY_ENDED(35),
  JOURNEY_OF_OTHER_SEGMENT(15),
  TRIGGER(60),
  TRIGGER_WITHOUT_ANSWER(15),
  TRIGGER_WITHIN_JOURNEY(20),
  STEP_FAILED(10),
  IN_DOUBT(10),
  WITHHELD(10),
  TWO_TOUCHES_THIS_WEEK(30),
  SUPPRESSED_EVERYWHERE(25),
  SUPPRESSED_ON_ONE_CHANNEL(30),
  OPTED_OUT_BY_REPLY(15),
  HARD_BOUNCE(10),
  DECEASED(3),
  DO_NOT_CONTACT(10),
  DO_NOT_CALL(15),
  SUPPRESSION_OVER(5),
  RETURNED_TWICE(15),
  RECENT_INCENTIVE(20),
  PRIVACY_CONTROL(10),
  CHANNEL_PAUSED(10),
  NOTHING(207);

  private final int perMille;

  GeneratedStory(int perMille) {
    this.perMille = perMille;
  }

  int perMille() {
    return perMille;
  }

  static GeneratedStory of(Draw draw) {
    int left = draw.below(1000, "story");
    for (GeneratedStory story : values()) {
      if (left < story.perMille) {
        return story;
      }
      left -= story.perMille;
    }
    return NOTHING;
  }

  /**
   * @param withJourney whether a journey may be among it
   */
  void add(FactsDraft draft, Draw draw, Instant asOf, boolean withJourney) {
    Optional<GeneratedPlan> plan = GeneratedPlan.likelyFor(draft.before, draw, asOf);
    if (withJourney && plan.isPresent()) {
      addJourney(new Past(draft, draw, asOf, plan.get()));
    }
    addStanding(draft, draw, asOf);
  }

  private void addJourney(Past past) {
    switch (this) {
      case NEXT_STEP_DUE -> past.journey(past.plan.nextDue(past.draw));
      case NEXT_STEP_LATER, RECENT_INCENTIVE -> past.journey(past.plan.nextLater(past.draw));
      case PAUSED -> past.journeyPaused();
      case ENGAGED -> past.journeyWithResponse("click", "neutral");
      case OPENED_ONLY -> past.journeyWithResponse("open", "automatic");
      case POSITIVE_REPLY -> past.journeyWithResponse("reply", "positive");
      case NEGATIVE_REPLY -> past.journeyWithResponse("reply", "negative");
      case BOOKING -> past.journeyWithResponse("booking", "positive");
      case OPTED_OUT_BY_REPLY -> past.journeyWithResponse("opt_out", "negative");
      case HARD_BOUNCE -> past.journeyWithResponse("hard_bounce", "automatic");
      case STEPS_DONE -> past.journey(past.plan.allDone());
      case JOURNEY_ENDED -> past.journeyEnded();
      case TRIGGER -> past.trigger(past.plan.afterClock(past.draw), true);
      case TRIGGER_WITHOUT_ANSWER -> past.trigger(past.plan.afterClock(past.draw), false);
      case TRIGGER_WITHIN_JOURNEY -> past.journeyWithTrigger();
      case STEP_FAILED -> past.journeyWithOutcome("failed");
      case IN_DOUBT -> past.journeyWithOutcome("in_doubt");
      case WITHHELD -> past.journeyWithOutcome("withheld");
      default -> {}
    }
  }

  /** What needs no journey. */
  private void addStanding(FactsDraft draft, Draw draw, Instant asOf) {
    switch (this) {
      case ESCALATION -> draft.openEscalation = true;
      case TWO_TOUCHES_THIS_WEEK -> {
        touch(draft, draw, "early_drop_off", 1, asOf.minus(Duration.ofDays(6)));
        touch(draft, draw, "early_drop_off", 2, asOf.minus(Duration.ofHours(60)));
      }
      case JOURNEY_OF_OTHER_SEGMENT ->
          draft.journey =
              new Journey("early_drop_off", asOf.minus(Duration.ofDays(3)), null, null, null);
      case DO_NOT_CONTACT -> draft.doNotContactScope.add("all");
      case DO_NOT_CALL -> draft.doNotContactScope.add("phone");
      case RETURNED_TWICE -> {
        draft.winBackAt.add(asOf.minus(Duration.ofDays(600)));
        draft.winBackAt.add(asOf.minus(Duration.ofDays(250)));
      }
      case RECENT_INCENTIVE ->
          draft.incentives.add(
              new GrantedIncentive("usage_credits", asOf.minus(Duration.ofDays(100)), true));
      case PRIVACY_CONTROL -> draft.globalPrivacyControl = true;
      case CHANNEL_PAUSED -> draft.channelHealth.put(Channel.EMAIL, "paused");
      default -> suppression(draw, asOf).ifPresent(draft.suppressions::add);
    }
  }

  private Optional<Suppression> suppression(Draw draw, Instant asOf) {
    Instant lately = asOf.minus(Duration.ofHours(30 + draw.below(2000, "lately")));
    return Optional.ofNullable(
        switch (this) {
          case SUPPRESSED_EVERYWHERE ->
              new Suppression(
                  "all",
                  draw.oneOf("reason", "opt_out", "complaint", "not_interested", "legal"),
                  lately,
                  null);
          case SUPPRESSED_ON_ONE_CHANNEL ->
              new Suppression(
                  draw.oneOf("scope", "email", "sms", "phone"),
                  draw.oneOf("reason", "opt_out", "complaint", "wrong_person"),
                  lately,
                  null);
          case SUPPRESSION_OVER ->
              new Suppression(
                  "all",
                  "do_not_contact",
                  asOf.minus(Duration.ofDays(90)),
                  asOf.minus(Duration.ofDays(2)));
          case DECEASED -> new Suppression("phone", "deceased", lately, null);
          default -> null;
        });
  }

  private static void touch(FactsDraft draft, Draw draw, String sequence, int step, Instant at) {
    touch(draft, draw, sequence, step, at, "delivered");
  }

  private static void touch(
      FactsDraft draft, Draw draw, String sequence, int step, Instant at, String outcome) {
    String id =
        GeneratedLedger.LABEL
            + "-"
            + Integer.toHexString(draw.below(Integer.MAX_VALUE, "touch " + draft.touches.size()));
    draft.touches.add(new Touch(id, sequence, step, Channel.EMAIL, at, outcome));
  }

  /** One person's past under one plan. */
  private record Past(FactsDraft draft, Draw draw, Instant asOf, GeneratedPlan plan) {

    /** An open journey with its touches; nothing if the plan had no time for it. */
    private boolean journey(GeneratedPlan.@Nullable Progress progress) {
      return journey(progress, "delivered");
    }

    private boolean journey(GeneratedPlan.@Nullable Progress progress, String lastOutcome) {
      if (progress == null) {
        return false;
      }
      if (plan.needsTrigger()) {
        trigger(progress.enteredAt().minus(Duration.ofHours(20)), true);
      }
      draft.journey = new Journey(plan.sequence(), progress.enteredAt(), null, null, null);
      for (int step = 1; step <= progress.stepsDone(); step++) {
        Instant at = plan.touchAt(progress, step);
        boolean last = step == progress.stepsDone();
        touch(draft, draw, plan.sequence(), step, at, last ? lastOutcome : "delivered");
      }
      return true;
    }

    private void journeyPaused() {
      if (journey(plan.nextLater(draw)) && draft.journey != null) {
        Journey open = draft.journey;
        draft.journey =
            new Journey(
                open.sequence(), open.enteredAt(), asOf.plus(Duration.ofDays(5)), null, null);
      }
    }

    private void journeyEnded() {
      GeneratedPlan.Progress progress = plan.allDone();
      if (journey(progress) && progress != null) {
        Instant endedAt = plan.touchAt(progress, progress.stepsDone()).plus(Duration.ofDays(1));
        draft.journey =
            new Journey(plan.sequence(), progress.enteredAt(), null, endedAt, "steps_done");
      }
    }

    private void journeyWithResponse(String kind, String disposition) {
      GeneratedPlan.Progress progress = plan.nextLater(draw);
      if (journey(progress) && progress != null) {
        Instant at = plan.touchAt(progress, progress.stepsDone()).plus(Duration.ofHours(5));
        draft.responses.add(new Response(at, Channel.EMAIL, kind, disposition));
      }
    }

    private void journeyWithOutcome(String outcome) {
      journey(plan.nextLater(draw), outcome);
      if (outcome.equals("failed") && draft.touches.size() == 1) {
        Touch first = draft.touches.get(0);
        touch(draft, draw, first.sequence(), 1, first.at().plus(Duration.ofHours(2)), outcome);
        touch(draft, draw, first.sequence(), 1, first.at().plus(Duration.ofHours(4)), outcome);
      }
    }

    private void journeyWithTrigger() {
      GeneratedPlan.Progress progress = plan.nextLater(draw);
      if (journey(progress) && progress != null) {
        trigger(plan.touchAt(progress, progress.stepsDone()).plus(Duration.ofHours(9)), true);
      }
    }

    private void trigger(Instant at, boolean matchesGap) {
      String kind =
          draw.oneOf("trigger", "feature_release", "pricing_change", "integration", "promotion");
      draft.triggers.add(
          new Trigger(kind, GeneratedLedger.LABEL, at.truncatedTo(ChronoUnit.SECONDS), matchesGap));
    }
  }
}

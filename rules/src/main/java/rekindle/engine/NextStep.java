package rekindle.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.channel.ChannelChoice;
import rekindle.channel.ChannelStage;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Verdict;
import rekindle.eligibility.Eligibility;
import rekindle.engine.DecisionEngine.Stages;
import rekindle.engine.Judgment.Outcome;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.incentive.IncentiveStage;
import rekindle.rule.Rows;
import rekindle.segment.Standing;
import rekindle.touch.SequencePlan;
import rekindle.touch.Step;
import rekindle.touch.TouchStage;

/**
 * The next step of a sequence, its channel and what it carries; DECIDING.md section 3 and verdicts
 * 6 to 9.
 */
final class NextStep {
  private final Stages stages;
  private final ContactFacts facts;
  private final Instant asOf;
  private final LocalClock clock;
  private final Rows rows;
  private final Standing standing;
  private final Function<Instant, Eligibility> looks;
  private final Trace trace;

  NextStep(
      Stages stages,
      ContactFacts facts,
      Instant asOf,
      LocalClock clock,
      Rows rows,
      Standing standing,
      Function<Instant, Eligibility> looks,
      Trace trace) {
    this.stages = stages;
    this.facts = facts;
    this.asOf = asOf;
    this.clock = clock;
    this.rows = rows;
    this.standing = standing;
    this.looks = looks;
    this.trace = trace;
  }

  Outcome outcome(SequencePlan plan) {
    for (Step step : plan.remaining()) {
      Optional<ChannelChoice> choice = choose(step, plan);
      if (choice.isPresent()) {
        trace.add("step", step.hit());
        trace.add("channel", choice.get().hit());
        return outcome(plan, step, choice.get());
      }
      var skipped = new TreeMap<>(step.hit().set());
      skipped.put("skipped", true);
      trace.add("step", step.hit(), skipped);
    }
    var because = plan.remaining().stream().map(NextStep::noChannel).toList();
    return Outcome.of(
        Verdict.SUPPRESS, because.isEmpty() ? List.of(noStep(plan)) : because.subList(0, 1), null);
  }

  private static Because noChannel(Step step) {
    return new Because(
        "no_channel_left", "Every channel of every remaining step is denied for good", step.hit());
  }

  private static Because noStep(SequencePlan plan) {
    return new Because(
        "no_channel_left", "The sequence " + plan.sequence() + " has no step", plan.hit());
  }

  private Optional<ChannelChoice> choose(Step step, SequencePlan plan) {
    var situation =
        new ChannelStage.Situation(start(step, plan), clock.dates(asOf), plan.sequence(), looks);
    return stages.channel().choose(step, situation, rows);
  }

  private Instant start(Step step, SequencePlan plan) {
    Instant start = later(asOf, plan.due(step));
    Instant pausedUntil = pausedUntil(plan);
    return pausedUntil == null ? start : later(start, pausedUntil);
  }

  private @Nullable Instant pausedUntil(SequencePlan plan) {
    Journey journey = TouchStage.openJourney(facts);
    return journey == null || !plan.open() ? null : journey.pausedUntil();
  }

  private Outcome outcome(SequencePlan plan, Step step, ChannelChoice choice) {
    var because = waiting(plan, step, choice);
    var touch = touch(plan, step, choice);
    var incentive = incentive(step, choice);
    incentive.deciding().forEach(hit -> trace.add("incentive", hit));
    var holdout = stages.holdout().draw(facts, standing, clock.dates(asOf), rows);
    holdout.deciding().forEach(hit -> trace.add("experiment", hit));
    if (!because.isEmpty()) {
      Instant recheckAt =
          choice.notBefore() != null
              ? choice.notBefore()
              : asOf.plus(stages.touch().limits().reviewRecheck());
      return new Outcome(
          Verdict.WAIT, because, touch, incentive.incentive(), holdout.arms(), recheckAt);
    }
    if (holdout.heldOut() != null) {
      var held =
          new Because(
              "holdout", "In the control group of " + holdout.heldOut().rule(), holdout.heldOut());
      return new Outcome(
          Verdict.HOLDOUT,
          List.of(held),
          touch,
          incentive.incentive(),
          holdout.arms(),
          nextDue(plan, step));
    }
    String text =
        "Step "
            + step.number()
            + " of "
            + plan.sequence()
            + " is due since "
            + date(plan.due(step));
    var due = new Because("step_due", text, step.hit());
    return new Outcome(
        Verdict.TOUCH,
        List.of(due),
        touch,
        incentive.incentive(),
        holdout.arms(),
        choice.notAfter());
  }

  /** What keeps the step from being carried out now; empty where nothing does. */
  private List<Because> waiting(SequencePlan plan, Step step, ChannelChoice choice) {
    var because = new ArrayList<Because>();
    Instant pausedUntil = pausedUntil(plan);
    if (pausedUntil != null && pausedUntil.isAfter(asOf)) {
      because.add(
          new Because("journey_paused", "The journey is paused until " + pausedUntil, null));
    }
    if (plan.due(step).isAfter(asOf)) {
      String text =
          "Step " + step.number() + " of " + plan.sequence() + " is due on " + date(plan.due(step));
      because.add(new Because("step_not_due", text, step.hit()));
    }
    boolean usableNow =
        because.isEmpty()
            ? asOf.equals(choice.notBefore())
            : looks.apply(asOf).channel(choice.channel()).isAllowed();
    if (!usableNow) {
      String until =
          choice.notBefore() == null ? "somebody has looked at it" : choice.notBefore().toString();
      because.add(
          new Because(
              "channel_waits", choice.channel().code() + " waits until " + until, step.hit()));
    }
    return because;
  }

  private PlannedTouch touch(SequencePlan plan, Step step, ChannelChoice choice) {
    Channel channel = choice.channel();
    boolean byPerson = channel == Channel.LINKEDIN || channel == Channel.PHONE;
    return new PlannedTouch(
        plan.sequence(),
        step.number(),
        plan.of(),
        step.purpose(),
        channel,
        byPerson ? "person" : "machine",
        plan.sequence() + "." + step.number() + "." + channel.code(),
        facts.contact().language(),
        looks.apply(asOf).elements(channel),
        choice.notBefore(),
        choice.notAfter());
  }

  private IncentiveStage.Outcome incentive(Step step, ChannelChoice choice) {
    if (!step.offer()) {
      return IncentiveStage.Outcome.NONE;
    }
    Instant from = choice.notBefore() == null ? asOf : choice.notBefore();
    return stages
        .incentive()
        .choose(new IncentiveStage.Situation(facts, asOf, from, clock, standing), rows);
  }

  /** When the step after this one is due if this one is taken now; null where it is the last. */
  private @Nullable Instant nextDue(SequencePlan plan, Step step) {
    return plan.after(step)
        .map(next -> later(plan.enteredAt().plus(next.offset()), asOf.plus(between(step, next))))
        .orElse(null);
  }

  private static Duration between(Step step, Step next) {
    return next.offset().minus(step.offset());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }
}

package rekindle.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Verdict;
import rekindle.eligibility.ChannelState;
import rekindle.eligibility.Eligibility;
import rekindle.engine.DecisionEngine.Stages;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.segment.Standing;
import rekindle.touch.ResponseEffects;
import rekindle.touch.SequencePlan;
import rekindle.touch.TouchStage;

/**
 * Finds the verdict: the first that holds, in the order of DECIDING.md section 4. One for each
 * decision; confined to one thread.
 */
final class Judgment {
  private final String releaseId;
  private final Stages stages;
  private final ContactFacts facts;
  private final Instant asOf;
  private final LocalClock clock;
  private final List<LocalDate> dates;
  private final Rows rows;
  private final Standing standing;
  private final Eligibility eligibility;
  private final @Nullable Journey journey;
  private final TouchStage.Situation situation;
  private final ResponseEffects responses;
  private final Map<Instant, Eligibility> looks = new HashMap<>();
  private final Trace trace = new Trace();
  private Optional<SequencePlan> plan = Optional.empty();
  private boolean planned;

  Judgment(
      String releaseId,
      Stages stages,
      ContactFacts facts,
      Instant asOf,
      LocalClock clock,
      Rows rows,
      Standing standing,
      Eligibility eligibility) {
    this.releaseId = releaseId;
    this.stages = stages;
    this.facts = facts;
    this.asOf = asOf;
    this.clock = clock;
    this.dates = clock.dates(asOf);
    this.rows = rows;
    this.standing = standing;
    this.eligibility = eligibility;
    this.journey = TouchStage.openJourney(facts);
    ChannelState email = eligibility.channel(Channel.EMAIL);
    boolean mayOnlyAsk = email.isRePermissionOnly() && !email.isDeniedForGood();
    this.situation =
        new TouchStage.Situation(
            facts, asOf, dates, standing, mayOnlyAsk ? "re_permission_only" : null);
    this.responses = stages.touch().responses(situation, rows);
    looks.put(asOf, eligibility);
  }

  Decision decision() {
    trace.standing(standing);
    trace.eligibility(eligibility);
    Outcome outcome =
        suppressed()
            .or(this::followUp)
            .or(this::exit)
            .or(this::outOfScope)
            .or(this::park)
            .orElseGet(this::nextStep);
    var channels = new EnumMap<Channel, ChannelAnswer>(Channel.class);
    for (ChannelState state : eligibility.channels()) {
      channels.put(state.channel(), state.answer());
    }
    return new Decision(
        null,
        facts.contact().id(),
        facts.contact().personId(),
        asOf,
        releaseId,
        outcome.verdict(),
        Because.reasons(outcome.because()),
        standing.segment(),
        standing.group(),
        standing.offerAngle(),
        standing.tier(),
        standing.cohort(),
        channels,
        outcome.touch(),
        outcome.incentive(),
        outcome.experiments(),
        outcome.recheckAt(),
        trace.entries());
  }

  /** 1: a no that closes every channel. */
  private Optional<Outcome> suppressed() {
    List<Eligibility.Closed> closing = eligibility.closed();
    if (closing.isEmpty()) {
      return Optional.empty();
    }
    var because = new ArrayList<Because>(closing.size());
    Instant lastEnd = Instant.MIN;
    for (Eligibility.Closed closed : closing) {
      String text = "No channel may be used: " + closed.hit().rule();
      because.add(new Because(closed.code(), text, closed.hit()));
      Instant until = closed.until();
      if (until == null) {
        lastEnd = null;
      } else if (lastEnd != null && until.isAfter(lastEnd)) {
        lastEnd = until;
      }
    }
    return Optional.of(Outcome.of(Verdict.SUPPRESS, because, lastEnd));
  }

  /** 2: a person takes over. */
  private Optional<Outcome> followUp() {
    var because = new ArrayList<Because>();
    if (facts.history().openEscalation()) {
      because.add(new Because("open_escalation", "A complaint or case is open", escalationRow()));
    }
    Instant last = null;
    for (var entry : responses.followUps().entrySet()) {
      Response response = entry.getKey();
      if (isForFollowUp(response)) {
        String reason = entry.getValue().row().code("reason").orElse("positive_reply");
        because.add(
            new Because(
                reason, "The person responded on " + date(response.at()), entry.getValue()));
        last = last == null || response.at().isAfter(last) ? response.at() : last;
      }
    }
    if (because.isEmpty()) {
      return Optional.empty();
    }
    Instant recheckAt =
        last == null || facts.history().openEscalation()
            ? null
            : last.plus(stages.touch().limits().followUpWindow());
    return Optional.of(Outcome.of(Verdict.FOLLOW_UP, because, recheckAt));
  }

  private boolean isForFollowUp(Response response) {
    Instant segmentClock = standing.clock();
    boolean notBeforeClock = segmentClock == null || !response.at().isBefore(segmentClock);
    boolean recent =
        journey != null
            ? !response.at().isBefore(journey.enteredAt())
            : response.at().isAfter(asOf.minus(stages.touch().limits().followUpWindow()));
    return notBeforeClock && recent;
  }

  private @Nullable Hit escalationRow() {
    return eligibility.channels().stream()
        .flatMap(state -> state.denials().stream())
        .filter(barrier -> barrier.code().equals("open_escalation"))
        .map(ChannelState.Barrier::hit)
        .findFirst()
        .orElse(null);
  }

  /** 3: the open journey ends. */
  private Optional<Outcome> exit() {
    if (journey == null) {
      return Optional.empty();
    }
    var because = new ArrayList<Because>();
    for (var entry : responses.engaging().entrySet()) {
      if (!entry.getKey().at().isBefore(journey.enteredAt())) {
        String text =
            "The person responded on " + date(entry.getKey().at()) + ": " + entry.getKey().kind();
        because.add(new Because("engaged", text, entry.getValue()));
      }
    }
    if (!stages.touch().serves(journey.sequence(), standing.segment())) {
      because.add(
          new Because(
              "segment_changed",
              "The segment of " + journey.sequence() + " no longer holds",
              stages.touch().exitRow("segment_changed", situation, rows)));
    }
    Optional<SequencePlan> plan = plan();
    if (plan.isPresent() && plan.get().open() && plan.get().remaining().isEmpty()) {
      because.add(
          new Because(
              "steps_done",
              "Every step of " + journey.sequence() + " is done",
              stages.touch().exitRow("steps_done", situation, rows)));
    }
    return because.isEmpty()
        ? Optional.empty()
        : Optional.of(Outcome.of(Verdict.EXIT, because, beginsAgain()));
  }

  /** When another journey may begin once this one has ended now. */
  private @Nullable Instant beginsAgain() {
    if (standing.segment() != null) {
      return stages.touch().mayBeginFrom(situation, asOf, rows).orElse(null);
    }
    Instant from = stages.segment().mayHoldFrom(facts, asOf, clock, rows).orElse(null);
    if (from == null) {
      return null;
    }
    var then = stages.segment().standing(facts, from, clock, rows);
    var later = new TouchStage.Situation(facts, from, clock.dates(from), then, null);
    return stages
        .touch()
        .mayBeginFrom(later, asOf, rows)
        .map(begin -> begin.isAfter(from) ? begin : from)
        .orElse(null);
  }

  /** 4: no segment holds. */
  private Optional<Outcome> outOfScope() {
    if (standing.segment() != null) {
      return Optional.empty();
    }
    var because =
        new Because(
            "no_segment",
            "No segment holds: " + standing.segmentRow().rule(),
            standing.segmentRow());
    Instant recheckAt = stages.segment().mayHoldFrom(facts, asOf, clock, rows).orElse(null);
    return Optional.of(Outcome.of(Verdict.OUT_OF_SCOPE, List.of(because), recheckAt));
  }

  /** 5: only a trigger, or the end of a pause, changes that. */
  private Optional<Outcome> park() {
    var plan = plan();
    if (plan.isEmpty()) {
      Hit hit = stages.touch().sequence(situation, "no", rows);
      trace.add("sequence", hit);
      var because = new Because("trigger_needed", "No sequence is for " + standing.segment(), hit);
      return Optional.of(Outcome.of(Verdict.PARK, List.of(because), null));
    }
    trace.add("sequence", plan.get().hit());
    var because = new ArrayList<Because>(waitingForTrigger(plan.get()));
    Instant recheckAt = null;
    Journey last = facts.journey();
    if (!plan.get().open() && last != null && last.endedAt() != null) {
      Instant from = stages.touch().mayBeginFrom(situation, last.endedAt(), rows).orElse(null);
      if (from == null || from.isAfter(asOf)) {
        recheckAt = because.isEmpty() ? from : null;
        String text = "The last journey ended on " + date(last.endedAt());
        because.add(
            new Because(
                "journey_ended", text, stages.touch().rowOf(last.sequence(), plan.get().hit())));
      }
    }
    return because.isEmpty()
        ? Optional.empty()
        : Optional.of(Outcome.of(Verdict.PARK, because, recheckAt));
  }

  private List<Because> waitingForTrigger(SequencePlan plan) {
    var because = new ArrayList<Because>();
    if (!plan.triggerCounts() && plan.waitsForTrigger()) {
      because.add(
          new Because("trigger_needed", plan.sequence() + " starts only on a trigger", plan.hit()));
    }
    if (!plan.triggerCounts() && standing.waitsForTrigger() && !plan.servesAnyCohort()) {
      because.add(
          new Because(
              "cohort_parked",
              "Quiet for so long that only a trigger wakes",
              standing.cohortRow()));
    }
    return because;
  }

  /** 6 to 9: suppressed for want of a channel, waiting, held out, or a touch now. */
  private Outcome nextStep() {
    var next = new NextStep(stages, facts, asOf, clock, rows, standing, this::look, trace);
    return next.outcome(plan().orElseThrow());
  }

  /** Three verdicts ask for it, or none does. */
  private Optional<SequencePlan> plan() {
    if (!planned) {
      plan = stages.touch().plan(situation, rows);
      planned = true;
    }
    return plan;
  }

  private Eligibility look(Instant at) {
    return looks.computeIfAbsent(
        at, instant -> stages.eligibility().at(instant, facts, clock, standing.tier(), rows));
  }

  private static String date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  /** What a verdict brings with it. */
  record Outcome(
      Verdict verdict,
      List<Because> because,
      Decision.@Nullable PlannedTouch touch,
      Decision.@Nullable Incentive incentive,
      List<Decision.ExperimentArm> experiments,
      @Nullable Instant recheckAt) {
    static Outcome of(Verdict verdict, List<Because> because, @Nullable Instant recheckAt) {
      return new Outcome(verdict, because, null, null, List.of(), recheckAt);
    }
  }
}

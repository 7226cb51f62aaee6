package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Response;

/** The first verdict that holds (DECIDING.md section 4). */
final class OracleVerdict {
  private final OracleTables tables;
  private final ContactFacts facts;
  private final OraclePlaces places;
  private final OracleSegments segments;
  private final OracleChannels channels;
  private final OracleJourney journey;
  private final Instant asOf;
  private final OracleAnswer answer;

  OracleVerdict(
      OracleTables tables,
      ContactFacts facts,
      OraclePlaces places,
      OracleSegments segments,
      OracleChannels channels,
      OracleJourney journey,
      OracleAnswer answer) {
    this.tables = tables;
    this.facts = facts;
    this.places = places;
    this.segments = segments;
    this.channels = channels;
    this.journey = journey;
    this.asOf = journey.asOf;
    this.answer = answer;
  }

  void decide() {
    for (String line : List.of("verdict", "reasons", "touch", "recheckAt", "incentive")) {
      answer.put(line, null);
    }
    if (!suppress() && !followUp() && !exit() && !outOfScope() && !park()) {
      step();
    }
  }

  private boolean say(String verdict, List<OracleReason> reasons, @Nullable Instant recheckAt) {
    if (reasons.isEmpty()) {
      return false;
    }
    answer.put("verdict", verdict);
    answer.put("reasons", OracleReason.inOrder(reasons));
    answer.put("recheckAt", recheckAt);
    return true;
  }

  private boolean suppress() {
    var ends = channels.noes().closedUntil(asOf).orElse(List.of());
    boolean forEver = ends.stream().anyMatch(Objects::isNull);
    Instant end =
        ends.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
    var reasons =
        channels.noes().closingEverything(asOf).stream()
            .map(row -> new OracleReason(row.cell("→ Code"), row))
            .toList();
    return say("suppress", reasons, forEver ? null : end);
  }

  private boolean followUp() {
    var window = journey.limitDays("follow_up_window");
    var reasons = new ArrayList<OracleReason>();
    Instant last = null;
    for (Response one : journey.responses("follow_up")) {
      boolean recent =
          journey.open
              ? !one.at().isBefore(journey.entered().enteredAt())
              : one.at().isAfter(asOf.minus(window));
      if (recent && (journey.clock == null || !one.at().isBefore(journey.clock))) {
        var row = Objects.requireNonNull(journey.effect(one));
        reasons.add(new OracleReason(row.cell("→ Reason"), row));
        last = OracleSegments.later(last, one.at());
      }
    }
    boolean escalation = facts.history().openEscalation();
    if (escalation) {
      reasons.add(
          new OracleReason(
              "open_escalation",
              tables.first(
                  "eligibility/Holds", row -> row.cell("→ Code").equals("open_escalation"))));
    }
    return say("follow_up", reasons, escalation || last == null ? null : last.plus(window));
  }

  private boolean exit() {
    if (!journey.open) {
      return false;
    }
    var reasons = new ArrayList<OracleReason>();
    for (Response one : journey.responses("exit", "follow_up")) {
      if (!one.at().isBefore(journey.entered().enteredAt())) {
        reasons.add(new OracleReason("engaged", journey.effect(one)));
      }
    }
    if (!journey.serves(journey.entered().sequence())) {
      reasons.add(new OracleReason("segment_changed", journey.effect("segment_changed", null)));
    }
    if (!journey.restarted && journey.steps().remaining().isEmpty()) {
      reasons.add(new OracleReason("steps_done", journey.effect("steps_done", null)));
    }
    return say("exit", reasons, reasons.isEmpty() ? null : journey.beginsAgain(asOf, false));
  }

  private boolean outOfScope() {
    return journey.segment.equals("none")
        && say(
            "out_of_scope",
            List.of(new OracleReason("no_segment", journey.segmentRow)),
            segments.nextSegmentAt(asOf));
  }

  private boolean park() {
    var reasons = new ArrayList<OracleReason>();
    var sequence = journey.sequence;
    answer.trace("sequence", sequence);
    if (!journey.triggered() && sequence.yes("→ Waits for a trigger")) {
      reasons.add(new OracleReason("trigger_needed", sequence));
    }
    if (!journey.triggered()
        && journey.cohort.yes("→ Waits for a trigger")
        && !sequence.yes("→ Whatever the cohort")) {
      reasons.add(new OracleReason("cohort_parked", journey.cohort));
    }
    Instant recheckAt = null;
    if (journey.ended) {
      var last = journey.entered();
      Instant begins =
          journey.beginsAgain(Objects.requireNonNull(last.endedAt()), journey.triggered());
      if (begins == null || begins.isAfter(asOf)) {
        // Where a trigger is needed the end of a pause changes nothing.
        recheckAt = reasons.isEmpty() ? begins : null;
        reasons.add(new OracleReason("journey_ended", journey.sequenceNamed(last.sequence())));
      }
    }
    return say("park", reasons, recheckAt);
  }

  private void step() {
    var steps = journey.steps();
    var openings = new OracleOpenings(tables, channels, steps.sequence());
    Instant paused = journey.pausedUntil();
    for (OracleRow step : steps.remaining()) {
      Instant start =
          Stream.of(asOf, steps.dueAt(step), paused == null ? asOf : paused)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      var opening = openings.choose(step, start);
      if (opening != null) {
        answer.trace("step", step);
        answer.trace("channel", opening.row());
        touch(steps, step, opening);
        return;
      }
      answer.trace("step", step, "skipped");
    }
    say("suppress", List.of(new OracleReason("no_channel_left", steps.remaining().get(0))), null);
  }

  private void touch(OracleSteps steps, OracleRow step, OracleOpenings.Opening opening) {
    var reasons = new ArrayList<OracleReason>();
    Instant paused = journey.pausedUntil();
    if (paused != null && paused.isAfter(asOf)) {
      reasons.add(new OracleReason("journey_paused", null));
    }
    if (steps.dueAt(step).isAfter(asOf)) {
      reasons.add(new OracleReason("step_not_due", step));
    }
    boolean usableNow =
        reasons.isEmpty()
            ? asOf.equals(opening.notBefore())
            : channels.at(opening.channel(), asOf).allowed();
    if (!usableNow) {
      reasons.add(new OracleReason("channel_waits", step));
    }
    Instant daily = asOf.plus(Duration.ofHours(OracleSteps.limit(tables, "review_recheck")));
    if (!say("wait", reasons, opening.notBefore() == null ? daily : opening.notBefore())) {
      say("touch", List.of(new OracleReason("step_due", step)), opening.notAfter());
    }
    var channel = opening.channel();
    answer.put(
        "touch",
        OracleAnswer.touch(
            steps.sequence()
                + " "
                + step.whole("→ Step")
                + "/"
                + steps.of()
                + " "
                + step.cell("→ Purpose"),
            channel,
            channel == Channel.PHONE || channel == Channel.LINKEDIN ? "person" : "machine",
            opening.notBefore(),
            opening.notAfter(),
            channels.elements(channel, asOf)));
    if (step.yes("→ May carry an incentive")) {
      var incentive = incentive();
      var choice = incentive.choose();
      incentive.deciding().forEach(row -> answer.trace("incentive", row));
      answer.put(
          "incentive", choice == null ? null : choice.cell("→ Incentive") + " " + choice.id());
    }
    tables.rows("experiments/Holdouts").stream()
        .filter(row -> row.number("→ Share held out").signum() > 0)
        .filter(row -> row.takes("Segment", journey.segment))
        .filter(row -> row.takes("Program", facts.contact().program()))
        .forEach(row -> answer.trace("experiment", row));
  }

  private OracleIncentive incentive() {
    int tier = segments.tier(journey.segment).whole("→ Tier");
    String cohort = journey.cohort.orNull("→ Cohort");
    return new OracleIncentive(
        tables, facts, places, segments, asOf, journey.segment, cohort, tier);
  }
}

package rekindle.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Touch;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.ContactCalendar.Ending;

/**
 * Walks the rules forward for one contact: decides, carries the decision out as the scheduler
 * would, and looks again when the decision says so or something becomes known. Every message is
 * assumed to be delivered. Pure; one for each walk, confined to one thread.
 */
public final class Walk {
  /** A look a day over the longest span, and as many again for what happens meanwhile. */
  private static final int DECISIONS_MAX = 2_000;

  private final DecisionEngine engine;
  private final Assumptions assumptions;
  private final Happenings happenings;
  private final Delays delays;
  private final List<CalendarEntry> entries = new ArrayList<>();
  private ContactFacts facts;
  private Instant at;
  private int decisions;
  private @Nullable Ending ending;
  private @Nullable Decided next;

  private Walk(DecisionEngine engine, ContactFacts facts, Assumptions assumptions) {
    this.engine = engine;
    this.facts = facts;
    this.assumptions = assumptions;
    this.at = assumptions.from();
    this.happenings = new Happenings(facts, assumptions);
    this.delays = new Delays(this::decide);
  }

  /** What is to be expected of a contact under some assumptions. */
  public static ContactCalendar of(
      DecisionEngine engine, ContactFacts facts, Assumptions assumptions) {
    return new Walk(engine, facts, assumptions).calendar();
  }

  private ContactCalendar calendar() {
    facts = happenings.happen(at, facts, entries);
    while (ending == null) {
      carryOut(decide(at));
      if (ending == null && decisions > DECISIONS_MAX) {
        ending = Ending.TOO_MANY_DECISIONS;
      }
    }
    var place = LocalPlace.of(engine.release(), facts.contact());
    return new ContactCalendar(
        facts.contact().id(),
        facts.contact().personId(),
        engine.release().id(),
        assumptions,
        place.zone(),
        place.name(),
        entries,
        ending,
        at,
        next);
  }

  private Decision decide(Instant instant) {
    decisions++;
    return engine.decide(facts, instant);
  }

  private void carryOut(Decision decision) {
    next = null;
    switch (decision.verdict()) {
      case TOUCH -> take(decision, "delivered");
      case HOLDOUT -> take(decision, "withheld");
      case EXIT, FOLLOW_UP -> end(decision);
      case WAIT -> await(decision);
      case PARK, SUPPRESS, OUT_OF_SCOPE -> {
        add(entry(decision, null, null, List.of()));
        lookAgain(decision.recheckAt());
      }
    }
  }

  /** The same instant is decided again: only so does it show when the next step is due. */
  private void take(Decision decision, String outcome) {
    PlannedTouch planned = touchOf(decision);
    Journey open = AssumedFacts.openJourney(facts, at);
    boolean begins = open == null || !open.sequence().equals(planned.sequence());
    if (begins) {
      facts =
          AssumedFacts.withJourney(facts, new Journey(planned.sequence(), at, null, null, null));
    }
    var touch = new Touch(null, planned.sequence(), planned.step(), planned.channel(), at, outcome);
    facts = AssumedFacts.withTouch(facts, touch);
    if (outcome.equals("delivered")) {
      happenings.follow(touch);
      if (decision.incentive() != null) {
        facts = AssumedFacts.withIncentive(facts, decision.incentive(), at);
      }
    }
    String ends = begins && open != null ? open.sequence() : null;
    add(entry(decision, begins ? planned.sequence() : null, ends, List.of()));
    facts = happenings.happen(at, facts, entries);
  }

  private static PlannedTouch touchOf(Decision decision) {
    PlannedTouch touch = decision.touch();
    if (touch == null) {
      throw new IllegalStateException("a " + decision.verdict().code() + " carries no touch");
    }
    return touch;
  }

  /** A journey that ended may begin again at once, so the same instant is decided again. */
  private void end(Decision decision) {
    Journey open = AssumedFacts.openJourney(facts, at);
    Decided entry = entry(decision, null, open == null ? null : open.sequence(), List.of());
    Instant recheckAt = decision.recheckAt();
    boolean ahead = recheckAt != null && recheckAt.isAfter(at);
    if (open != null) {
      facts = AssumedFacts.withJourney(facts, ended(open, decision.reasons().get(0).code()));
    }
    add(entry);
    if (open == null || ahead) {
      lookAgain(recheckAt);
    }
  }

  private Journey ended(Journey open, String reason) {
    return new Journey(open.sequence(), open.enteredAt(), open.pausedUntil(), at, reason);
  }

  /** A step that is not due yet is told once it is taken; one that is held up, at once. */
  private void await(Decision decision) {
    Instant recheckAt = decision.recheckAt();
    if (recheckAt == null || !recheckAt.isAfter(at)) {
      lookAgain(at);
      return;
    }
    Decided entry = entry(decision, null, null, delays.of(decision));
    if (entry.isDelayed() || entry.isPaused()) {
      add(entry);
    }
    next = entry;
    Instant stop = happenings.after(at).filter(recheckAt::isAfter).orElse(recheckAt);
    if (stop.isAfter(assumptions.until())) {
      stop = assumptions.until();
    }
    lookAgain(delays.dueBefore(decision, stop).orElse(stop));
  }

  private Decided entry(
      Decision decision,
      @Nullable String begins,
      @Nullable String ends,
      List<Decision.Denial> delays) {
    Journey open = AssumedFacts.openJourney(facts, at);
    return new Decided(
        decision,
        open == null ? null : open.enteredAt(),
        begins,
        ends,
        decision.recheckAt(),
        delays);
  }

  /** What is decided every day and says nothing new is told once, for longer. */
  private void add(Decided entry) {
    int last = entries.size() - 1;
    if (last >= 0 && entries.get(last) instanceof Decided before && before.saysAsMuchAs(entry)) {
      entries.set(last, before.lastingUntil(entry.until()));
    } else {
      entries.add(entry);
    }
  }

  /** On to the instant, or to what happens before; null where only something new counts. */
  private void lookAgain(@Nullable Instant recheckAt) {
    Instant happens = happenings.after(at).orElse(null);
    Instant then =
        happens != null && (recheckAt == null || happens.isBefore(recheckAt)) ? happens : recheckAt;
    if (then == null) {
      ending = Ending.NOTHING_AHEAD;
    } else if (!then.isAfter(at)) {
      ending = Ending.NO_PROGRESS;
    } else if (!then.isBefore(assumptions.until())) {
      ending = Ending.SPAN_OVER;
      at = assumptions.until();
    } else {
      cutShort(then);
      at = then;
      next = null;
      facts = happenings.happen(at, facts, entries);
    }
  }

  /** What becomes known meanwhile ends a delay, whatever was said of its end. */
  private void cutShort(Instant then) {
    int last = entries.size() - 1;
    if (last >= 0
        && entries.get(last) instanceof Decided before
        && (before.isDelayed() || before.isPaused())
        && before.until() != null
        && then.isBefore(before.until())) {
      entries.set(last, before.lastingUntil(then));
    }
  }
}

package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.ContactFacts.Journey;
import rekindle.service.decide.Recording;
import rekindle.service.ids.TouchIds;
import rekindle.service.schedule.Taker.Held;
import rekindle.service.schedule.Taker.Ready;
import rekindle.service.schedule.Taker.Reserve;
import rekindle.service.schedule.Taker.Taking;
import rekindle.service.store.NextLooks.Ended;
import rekindle.service.store.NextLooks.Last;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.Stops.Stop;
import rekindle.service.store.StoredFactsReader.Current;
import rekindle.service.store.TouchReservations.Reservation;

/** One look at a person on its way to the commit. Confined to one thread. */
final class Look {
  /** Everybody is looked at once in this time at least. */
  private static final Duration AT_LEAST_EVERY = Duration.ofDays(1);

  /** After a touch: its next step is days away, but who knows which limits the tables have. */
  private static final Duration AFTER_TOUCH = Duration.ofHours(1);

  private static final Duration AFTER_HOLD = Duration.ofHours(1);
  private static final String HOLDOUT = "holdout";
  private static final String HELD_BACK = "held_back";

  private final UUID id;
  private final String personId;
  private final String contactId;
  private final Instant asOf;
  private final @Nullable Decided decided;
  private final @Nullable Last last;
  private @Nullable Taking taking;
  private @Nullable String touchId;
  private int attempt;
  private @Nullable Recording recording;

  private Look(
      UUID id,
      String personId,
      String contactId,
      Instant asOf,
      @Nullable Decided decided,
      @Nullable Last last) {
    this.id = id;
    this.personId = personId;
    this.contactId = contactId;
    this.asOf = asOf;
    this.decided = decided;
    this.last = last;
  }

  static Look of(UUID id, Decided decided, @Nullable Last last) {
    return new Look(
        id, decided.personId(), decided.decision().contactId(), decided.asOf(), decided, last);
  }

  /** Nothing is decided for a person as long as something about it could not be read. */
  static Look heldBack(UUID id, String personId, Current contact, @Nullable Last last) {
    var stored = contact.stored();
    return new Look(id, personId, stored.facts().contact().id(), contact.asOf(), null, last);
  }

  /**
   * What a look came to.
   *
   * @param decided null if nothing could be decided now
   * @param touchId of the touch that was decided; null if none was
   * @param attempt the first, second … reservation of the touch; 0 if none was made
   * @param taking what became of it; null if there is none
   * @param reasons why, and what holds it up
   * @param recording null if nothing new was decided
   */
  record Outcome(
      String personId,
      @Nullable Decided decided,
      @Nullable String touchId,
      int attempt,
      @Nullable Taking taking,
      List<String> reasons,
      @Nullable Recording recording) {
    @Nullable Reserve reserved() {
      return taking instanceof Reserve reserve ? reserve : null;
    }
  }

  Outcome outcome() {
    List<String> reasons = decided == null ? List.of(HELD_BACK) : reasons(decided.decision());
    return new Outcome(personId, decided, touchId, attempt, taking, reasons, recording);
  }

  String contactId() {
    return contactId;
  }

  @Nullable Decided decided() {
    return decided;
  }

  void record(Recording made) {
    recording = made;
  }

  /** Asks who takes the touch, if one was decided. */
  void take(Handle handle, List<Stop> stops, Taker taker) {
    if (decided == null) {
      return;
    }
    Decision decision = decided.decision();
    PlannedTouch touch = decision.touch();
    if (touch == null) {
      return;
    }
    if (decision.verdict() == Verdict.HOLDOUT) {
      touchId = TouchIds.of(decided.facts(), decision);
      taking = new Reserve(State.WITHHELD, HOLDOUT, null, null, null, null, null, null);
    } else if (decision.verdict() == Verdict.TOUCH) {
      String id = Objects.requireNonNull(TouchIds.of(decided.facts(), decision));
      touchId = id;
      taking =
          Execution.isStopped(stops, decided, touch)
              ? new Held("stopped", asOf.plus(AFTER_HOLD))
              : taker.take(handle, decided, touch, id);
    }
  }

  /** What was to be reserved is. */
  void reserved(int attempts) {
    attempt = attempts;
  }

  /** What was to be reserved could not be. */
  void refuse(Taker taker) {
    if (taking instanceof Reserve reserve && reserve.state() != State.WITHHELD) {
      taker.undo(reserve);
    }
    taking = new Held("touch_under_way", asOf.plus(AFTER_HOLD));
  }

  /** Null if nothing is reserved. */
  @Nullable Reservation reservation() {
    if (decided == null || !(taking instanceof Reserve reserve)) {
      return null;
    }
    Decision decision = decided.decision();
    PlannedTouch touch = Objects.requireNonNull(decision.touch());
    var incentive = decision.incentive();
    return new Reservation(
        Objects.requireNonNull(touchId),
        contactId,
        touch.sequence(),
        touch.step(),
        touch.channel(),
        asOf,
        reserve.state() == State.WITHHELD ? "withheld" : "reserved",
        id,
        reserve.state(),
        reserve.route(),
        reserve.client(),
        reserve.lease(),
        reserve.sendNotAfter(),
        reserve.watchUntil(),
        incentive == null ? null : incentive.code(),
        reserve.confirmKey());
  }

  /** The id that the decision gets if it is recorded. */
  UUID id() {
    return id;
  }

  /** Whether the decision has an effect, or differs from the last one. */
  boolean isNews() {
    if (decided == null) {
      return false;
    }
    return taking instanceof Reserve
        || decided.decision().verdict() == Verdict.EXIT
        || hasChanged();
  }

  boolean hasChanged() {
    if (decided == null || last == null) {
      return decided != null;
    }
    Decision decision = decided.decision();
    List<String> codes = codes(decision);
    return !decision.verdict().code().equals(last.verdict())
        || !contactId.equals(last.contactId())
        || last.reasons().size() < codes.size()
        || !last.reasons().subList(0, codes.size()).equals(codes);
  }

  private static List<String> codes(Decision decision) {
    return decision.reasons().stream().map(Reason::code).distinct().toList();
  }

  /** The open journey; null if none is. */
  @Nullable Journey openJourney() {
    Journey journey = decided == null ? null : decided.facts().journey();
    return journey == null || (journey.endedAt() != null && !journey.endedAt().isAfter(asOf))
        ? null
        : journey;
  }

  /** How it ends, with when the next one is due. */
  Ended ended() {
    if (decided == null) {
      return new Ended(
          personId,
          wakes(),
          asOf.plus(AFTER_HOLD),
          null,
          contactId,
          "wait",
          List.of(HELD_BACK),
          null,
          asOf);
    }
    Decision decision = decided.decision();
    PlannedTouch touch = decision.touch();
    return new Ended(
        personId,
        wakes(),
        dueAt(decision),
        taking instanceof Ready && touch != null ? touch.channel().code() : null,
        contactId,
        decision.verdict().code(),
        reasons(decision),
        touch == null ? null : touch.sequence(),
        asOf);
  }

  private long wakes() {
    return last == null ? 0 : last.wakes();
  }

  /** The decision's reasons, and what else holds the touch up. */
  private List<String> reasons(Decision decision) {
    var reasons = new ArrayList<>(codes(decision));
    PlannedTouch touch = decision.touch();
    if (taking instanceof Held held) {
      reasons.add(held.reason());
    } else if (decision.verdict() == Verdict.WAIT && touch != null) {
      Objects.requireNonNull(decision.channels().get(touch.channel())).denials().stream()
          .map(Denial::code)
          .distinct()
          .filter(code -> !reasons.contains(code))
          .forEach(reasons::add);
    }
    return reasons;
  }

  private Instant dueAt(Decision decision) {
    Instant latest = asOf.plus(AT_LEAST_EVERY);
    Instant wanted =
        switch (decision.verdict()) {
          case TOUCH -> afterTouch(Objects.requireNonNull(decision.touch()), latest);
          case HOLDOUT -> asOf.plusSeconds(1);
          default -> decision.recheckAt() == null ? latest : decision.recheckAt();
        };
    Instant soonest = decision.verdict() == Verdict.EXIT ? asOf.plusMillis(1) : asOf.plusSeconds(1);
    Instant due = wanted.isBefore(soonest) ? soonest : wanted;
    return due.isAfter(latest) ? latest : due;
  }

  private Instant afterTouch(PlannedTouch touch, Instant latest) {
    if (taking instanceof Held held) {
      return held.until();
    }
    if (taking instanceof Ready) {
      return touch.notAfter() == null ? latest : touch.notAfter().plusMillis(1);
    }
    return asOf.plus(AFTER_TOUCH);
  }
}

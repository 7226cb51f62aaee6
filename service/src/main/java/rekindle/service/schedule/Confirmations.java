package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.Channel;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.store.NextLooks;
import rekindle.service.store.OpenTouches;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.Restrictions;
import rekindle.service.store.ScheduleFigures;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Standing;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.Wakes;

/**
 * The check just before a touch is made: decided again with what is known now, under the person's
 * lock. It says yes once for each touch, and to people once for each hand. Thread-safe.
 */
public final class Confirmations {
  private static final int ATTEMPTS_MAX = 20;
  private static final int RETRY_AFTER_SECONDS = 1;

  /** After the last instant to send, by when the platform should have told. */
  private static final Duration TOLD_WITHIN = Duration.ofMinutes(5);

  private static final String BY_PERSON = "by_person";
  private static final Set<State> OPEN = Set.of(State.LEASED, State.TASK, State.RELEASED);

  /** They stay on their channel, whatever is decided now. */
  private static final Set<State> ON_ITS_WAY = Set.of(State.LEASED, State.TASK, State.SENDING);

  private final Jdbi jdbi;
  private final Execution execution;
  private final Routes routes;

  Confirmations(Jdbi jdbi, Execution execution, Routes routes) {
    this.jdbi = jdbi;
    this.execution = execution;
    this.routes = routes;
  }

  /**
   * Whether a touch may be made.
   *
   * @param reasons codes of why not; empty if it may
   * @param decision the recorded decision, canonical JSON; null if none was made; not copied
   * @param decided the same with what it was made from
   */
  public record Verdict(
      String touchId,
      boolean send,
      @Nullable Instant sendNotAfter,
      List<String> reasons,
      byte @Nullable [] decision,
      @Nullable Decided decided) {
    static Verdict no(String touchId, List<String> reasons) {
      return new Verdict(touchId, false, null, reasons, null, null);
    }
  }

  /** A no is about to be committed; what was done so far is undone and done again. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String contactId;

    Overtaken(String contactId) {
      super("overtaken", null, false, false);
      this.contactId = contactId;
    }
  }

  /** The person cannot be decided for; that it is parked must outlive what was done so far. */
  private static final class Parked extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String personId;
    private final String reason;

    Parked(String personId, String reason) {
      super("parked", null, false, false);
      this.personId = personId;
      this.reason = reason;
    }
  }

  /**
   * Does a transaction that confirms, again for as long as a no comes in between.
   *
   * @param transaction opens a transaction and gives what {@link #confirm} says
   * @throws ProblemException {@code person_parked} if the rows about the person cannot be read
   */
  public <T> T patiently(Function<Confirmations, T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.apply(this);
      } catch (Overtaken overtaken) {
        if (attempt == ATTEMPTS_MAX) {
          throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
        }
        jdbi.useTransaction(handle -> Restrictions.await(handle, overtaken.contactId));
      } catch (Parked parked) {
        jdbi.useTransaction(handle -> NextLooks.park(handle, parked.personId, parked.reason));
        throw new ProblemException(problem(parked));
      }
    }
  }

  private static Problem problem(Parked parked) {
    return ProblemType.PERSON_PARKED.problem(
        "Person \"%s\" is parked (%s): what is stored about it cannot be decided on. Do not send; nothing was reserved. The service's log says what cannot be read. Mend that, then POST /v1/schedule/parked/%s/release and ask again."
            .formatted(parked.personId, parked.reason, parked.personId));
  }

  /**
   * Decides whether a touch may be made, in the caller's transaction, which {@link #patiently} does
   * again where needed. A platform never gets what a person does by hand.
   *
   * @param key of the request
   * @throws ProblemException if nobody knows the touch
   */
  public Verdict confirm(Handle handle, String touchId, String client, @Nullable String key) {
    return confirm(handle, touchId, new Asker(client, key, false));
  }

  /**
   * The same for the person who does it by hand. Of a touch that somebody has, or had, in hand it
   * decides again, and says yes once more to whoever takes it over.
   */
  Verdict confirmByHand(Handle handle, String touchId, String client) {
    return confirm(handle, touchId, new Asker(client, null, true));
  }

  /**
   * Whoever wants to make a touch.
   *
   * @param key of the request; null for none
   */
  private record Asker(String client, @Nullable String key, boolean byHand) {}

  private Verdict confirm(Handle handle, String touchId, Asker asker) {
    Optional<Standing> known = ScheduledTouches.find(handle, touchId);
    String contact =
        known
            .map(Standing::contactId)
            .or(() -> ScheduledTouches.contactOf(handle, touchId))
            .orElseThrow(() -> new ProblemException(Problem.notFound("touch", touchId)));
    Map<String, String> persons = PersonLocks.lockToDecide(handle, List.of(contact));
    String person = persons.get(contact);
    if (person == null) {
      throw new ProblemException(Problem.notFound("touch", touchId));
    }
    // What stood there before the lock may have changed.
    Optional<Standing> standing = ScheduledTouches.find(handle, touchId);
    String refusal = standing.map(touch -> refusal(handle, touch, asker)).orElse(null);
    if (refusal != null) {
      return Verdict.no(touchId, List.of(refusal));
    }
    unlessParked(handle, person);
    Channel channel =
        standing
            .filter(touch -> touch.state() != null && ON_ITS_WAY.contains(touch.state()))
            .map(Standing::channel)
            .orElse(null);
    Outcome outcome = execution.confirm(handle, person, touchId, taker(touchId, channel, asker));
    if (outcome == null) {
      unlessParked(handle, person);
      throw new Overtaken(contact);
    }
    return verdict(handle, touchId, standing, outcome);
  }

  private static void unlessParked(Handle handle, String person) {
    ScheduleFigures.parkedReason(handle, person)
        .ifPresent(
            reason -> {
              throw new Parked(person, reason);
            });
  }

  /** Null if the touch is still to be made, and by whoever asks. */
  private static @Nullable String refusal(Handle handle, Standing touch, Asker asker) {
    State state = touch.state();
    if (state == State.SENDING && asker.byHand()) {
      return OpenTouches.isRecalled(handle, touch.id()) ? "recalled" : null;
    }
    if (state == null || !OPEN.contains(state)) {
      return state == State.SENDING || state == State.HANDING_OVER
          ? "already_confirmed"
          : "touch_" + (state == null ? touch.outcome() : state.code());
    }
    if (state == State.TASK && !asker.byHand()) {
      return BY_PERSON;
    }
    return state == State.LEASED && !asker.client().equals(touch.client())
        ? "leased_by_another"
        : null;
  }

  private Taker taker(String touchId, @Nullable Channel channel, Asker asker) {
    return (handle, decided, touch, id) -> {
      if (!id.equals(touchId) || (channel != null && channel != touch.channel())) {
        return new Taker.Held("another_touch", decided.asOf());
      }
      if (touch.by().equals("person") && !asker.byHand()) {
        return new Taker.Held(BY_PERSON, decided.asOf());
      }
      Instant notAfter = notAfter(decided, touch);
      return new Taker.Reserve(
          State.SENDING,
          HandOverConfiguration.PULL,
          asker.client(),
          null,
          notAfter,
          notAfter.plus(TOLD_WITHIN),
          asker.key(),
          null);
    };
  }

  /** A person has until the hours close, a machine only moments. */
  private Instant notAfter(Decided decided, PlannedTouch touch) {
    return touch.by().equals("person") && touch.notAfter() != null
        ? touch.notAfter()
        : routes.sendNotAfter(decided.asOf(), touch);
  }

  private static Verdict verdict(
      Handle handle, String touchId, Optional<Standing> standing, Outcome outcome) {
    var reserve = outcome.reserved();
    if (reserve != null && touchId.equals(outcome.touchId())) {
      return new Verdict(
          touchId,
          true,
          reserve.sendNotAfter(),
          List.of(),
          Objects.requireNonNull(outcome.recording()).decision().outcome(),
          outcome.decided());
    }
    // What was reserved for it counts no longer.
    if (standing.isPresent()) {
      ScheduledTouches.release(handle, List.of(touchId), Set.of(State.LEASED), "not confirmed");
    }
    standing
        .filter(touch -> touch.state() == State.SENDING)
        .map(Standing::contactId)
        // It was left out of what was decided, and counts all the same.
        .ifPresent(contact -> Wakes.wake(handle, List.of(contact)));
    return Verdict.no(touchId, outcome.reasons());
  }
}

package rekindle.service.schedule;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.service.decide.DecisionObserver;
import rekindle.service.decide.Engines;
import rekindle.service.decide.Recording.Known;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.store.NextLooks;
import rekindle.service.store.NextLooks.Claim;
import rekindle.service.store.NextLooks.Last;
import rekindle.service.store.PersonStates;
import rekindle.service.store.Restrictions;
import rekindle.service.store.Stops;
import rekindle.service.store.Stops.Stop;
import rekindle.service.store.StoredFactsReader.Current;
import rekindle.service.store.TouchReservations;

/**
 * Decides for persons with what is known now, and commits what follows with the reservation, all
 * under the persons' locks and in one transaction (RELIABILITY, section 2.2, T2). Nothing is sent
 * in here. A no that is about to be committed by somebody else makes the look start again; a kill
 * switch that is set stops what it names. Thread-safe.
 */
final class Execution {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private final Engines engines;
  private final DecisionObserver observer;
  private final LookWriter writer;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  Execution(
      Engines engines,
      DecisionObserver observer,
      LookWriter writer,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.ids = ids;
    this.engines = engines;
    this.observer = observer;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Looks at those whose claims hold and at whom nobody else is now.
   *
   * @param leased whether the claims are leases; else their rows are held by this transaction
   */
  List<Outcome> look(Handle handle, List<Claim> claims, boolean leased, Taker taker) {
    List<Stop> stops = Stops.hold(handle);
    List<String> persons = claims.stream().map(Claim::personId).toList();
    Set<String> locked = PersonStates.lockFree(handle, persons);
    Map<String, Last> held = new HashMap<>();
    (leased ? NextLooks.held(handle, claims) : NextLooks.of(handle, persons))
        .forEach(
            (person, last) -> {
              if (locked.contains(person)) {
                held.put(person, last);
              }
            });
    return execute(handle, held, null, stops, taker, leased);
  }

  /**
   * Looks at one person who is locked, leaving a touch of theirs out of what is known.
   *
   * @return null if a no is about to be committed; then try again
   */
  @Nullable Outcome confirm(Handle handle, String personId, String touchId, Taker taker) {
    List<Stop> stops = Stops.hold(handle);
    if (!Restrictions.hold(handle, personId)) {
      return null;
    }
    Map<String, Last> last = NextLooks.of(handle, List.of(personId));
    Map<String, Last> held =
        Map.of(personId, last.getOrDefault(personId, new Last(null, List.of(), null, 0)));
    return execute(handle, held, touchId, stops, taker, false).stream().findFirst().orElse(null);
  }

  private List<Outcome> execute(
      Handle handle,
      Map<String, Last> held,
      @Nullable String exceptTouch,
      List<Stop> stops,
      Taker taker,
      boolean leased) {
    List<Look> looks =
        looks(handle, held, PersonStates.read(handle, held.keySet(), clock, exceptTouch));
    looks.forEach(look -> look.take(handle, stops, taker));
    Map<String, Integer> reserved =
        TouchReservations.reserve(
            handle, looks.stream().map(Look::reservation).filter(Objects::nonNull).toList());
    looks.forEach(look -> reserved(look, reserved, taker));
    try {
      writer.write(handle, looks, leased);
    } catch (SQLException failed) {
      throw new UnableToExecuteStatementException(failed, null);
    }
    return looks.stream().map(Look::outcome).toList();
  }

  private List<Look> looks(Handle handle, Map<String, Last> held, PersonStates.Read read) {
    read.unreadable().forEach((person, failed) -> park(handle, person, failed));
    NextLooks.forget(
        handle,
        held.keySet().stream()
            .filter(p -> !read.facts().containsKey(p) && !read.unreadable().containsKey(p))
            .toList());
    var looks = new ArrayList<Look>();
    read.facts()
        .forEach(
            (person, contacts) -> {
              Look look = decide(handle, person, contacts, held.get(person));
              if (look != null) {
                looks.add(look);
              }
            });
    return looks;
  }

  /** One person's facts must not keep everybody else waiting. */
  private static void park(Handle handle, String person, RuntimeException failed) {
    LOG.error("a person is parked who cannot be decided for", failed);
    NextLooks.park(handle, person, failed.getClass().getSimpleName());
  }

  /** A touch that is under way already is not made twice; somebody may see why in the schedule. */
  private static void reserved(Look look, Map<String, Integer> attempts, Taker taker) {
    var reservation = look.reservation();
    if (reservation == null) {
      return;
    }
    Integer attempt = attempts.get(reservation.id());
    if (attempt == null) {
      LOG.warn("touch {} is under way already", reservation.id());
      look.refuse(taker);
    } else {
      look.reserved(attempt);
    }
  }

  /** Null if it cannot be decided for the person; then it is parked. */
  private @Nullable Look decide(
      Handle handle, String person, List<Current> contacts, @Nullable Last last) {
    for (Current contact : contacts) {
      if (contact.stored().heldBack() != null) {
        return Look.heldBack(ids.next(), person, contact, last);
      }
    }
    try (var lease = lease(person)) {
      Decided first;
      try {
        first = decided(lease, person, contacts);
      } catch (RuntimeException failed) {
        park(handle, person, failed);
        return null;
      }
      observer.decided(first.facts(), first.asOf(), first.decision());
      return Look.of(ids.next(), first, last);
    }
  }

  private Engines.Lease lease(String person) {
    try {
      return engines.leaseFor(person);
    } catch (RuntimeException failed) {
      throw new EngineUnavailable(failed);
    }
  }

  private static Decided decided(Engines.Lease lease, String person, List<Current> contacts) {
    var all = new ArrayList<Decided>();
    for (Current contact : contacts) {
      var stored = contact.stored();
      var known = new Known(stored.facts(), contact.asOf(), stored.subjectRef(), stored.mark());
      var decision = lease.engine().decide(stored.facts(), contact.asOf());
      all.add(new Decided(person, known, decision));
    }
    return Decided.first(all);
  }

  /** Whether a kill switch stops a touch. */
  static boolean isStopped(Collection<Stop> stops, Decided decided, PlannedTouch touch) {
    String program = decided.facts().contact().program();
    return stops.stream()
        .anyMatch(stop -> stop.stops(program, touch.channel().code(), touch.sequence()));
  }
}

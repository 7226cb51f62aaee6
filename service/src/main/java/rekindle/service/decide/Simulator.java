package rekindle.service.decide;

import java.time.InstantSource;
import rekindle.facts.ContactFacts;
import rekindle.json.InvalidJson;
import rekindle.plan.Assumptions;
import rekindle.plan.ContactCalendar;
import rekindle.plan.Walk;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.StoredFacts;
import rekindle.service.store.StoredFactsReader;

/** Walks the rules forward for facts and for stored contacts; keeps nothing. Thread-safe. */
public final class Simulator {
  private final StoredFactsReader people;
  private final Engines engines;
  private final InstantSource clock;

  public Simulator(StoredFactsReader people, Engines engines, InstantSource clock) {
    this.people = people;
    this.engines = engines;
    this.clock = clock;
  }

  /**
   * The calendar of facts that the caller brings.
   *
   * @throws ProblemException if there is no such release
   * @throws InvalidJson if a response is to a step that the release does not have
   */
  public ContactCalendar calendar(SimulationRequest request) {
    try (var lease = engines.lease(request.release())) {
      request.assumptions().throwIfUnknown(lease.engine().release());
      return Walk.of(lease.engine(), request.facts(), request.assumptions());
    }
  }

  /**
   * The calendar of a stored contact's person from now on, if nothing is heard of them: of several
   * contacts that of the one that counts, which it names.
   *
   * @throws ProblemException if there is no such contact, or it is held back
   */
  public ContactCalendar calendar(String contactId, int days) {
    var current =
        people
            .findNow(contactId, clock)
            .orElseThrow(() -> new ProblemException(Problem.notFound("contact", contactId)));
    StoredFacts stored = current.stored();
    String reason = stored.heldBack();
    if (reason != null) {
      throw new ProblemException(ProblemType.CONTACT_HELD_BACK.problem(reason));
    }
    try (var lease = engines.leaseFor(stored.facts().contact().personId())) {
      ContactFacts first = OtherContactFirst.facts(lease.engine(), stored, current.asOf());
      return Walk.of(lease.engine(), first, Assumptions.silence(current.asOf(), days));
    }
  }
}

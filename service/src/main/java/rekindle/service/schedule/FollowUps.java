package rekindle.service.schedule;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Reason;
import rekindle.service.decide.Engines;
import rekindle.service.decide.OtherContactFirst;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.PersonStates;
import rekindle.service.store.StoredFactsReader.Current;

/** Whether somebody who said yes may still be called back. Thread-safe. */
public final class FollowUps {
  private static final Set<String> NOES =
      Set.of("suppressed", "consent_withdrawn", "do_not_contact");

  private final Engines engines;
  private final InstantSource clock;

  public FollowUps(Engines engines, InstantSource clock) {
    this.engines = engines;
    this.clock = clock;
  }

  /**
   * Why a contact's person must not be called back: a no to everything, however it was told.
   *
   * @return codes; empty where nothing is known against it
   */
  List<String> objections(Handle handle, String contactId) {
    String person = PersonLocks.lockToDecide(handle, List.of(contactId)).get(contactId);
    if (person == null) {
      return List.of("no_longer_known");
    }
    var decisions = new ArrayList<Decision>();
    try (var lease = engines.leaseFor(person)) {
      for (Current contact :
          PersonStates.read(handle, List.of(person), clock, null)
              .facts()
              .getOrDefault(person, List.of())) {
        decisions.add(lease.engine().decide(contact.stored().facts(), contact.asOf()));
      }
    }
    return decisions.stream()
        .min(OtherContactFirst.ORDER)
        .map(FollowUps::objections)
        .orElse(List.of());
  }

  private static List<String> objections(Decision decision) {
    if (Leaving.isNoToAll(decision)) {
      return decision.reasons().stream().map(Reason::code).distinct().toList();
    }
    List<List<String>> noes =
        decision.channels().values().stream()
            .map(answer -> answer.denials().stream().map(Denial::code).filter(NOES::contains))
            .map(java.util.stream.Stream::toList)
            .toList();
    return noes.stream().anyMatch(List::isEmpty)
        ? List.of()
        : noes.stream().flatMap(List::stream).distinct().sorted().toList();
  }
}

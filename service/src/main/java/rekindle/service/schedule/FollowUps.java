package rekindle.service.schedule;

import java.time.InstantSource;
import java.util.List;
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
  private final Engines engines;
  private final InstantSource clock;

  public FollowUps(Engines engines, InstantSource clock) {
    this.engines = engines;
    this.clock = clock;
  }

  /**
   * Why somebody must not be called back.
   *
   * @param reasons codes; empty where nothing stands against it
   * @param forGood whether it is over, and not only for as long as it cannot be told
   */
  record Objections(List<String> reasons, boolean forGood) {
    private static Objections gone() {
      return new Objections(List.of("no_longer_known"), true);
    }

    private static Objections notNow(String reason) {
      return new Objections(List.of(reason), false);
    }
  }

  /**
   * Why a contact's person must not be called back: a no to everything, however it was told, or
   * that nobody can tell whether there is one.
   */
  Objections objections(Handle handle, String contactId) {
    String person = PersonLocks.lockToDecide(handle, List.of(contactId)).get(contactId);
    if (person == null) {
      return Objections.gone();
    }
    PersonStates.Read read = PersonStates.read(handle, List.of(person), clock, null);
    List<Current> contacts = read.facts().getOrDefault(person, List.of());
    boolean isHeldBack = contacts.stream().anyMatch(one -> one.stored().heldBack() != null);
    if (isHeldBack || read.unreadable().containsKey(person)) {
      return Objections.notNow("held_back");
    }
    return of(decisions(person, contacts));
  }

  private List<Decision> decisions(String person, List<Current> contacts) {
    try (var lease = engines.leaseFor(person)) {
      return contacts.stream()
          .map(contact -> lease.engine().decide(contact.stored().facts(), contact.asOf()))
          .toList();
    }
  }

  /** By the decision that counts; without one nothing is known. */
  static Objections of(List<Decision> decisions) {
    return decisions.stream()
        .min(OtherContactFirst.ORDER)
        .filter(decision -> !decision.channels().isEmpty())
        .map(FollowUps::noes)
        .map(noes -> new Objections(noes, true))
        .orElseGet(() -> Objections.notNow("no_longer_known"));
  }

  private static List<String> noes(Decision decision) {
    if (Leaving.isNoToAll(decision)) {
      return decision.reasons().stream().map(Reason::code).distinct().toList();
    }
    List<List<String>> noes =
        decision.channels().values().stream()
            .map(
                answer ->
                    answer.denials().stream()
                        .map(Denial::code)
                        .filter(Leaving.NO_TO_CHANNEL::contains))
            .map(java.util.stream.Stream::toList)
            .toList();
    return noes.stream().anyMatch(List::isEmpty)
        ? List.of()
        : noes.stream().flatMap(List::stream).distinct().sorted().toList();
  }
}

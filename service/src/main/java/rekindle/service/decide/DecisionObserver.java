package rekindle.service.decide;

import java.time.Instant;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;

/** Sees decisions for stored contacts as they are made. */
public interface DecisionObserver {
  /** Told by the thread that decided, which must not be kept waiting. */
  void decided(ContactFacts facts, Instant asOf, Decision decision);
}

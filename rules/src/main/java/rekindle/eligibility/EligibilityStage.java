package rekindle.eligibility;

import java.time.Instant;
import java.util.List;
import rekindle.calendar.LocalClock;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.Rows;

/** Decides which channels may be used at an instant, with every reason why not. Thread-safe. */
public final class EligibilityStage {
  private final Release release;
  private final EligibilityRows tables;

  public EligibilityStage(Release release) {
    this.release = release;
    this.tables = EligibilityRows.of(release);
  }

  /**
   * All six channels at one instant.
   *
   * @param facts as known when the decision is made; the instant may lie later, to look ahead
   */
  public Eligibility at(Instant at, ContactFacts facts, LocalClock clock, int tier, Rows rows) {
    boolean zoneKnown = clock.isKnown() && !facts.contact().timeZones().isEmpty();
    var standing = new Person.Standing(tier, zoneKnown, isAnyZoneStale(facts.contact()));
    var person = new Person(facts, at, clock, standing);
    List<Candidate> candidates = Candidate.of(facts.contact().jurisdictions(), release.places());
    return new Eligibility(new Look(tables, person, clock, candidates, rows));
  }

  private boolean isAnyZoneStale(ContactFacts.Contact contact) {
    for (String zone : release.zoneNames(contact)) {
      if (release.zones().isStale(zone)) {
        return true;
      }
    }
    return false;
  }
}

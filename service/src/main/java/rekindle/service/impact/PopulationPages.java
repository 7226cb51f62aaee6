package rekindle.service.impact;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.impact.Impact;
import rekindle.service.decide.OtherContactFirst;
import rekindle.service.store.StoredFacts;
import rekindle.service.store.StoredPopulation;

/** All stored contacts, each decided by both releases from what is known now. */
final class PopulationPages implements Pages {
  private static final int PAGE = 200;

  private final Handle handle;
  private final Instant asOf;
  private final DecisionEngine draft;
  private final DecisionEngine against;
  private String after = "";

  PopulationPages(Handle handle, Instant asOf, DecisionEngine draft, DecisionEngine against) {
    this.handle = handle;
    this.asOf = asOf;
    this.draft = draft;
    this.against = against;
  }

  @Override
  public Optional<Page> next() {
    StoredPopulation.Page page = StoredPopulation.after(handle, after, PAGE);
    if (page.size() == 0) {
      return Optional.empty();
    }
    after = page.last();
    return Optional.of(new ContactsPage(page));
  }

  private final class ContactsPage implements Page {
    private final StoredPopulation.Page page;

    ContactsPage(StoredPopulation.Page page) {
      this.page = page;
    }

    @Override
    public int size() {
      return page.size();
    }

    @Override
    public void tally(Impact into) {
      for (StoredFacts stored : page.facts(asOf)) {
        if (stored.heldBack() != null) {
          into.addSkipped(1);
        } else {
          compare(stored, into);
        }
      }
    }
  }

  private void compare(StoredFacts stored, Impact into) {
    ContactFacts facts = stored.facts();
    var about = new Impact.Case(facts.contact().id(), null, asOf, facts.contact().program());
    into.add(
        about,
        OtherContactFirst.decide(against, stored, asOf),
        OtherContactFirst.decide(draft, stored, asOf));
  }
}

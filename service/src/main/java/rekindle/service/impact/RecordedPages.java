package rekindle.service.impact;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import rekindle.decision.Decision;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.impact.Impact;
import rekindle.json.InvalidJson;
import rekindle.service.decide.OtherContactFirst;
import rekindle.service.store.RecordedDecisions;
import rekindle.service.store.RecordedDecisions.Kept;
import rekindle.service.store.RecordedDecisions.Selection;

/**
 * Recorded decisions, decided again from what was recorded. What the other release decided is what
 * was recorded, where it did; else it decides again too, so that no third release shows.
 */
final class RecordedPages implements Pages {
  private static final int PAGE = 200;

  private final Handle handle;
  private final Selection selection;
  private final DecisionEngine draft;
  private final DecisionEngine against;
  private UUID after;

  RecordedPages(Handle handle, Selection selection, DecisionEngine draft, DecisionEngine against) {
    this.handle = handle;
    this.selection = selection;
    this.draft = draft;
    this.against = against;
    this.after = selection.from();
  }

  @Override
  public Optional<Page> next() {
    List<Kept> page = RecordedDecisions.page(handle, selection, after, PAGE);
    if (page.isEmpty()) {
      return Optional.empty();
    }
    after = page.get(page.size() - 1).id();
    return Optional.of(new RecordedPage(page));
  }

  private final class RecordedPage implements Page {
    private final List<Kept> page;

    RecordedPage(List<Kept> page) {
      this.page = page;
    }

    @Override
    public int size() {
      return page.size();
    }

    @Override
    public void tally(Impact into) {
      for (Kept kept : page) {
        try {
          compare(kept, FactsReader.read(kept.facts()), into);
        } catch (InvalidJson erased) {
          into.addSkipped(1);
        }
      }
    }
  }

  private void compare(Kept kept, ContactFacts facts, Impact into) {
    var about =
        new Impact.Case(
            facts.contact().id(), kept.id().toString(), kept.asOf(), facts.contact().program());
    Decision after = again(draft, facts, kept);
    if (kept.release().equals(against.release().id())) {
      into.add(about, kept.outcome(), after);
    } else {
      into.add(about, again(against, facts, kept), after);
    }
  }

  private static Decision again(DecisionEngine engine, ContactFacts facts, Kept kept) {
    return OtherContactFirst.asRecorded(engine.decide(facts, kept.asOf()), kept.outcome());
  }
}

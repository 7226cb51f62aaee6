package rekindle.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Touch;
import rekindle.plan.AssumedResponse.After;
import rekindle.plan.CalendarEntry.Responded;
import rekindle.plan.CalendarEntry.Triggered;

/**
 * What becomes known while a walk goes on: responses that are assumed, and facts of the document
 * that lie ahead. Confined to one thread.
 */
final class Happenings {
  private final NavigableSet<Instant> instants = new TreeSet<>();
  private final List<Response> assumed = new ArrayList<>();
  private final List<AssumedResponse> waiting = new ArrayList<>();
  private Instant seen;

  Happenings(ContactFacts facts, Assumptions assumptions) {
    seen = assumptions.from();
    instants.addAll(Ahead.in(facts).tailSet(seen, false));
    for (AssumedResponse response : assumptions.responses()) {
      response
          .moment()
          .match(
              moment -> assume(response.at(moment.instant(), null)),
              after -> waiting.add(response));
    }
  }

  private boolean assume(Response response) {
    instants.add(response.at());
    return assumed.add(response);
  }

  /** Responses to a touch that reached the person are now known to come. */
  void follow(Touch touch) {
    for (AssumedResponse response : List.copyOf(waiting)) {
      After after = response.moment().<@Nullable After>match(at -> null, then -> then);
      if (after != null && after.follows(touch)) {
        waiting.remove(response);
        assume(response.at(touch.at().plus(after.delay()), touch.channel()));
      }
    }
  }

  /** The next instant at which something becomes known. */
  Optional<Instant> after(Instant at) {
    return Optional.ofNullable(instants.higher(at));
  }

  /**
   * Lets happen what comes up to an instant.
   *
   * @param entries take what the person did and what was triggered
   * @return the facts with what was assumed; what stands in them becomes known by itself
   */
  ContactFacts happen(Instant at, ContactFacts facts, List<CalendarEntry> entries) {
    var found = new ArrayList<CalendarEntry>();
    Journey open = AssumedFacts.openJourney(facts, at);
    Instant enteredAt = open == null ? null : open.enteredAt();
    facts.responses().stream()
        .filter(response -> isNew(response.at(), at))
        .forEach(response -> found.add(new Responded(response, false, enteredAt)));
    facts.triggers().stream()
        .filter(trigger -> isNew(trigger.at(), at))
        .forEach(trigger -> found.add(new Triggered(trigger, enteredAt)));
    ContactFacts then = facts;
    for (Response response : List.copyOf(assumed)) {
      if (!response.at().isAfter(at)) {
        assumed.remove(response);
        then = AssumedFacts.withResponse(then, response);
        found.add(new Responded(response, true, enteredAt));
      }
    }
    found.sort(Comparator.comparing(CalendarEntry::at));
    entries.addAll(found);
    seen = at;
    return then;
  }

  /** What was assumed has been told when it was added to the facts. */
  private boolean isNew(Instant instant, Instant at) {
    return instant.isAfter(seen) && !instant.isAfter(at);
  }
}

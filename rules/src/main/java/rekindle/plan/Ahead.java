package rekindle.plan;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Lifecycle;

/**
 * The instants at which facts of a document become known. A decision says nothing of them: what is
 * dated later is left out of it as if absent.
 */
final class Ahead {
  private final NavigableSet<Instant> instants = new TreeSet<>();

  private Ahead() {}

  static NavigableSet<Instant> in(ContactFacts facts) {
    var ahead = new Ahead();
    ahead.contact(facts.contact());
    ahead.lifecycle(facts.lifecycle());
    facts.history().winBackAt().forEach(ahead::add);
    facts.history().incentives().forEach(granted -> ahead.add(granted.grantedAt()));
    facts.suppressions().forEach(suppression -> ahead.add(suppression.since()));
    facts.touches().forEach(touch -> ahead.add(touch.at()));
    facts.responses().forEach(response -> ahead.add(response.at()));
    facts.triggers().forEach(trigger -> ahead.add(trigger.at()));
    facts.registry().lists().forEach(answer -> ahead.add(answer.checkedAt()));
    facts
        .consents()
        .forEach(
            consent -> {
              ahead.add(consent.capturedAt());
              ahead.add(consent.withdrawnAt());
            });
    var reassigned = facts.registry().reassigned();
    if (reassigned != null) {
      ahead.add(reassigned.checkedAt());
    }
    var journey = facts.journey();
    if (journey != null) {
      ahead.add(journey.enteredAt());
      ahead.add(journey.endedAt());
    }
    return ahead.instants;
  }

  private void contact(ContactFacts.Contact contact) {
    add(contact.lastEngagementAt());
    add(contact.lastInquiryAt());
    contact.lastInboundAt().values().forEach(this::add);
  }

  private void lifecycle(Lifecycle lifecycle) {
    add(lifecycle.lastLoginAt());
    var subscription = lifecycle.subscription();
    if (subscription != null) {
      add(subscription.endedAt());
    }
    var orders = lifecycle.orders();
    if (orders != null) {
      add(orders.lastPurchaseAt());
    }
    var deal = lifecycle.deal();
    if (deal != null) {
      add(deal.closedAt());
    }
  }

  private void add(@Nullable Instant instant) {
    if (instant != null) {
      instants.add(instant);
    }
  }
}

package rekindle.oracle;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Subscription;

/** What is known at an instant (DECIDING.md section 1, Future). */
final class OracleFacts {
  private final Instant asOf;

  private OracleFacts(Instant asOf) {
    this.asOf = asOf;
  }

  static ContactFacts known(ContactFacts all, Instant asOf) {
    return new OracleFacts(asOf).known(all);
  }

  private boolean past(@Nullable Instant at) {
    return at == null || at.compareTo(asOf) <= 0;
  }

  private @Nullable Instant only(@Nullable Instant at) {
    return past(at) ? at : null;
  }

  private ContactFacts known(ContactFacts all) {
    Registry registry = all.registry();
    return new ContactFacts(
        contact(all.contact()),
        all.reach(),
        lifecycle(all.lifecycle()),
        all.value(),
        new History(
            all.history().winBackAt().stream().filter(this::past).toList(),
            all.history().openEscalation(),
            all.history().incentives().stream().filter(one -> past(one.grantedAt())).toList()),
        all.consents().stream().filter(one -> past(one.capturedAt())).map(this::consent).toList(),
        all.suppressions().stream().filter(one -> past(one.since())).toList(),
        new Registry(
            registry.lists().stream().filter(one -> past(one.checkedAt())).toList(),
            registry.reassigned() != null && past(registry.reassigned().checkedAt())
                ? registry.reassigned()
                : null),
        all.touches().stream().filter(one -> past(one.at())).toList(),
        all.responses().stream().filter(one -> past(one.at())).toList(),
        all.triggers().stream().filter(one -> past(one.at())).toList(),
        journey(all.journey()),
        all.channelHealth());
  }

  private Contact contact(Contact all) {
    Map<Channel, Instant> inbound = new HashMap<>(all.lastInboundAt());
    inbound.values().removeIf(at -> !past(at));
    return new Contact(
        all.id(),
        all.personId(),
        all.accountId(),
        all.program(),
        all.business(),
        all.language(),
        all.subscriberType(),
        all.relationship(),
        all.jurisdictions(),
        all.timeZones(),
        all.source(),
        all.statusAtLastTouch(),
        all.lastTouchChannel(),
        only(all.lastEngagementAt()),
        only(all.lastInquiryAt()),
        inbound,
        all.doNotContactScope(),
        all.globalPrivacyControl(),
        all.tags());
  }

  private Lifecycle lifecycle(Lifecycle all) {
    Subscription subscription = all.subscription();
    if (subscription != null && !past(subscription.endedAt())) {
      boolean trial = "trial".equals(subscription.status());
      subscription =
          new Subscription(trial ? "trial" : "active", null, null, subscription.usageLast30Days());
    }
    Deal deal = all.deal();
    if (deal != null && !past(deal.closedAt())) {
      deal = new Deal(deal.stage(), "open", null, null, deal.quotedPrice());
    }
    Orders orders = all.orders();
    if (orders != null) {
      orders = new Orders(orders.count(), only(orders.lastPurchaseAt()));
    }
    return new Lifecycle(
        subscription, orders, only(all.lastLoginAt()), deal, all.meeting(), all.funnel());
  }

  private Consent consent(Consent all) {
    return new Consent(
        all.channel(),
        all.basis(),
        all.capturedAt(),
        all.method(),
        all.textShown(),
        all.source(),
        all.proofHash(),
        all.noticeAtCollection(),
        only(all.withdrawnAt()));
  }

  private @Nullable Journey journey(@Nullable Journey all) {
    if (all == null || !past(all.enteredAt())) {
      return null;
    }
    // An end that lies ahead has not come: the journey is open.
    return past(all.endedAt())
        ? all
        : new Journey(all.sequence(), all.enteredAt(), all.pausedUntil(), null, null);
  }
}

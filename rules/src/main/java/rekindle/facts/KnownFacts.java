package rekindle.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Subscription;

/**
 * What was known at an instant: facts dated later are left out as if absent, so that a past
 * decision can be computed from a later facts document. Each method gives back what it was given if
 * nothing lies ahead.
 */
// Instances are compared on purpose: what is unchanged is passed on and not copied.
@SuppressWarnings("ReferenceEquality")
public final class KnownFacts {
  private static final String TRIAL = "trial";

  private final Instant asOf;

  private KnownFacts(Instant asOf) {
    this.asOf = asOf;
  }

  /**
   * The facts without what is dated strictly after the instant. A touch, response, trigger, consent
   * (by its capture), suppression, list answer, granted incentive or journey goes as a whole; a
   * {@code last…At}, a win-back and a withdrawal alone; a subscription that ends later is active (a
   * trial stays one), a deal that closes later open. {@code until}, {@code pausedUntil} and {@code
   * scheduledFor} may lie ahead.
   */
  public static ContactFacts at(ContactFacts facts, Instant asOf) {
    return new KnownFacts(asOf).facts(facts);
  }

  private ContactFacts facts(ContactFacts facts) {
    var contact = contact(facts.contact());
    var lifecycle = lifecycle(facts.lifecycle());
    var history = history(facts.history());
    var consents = consents(facts.consents());
    var suppressions = known(facts.suppressions(), entry -> isKnown(entry.since()));
    var registry = registry(facts.registry());
    var touches = known(facts.touches(), touch -> isKnown(touch.at()));
    var responses = known(facts.responses(), response -> isKnown(response.at()));
    var triggers = known(facts.triggers(), trigger -> isKnown(trigger.at()));
    var journey = journey(facts.journey());
    if (contact == facts.contact()
        && lifecycle == facts.lifecycle()
        && history == facts.history()
        && consents == facts.consents()
        && suppressions == facts.suppressions()
        && registry == facts.registry()
        && touches == facts.touches()
        && responses == facts.responses()
        && triggers == facts.triggers()
        && journey == facts.journey()) {
      return facts;
    }
    return new ContactFacts(
        contact,
        facts.reach(),
        lifecycle,
        facts.value(),
        history,
        consents,
        suppressions,
        registry,
        touches,
        responses,
        triggers,
        journey,
        facts.channelHealth());
  }

  private Contact contact(Contact contact) {
    Instant lastEngagementAt = known(contact.lastEngagementAt());
    Instant lastInquiryAt = known(contact.lastInquiryAt());
    Map<Channel, Instant> lastInboundAt = known(contact.lastInboundAt());
    if (lastEngagementAt == contact.lastEngagementAt()
        && lastInquiryAt == contact.lastInquiryAt()
        && lastInboundAt == contact.lastInboundAt()) {
      return contact;
    }
    return contact.heardOf(lastEngagementAt, lastInquiryAt, lastInboundAt);
  }

  private Lifecycle lifecycle(Lifecycle lifecycle) {
    Subscription subscription = subscription(lifecycle.subscription());
    Orders orders = orders(lifecycle.orders());
    Instant lastLoginAt = known(lifecycle.lastLoginAt());
    Deal deal = deal(lifecycle.deal());
    if (subscription == lifecycle.subscription()
        && orders == lifecycle.orders()
        && lastLoginAt == lifecycle.lastLoginAt()
        && deal == lifecycle.deal()) {
      return lifecycle;
    }
    return new Lifecycle(
        subscription, orders, lastLoginAt, deal, lifecycle.meeting(), lifecycle.funnel());
  }

  private @Nullable Subscription subscription(@Nullable Subscription subscription) {
    if (subscription == null || isKnown(subscription.endedAt())) {
      return subscription;
    }
    // A free trial is no purchase, however long it still runs.
    String running = TRIAL.equals(subscription.status()) ? TRIAL : "active";
    return new Subscription(running, null, null, subscription.usageLast30Days());
  }

  private @Nullable Orders orders(@Nullable Orders orders) {
    if (orders == null || isKnown(orders.lastPurchaseAt())) {
      return orders;
    }
    return new Orders(orders.count(), null);
  }

  private @Nullable Deal deal(@Nullable Deal deal) {
    if (deal == null || isKnown(deal.closedAt())) {
      return deal;
    }
    return new Deal(deal.stage(), "open", null, null, deal.quotedPrice());
  }

  private History history(History history) {
    var winBackAt = known(history.winBackAt(), this::isKnown);
    var incentives = known(history.incentives(), granted -> isKnown(granted.grantedAt()));
    if (winBackAt == history.winBackAt() && incentives == history.incentives()) {
      return history;
    }
    return new History(winBackAt, history.openEscalation(), incentives);
  }

  private List<Consent> consents(List<Consent> consents) {
    List<Consent> captured = known(consents, consent -> isKnown(consent.capturedAt()));
    for (Consent consent : captured) {
      if (!isKnown(consent.withdrawnAt())) {
        return captured.stream().map(this::consent).toList();
      }
    }
    return captured;
  }

  private Consent consent(Consent consent) {
    if (isKnown(consent.withdrawnAt())) {
      return consent;
    }
    return new Consent(
        consent.channel(),
        consent.basis(),
        consent.capturedAt(),
        consent.method(),
        consent.textShown(),
        consent.source(),
        consent.proofHash(),
        consent.noticeAtCollection(),
        null);
  }

  private Registry registry(Registry registry) {
    var lists = known(registry.lists(), answer -> isKnown(answer.checkedAt()));
    Reassigned reassigned = registry.reassigned();
    if (reassigned != null && !isKnown(reassigned.checkedAt())) {
      reassigned = null;
    }
    if (lists == registry.lists() && reassigned == registry.reassigned()) {
      return registry;
    }
    return new Registry(lists, reassigned);
  }

  private @Nullable Journey journey(@Nullable Journey journey) {
    if (journey == null || !isKnown(journey.enteredAt())) {
      return null;
    }
    if (isKnown(journey.endedAt())) {
      return journey;
    }
    return new Journey(journey.sequence(), journey.enteredAt(), journey.pausedUntil(), null, null);
  }

  private Map<Channel, Instant> known(Map<Channel, Instant> instants) {
    for (Instant at : instants.values()) {
      if (!isKnown(at)) {
        var known = new EnumMap<Channel, Instant>(Channel.class);
        known.putAll(instants);
        known.values().removeIf(later -> !isKnown(later));
        return known;
      }
    }
    return instants;
  }

  private static <T> List<T> known(List<T> entries, Predicate<T> isKnown) {
    for (T entry : entries) {
      if (!isKnown.test(entry)) {
        var known = new ArrayList<>(entries);
        known.removeIf(isKnown.negate());
        return known;
      }
    }
    return entries;
  }

  private @Nullable Instant known(@Nullable Instant instant) {
    return isKnown(instant) ? instant : null;
  }

  /** An absent date hides nothing. */
  private boolean isKnown(@Nullable Instant instant) {
    return instant == null || !instant.isAfter(asOf);
  }
}

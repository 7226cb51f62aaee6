package rekindle.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Registry;

/**
 * The same facts with every list in another order, and facts whose lists are long enough for it.
 */
public final class ListOrder {
  private final Random random;

  private ListOrder(long seed) {
    this.random = new Random(seed);
  }

  /** Every list of the document in another order; the same seed gives the same order. */
  public static ContactFacts shuffled(ContactFacts facts, long seed) {
    return new ListOrder(seed).facts(facts);
  }

  /** One person with the list entries of two. */
  public static ContactFacts joined(ContactFacts one, ContactFacts other) {
    return new ContactFacts(
        contact(
            one.contact(),
            both(one.contact().jurisdictions(), other.contact().jurisdictions()),
            both(one.contact().timeZones(), other.contact().timeZones()),
            both(one.contact().doNotContactScope(), other.contact().doNotContactScope()),
            both(one.contact().tags(), other.contact().tags())),
        one.reach(),
        one.lifecycle(),
        one.value(),
        new History(
            both(one.history().winBackAt(), other.history().winBackAt()),
            one.history().openEscalation(),
            both(one.history().incentives(), other.history().incentives())),
        both(one.consents(), other.consents()),
        both(one.suppressions(), other.suppressions()),
        new Registry(
            both(one.registry().lists(), other.registry().lists()), one.registry().reassigned()),
        both(one.touches(), other.touches()),
        both(one.responses(), other.responses()),
        both(one.triggers(), other.triggers()),
        one.journey(),
        one.channelHealth());
  }

  private ContactFacts facts(ContactFacts facts) {
    var contact = facts.contact();
    return new ContactFacts(
        contact(
            contact,
            list(contact.jurisdictions()),
            list(contact.timeZones()),
            list(contact.doNotContactScope()),
            list(contact.tags())),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        new History(
            list(facts.history().winBackAt()),
            facts.history().openEscalation(),
            list(facts.history().incentives())),
        list(facts.consents()),
        list(facts.suppressions()),
        new Registry(list(facts.registry().lists()), facts.registry().reassigned()),
        list(facts.touches()),
        list(facts.responses()),
        list(facts.triggers()),
        facts.journey(),
        facts.channelHealth());
  }

  private static Contact contact(
      Contact contact,
      List<String> jurisdictions,
      List<String> timeZones,
      List<String> doNotContactScope,
      List<String> tags) {
    return new Contact(
        contact.id(),
        contact.personId(),
        contact.accountId(),
        contact.program(),
        contact.business(),
        contact.language(),
        contact.subscriberType(),
        contact.relationship(),
        jurisdictions,
        timeZones,
        contact.source(),
        contact.statusAtLastTouch(),
        contact.lastTouchChannel(),
        contact.lastEngagementAt(),
        contact.lastInquiryAt(),
        contact.lastInboundAt(),
        doNotContactScope,
        contact.globalPrivacyControl(),
        tags);
  }

  private <T> List<T> list(List<T> entries) {
    var shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    var both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}

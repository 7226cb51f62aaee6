package rekindle.service.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;

/** Facts to which something is being added. Not thread-safe. */
final class FactsDraft {
  final ContactFacts before;
  final Map<Channel, String> reach;
  final List<Consent> consents;
  final List<Suppression> suppressions;
  final List<Touch> touches;
  final List<Response> responses;
  final List<Trigger> triggers;
  final List<GrantedIncentive> incentives;
  final List<java.time.Instant> winBackAt;
  final TreeSet<String> doNotContactScope;
  final Map<Channel, String> channelHealth;
  List<String> jurisdictions;
  List<String> timeZones;
  Registry registry;
  boolean openEscalation;
  boolean globalPrivacyControl;
  @Nullable String source;
  @Nullable Journey journey;

  FactsDraft(ContactFacts facts) {
    before = facts;
    reach = new EnumMap<>(Channel.class);
    reach.putAll(facts.reach());
    consents = new ArrayList<>(facts.consents());
    suppressions = new ArrayList<>(facts.suppressions());
    touches = new ArrayList<>(facts.touches());
    responses = new ArrayList<>(facts.responses());
    triggers = new ArrayList<>(facts.triggers());
    incentives = new ArrayList<>(facts.history().incentives());
    winBackAt = new ArrayList<>(facts.history().winBackAt());
    doNotContactScope = new TreeSet<>(facts.contact().doNotContactScope());
    channelHealth = new EnumMap<>(Channel.class);
    channelHealth.putAll(facts.channelHealth());
    jurisdictions = facts.contact().jurisdictions();
    timeZones = facts.contact().timeZones();
    registry = facts.registry();
    openEscalation = facts.history().openEscalation();
    globalPrivacyControl = facts.contact().globalPrivacyControl();
    source = facts.contact().source();
    journey = facts.journey();
  }

  ContactFacts toFacts() {
    return new ContactFacts(
        contact(before.contact()),
        reach,
        before.lifecycle(),
        before.value(),
        new History(winBackAt, openEscalation, incentives),
        consents,
        suppressions,
        registry,
        touches,
        responses,
        triggers,
        journey,
        channelHealth);
  }

  private Contact contact(Contact own) {
    return new Contact(
        own.id(),
        own.personId(),
        own.accountId(),
        own.program(),
        own.business(),
        own.language(),
        own.subscriberType(),
        own.relationship(),
        jurisdictions,
        timeZones,
        source,
        own.statusAtLastTouch(),
        own.lastTouchChannel(),
        own.lastEngagementAt(),
        own.lastInquiryAt(),
        own.lastInboundAt(),
        List.copyOf(doNotContactScope),
        globalPrivacyControl,
        own.tags());
  }
}

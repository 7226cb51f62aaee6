package rekindle.service.record;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;

/**
 * The facts of one contact: what is known of it and, over all contacts, of its person (DECIDING.md,
 * section 1).
 *
 * @param data holds the records of all contacts of the person at least
 * @param same ids of all contacts of the person, this one among them
 * @param asOf the instant that the facts are for; what is dated later is not known yet
 */
public record PersonFacts(
    Records data, ContactRecord contact, String personId, SortedSet<String> same, Instant asOf) {

  private static final String REASSIGNED = "reassigned";

  public ContactFacts facts() {
    return new ContactFacts(
        withPerson(contact.contact()),
        contact.reach(),
        new Lifecycles(data, asOf).of(contact, same),
        contact.value(),
        new History(
            data.winBacks.valuesOf(same).stream().sorted().toList(),
            same.stream().anyMatch(data.escalated::contains),
            data.incentives.valuesOf(same)),
        consents(),
        data.suppressions.valuesOf(same),
        registry(),
        data.touches.valuesOf(same),
        data.responses.valuesOf(same),
        data.triggers.valuesOf(same),
        journey(),
        data.channelHealth);
  }

  /** The person's latest journey that has begun; two persons that became one keep the later one. */
  private @Nullable Journey journey() {
    return data.journeys.valuesOf(same).stream()
        .filter(journey -> !journey.enteredAt().isAfter(asOf))
        .max(Comparator.comparing(Journey::enteredAt).thenComparing(Journey::sequence))
        .orElse(null);
  }

  private Contact withPerson(Contact own) {
    List<ContactRecord> all =
        same.stream().map(data.contacts::get).filter(Objects::nonNull).toList();
    var scope = new TreeSet<String>();
    all.forEach(other -> scope.addAll(other.contact().doNotContactScope()));
    boolean privacy = all.stream().anyMatch(o -> o.contact().globalPrivacyControl());
    return new Contact(
        own.id(),
        personId,
        own.accountId(),
        own.program(),
        own.business(),
        own.language(),
        own.subscriberType(),
        own.relationship(),
        own.jurisdictions(),
        own.timeZones(),
        own.source(),
        own.statusAtLastTouch(),
        own.lastTouchChannel(),
        own.lastEngagementAt() == null ? lastEngagement() : own.lastEngagementAt(),
        own.lastInquiryAt(),
        lastInbound(),
        List.copyOf(scope),
        privacy,
        own.tags());
  }

  /** Where the contact's row does not tell it: the latest engaging activity of the contact. */
  private @Nullable Instant lastEngagement() {
    return data.responses.valuesOf(List.of(contact.id())).stream()
        .filter(response -> isEngagement(response) && !response.at().isAfter(asOf))
        .map(Response::at)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static boolean isEngagement(Response response) {
    return !"automatic".equals(response.disposition())
        && List.of("click", "reply", "booking", "purchase", "login").contains(response.kind());
  }

  private Map<Channel, Instant> lastInbound() {
    var latest = new TreeMap<Channel, Instant>();
    for (Response response : data.responses.valuesOf(same)) {
      Channel channel = response.channel();
      if (channel != null
          && response.kind().equals("reply")
          && !"automatic".equals(response.disposition())
          && !response.at().isAfter(asOf)) {
        latest.merge(channel, response.at(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return latest;
  }

  private List<Consent> consents() {
    return data.consents.of(same).filter(this::counts).map(row -> row.value().consent()).toList();
  }

  private boolean counts(Rows.Row<AddressedConsent> row) {
    Consent consent = row.value().consent();
    Instant withdrawnAt = consent.withdrawnAt();
    if (withdrawnAt != null && !withdrawnAt.isAfter(asOf)) {
      return true;
    }
    String address = row.value().address();
    if (address != null) {
      return contact.hasAddress(consent.channel(), address);
    }
    return isForPresentAddress(consent.channel(), row.contactId());
  }

  /** Whether what another contact of the person holds for a channel is for this address too. */
  private boolean isForPresentAddress(Channel channel, String contactId) {
    if (contactId.equals(contact.id())) {
      return true;
    }
    ContactRecord other = data.contacts.get(contactId);
    return other != null
        && other.presentAddresses(channel).stream()
            .anyMatch(address -> contact.hasAddress(channel, address));
  }

  /** The latest answer of each registry that is known at {@code asOf}. */
  private Registry registry() {
    var latest = new TreeMap<String, RegistryAnswer>();
    data.registry
        .of(same)
        .filter(row -> isForPresentAddress(Channel.PHONE, row.contactId()))
        .map(Rows.Row::value)
        .filter(answer -> !answer.checkedAt().isAfter(asOf))
        .forEach(answer -> latest.merge(answer.registry(), answer, PersonFacts::later));
    RegistryAnswer reassigned = latest.remove(REASSIGNED);
    return new Registry(
        latest.values().stream()
            .map(a -> new ListAnswer(a.registry(), isYes(a), a.checkedAt()))
            .toList(),
        reassigned == null ? null : new Reassigned(reassigned.answer(), reassigned.checkedAt()));
  }

  private static boolean isYes(RegistryAnswer answer) {
    return answer.answer().equals("listed") || answer.answer().equals("yes");
  }

  /** The later of two answers; of two at the same instant the one that forbids more. */
  private static RegistryAnswer later(RegistryAnswer a, RegistryAnswer b) {
    int order = a.checkedAt().compareTo(b.checkedAt());
    if (order == 0) {
      return isYes(a) ? a : b;
    }
    return order > 0 ? a : b;
  }
}

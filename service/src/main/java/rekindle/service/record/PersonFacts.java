package rekindle.service.record;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
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
import rekindle.facts.ContactFacts.Suppression;

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
  private static final BinaryOperator<Instant> LATEST =
      BinaryOperator.maxBy(Comparator.naturalOrder());
  private static final List<String> HEALTH = List.of("ok", "warned", "paused");

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
        suppressions(),
        registry(),
        data.touches.valuesOf(same),
        data.responses.valuesOf(same),
        data.triggers.valuesOf(same),
        journey(),
        channelHealth());
  }

  /** What holds for all; where the contact's own summary says worse, that. */
  private Map<Channel, String> channelHealth() {
    FactsSummary summary = contact.summary();
    if (summary == null || summary.channelHealth().isEmpty()) {
      return data.channelHealth;
    }
    var health = new TreeMap<>(data.channelHealth);
    summary.channelHealth().forEach((channel, own) -> health.merge(channel, own, this::worse));
    return health;
  }

  private String worse(String a, String b) {
    return HEALTH.indexOf(a) >= HEALTH.indexOf(b) ? a : b;
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
        lastEngagementAt(),
        own.lastInquiryAt(),
        lastInbound(all),
        List.copyOf(scope),
        privacy,
        own.tags());
  }

  /** As the contact's row tells it; else, or if told in a summary, the latest engaging activity. */
  private @Nullable Instant lastEngagementAt() {
    Instant told = contact.contact().lastEngagementAt();
    if (told != null && contact.summary() == null) {
      return told;
    }
    Instant latest = told;
    for (Rows.Row<Response> row : data.responses.of(contact.id())) {
      Response response = row.value();
      if (isEngagement(response) && countsForDates(row) && isLater(response.at(), latest)) {
        latest = response.at();
      }
    }
    return latest;
  }

  private static boolean isLater(Instant at, @Nullable Instant than) {
    return than == null || at.isAfter(than);
  }

  /** Whether the response is known, and later than a summary that its contact has. */
  private boolean countsForDates(Rows.Row<Response> row) {
    Instant at = row.value().at();
    ContactRecord teller = data.contacts.get(row.contactId());
    FactsSummary summary = teller == null ? null : teller.summary();
    return !at.isAfter(asOf) && (summary == null || at.isAfter(summary.until()));
  }

  private static boolean isEngagement(Response response) {
    return !"automatic".equals(response.disposition())
        && List.of("click", "reply", "booking", "purchase", "login").contains(response.kind());
  }

  private Map<Channel, Instant> lastInbound(List<ContactRecord> all) {
    var latest = new TreeMap<Channel, Instant>();
    for (ContactRecord told : all) {
      told.contact().lastInboundAt().forEach((channel, at) -> latest.merge(channel, at, LATEST));
    }
    data.responses
        .of(same)
        .filter(row -> isReply(row.value()) && countsForDates(row))
        .map(Rows.Row::value)
        .forEach(
            reply -> {
              Channel channel = reply.channel();
              if (channel != null) {
                latest.merge(channel, reply.at(), LATEST);
              }
            });
    return latest;
  }

  private static boolean isReply(Response response) {
    return response.kind().equals("reply") && !"automatic".equals(response.disposition());
  }

  /**
   * A suppression holds on every record of the person; one of an address on the records that have
   * it, unless it ends everything.
   */
  private List<Suppression> suppressions() {
    var all = new LinkedHashSet<>(data.suppressions.valuesOf(same));
    data.addressSuppressions
        .of(same)
        .filter(row -> row.contactId().equals(contact.id()) || row.value().scope().equals("all"))
        .map(Rows.Row::value)
        .forEach(all::add);
    return List.copyOf(all);
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

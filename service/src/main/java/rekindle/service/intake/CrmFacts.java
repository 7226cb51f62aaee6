package rekindle.service.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;

/**
 * A folder of the standard CSV files (contract, section 6): {@code contacts.csv}, and any of the
 * others beside it. Contacts come in the order of their file; consents, revocations, suppressions,
 * responses and history are the person's, over all contacts.
 *
 * <p>A consent counts for the address that its row names, else for the one that its contact has
 * now; where the contact asked about has another address on that channel, only its withdrawal is
 * carried. Registry answers belong to a phone number in the same way. The folder is held in memory.
 */
public final class CrmFacts implements FactsSource {
  private static final String REASSIGNED = "reassigned";

  private final List<InputFile> folder;
  private final @Nullable String program;

  /**
   * @param folder its CSV files, {@code contacts.csv} among them
   * @param program the program of every contact, whatever its row says; null = as the row says
   */
  public CrmFacts(List<InputFile> folder, @Nullable String program) {
    this.folder = List.copyOf(folder);
    this.program = program;
  }

  @Override
  public void read(Instant asOf, IntakeLog log, Consumer<ContactFacts> sink) throws IOException {
    CrmData data = CrmReader.read(folder, program, log);
    Persons persons = Persons.of(data.contacts.values(), log);
    var lifecycles = new CrmLifecycle(data, asOf);
    for (CrmContact contact : data.contacts.values()) {
      SortedSet<String> same = persons.contactsOfSamePerson(contact.id());
      String heldBack =
          same.stream().map(data.heldBack::get).filter(Objects::nonNull).findFirst().orElse(null);
      if (heldBack != null) {
        log.error(CrmShapes.CONTACTS.file(), contact.line(), "id", contact.id(), heldBack);
      } else {
        sink.accept(
            new Person(data, contact, persons.personOf(contact.id()), same, asOf)
                .facts(lifecycles));
      }
    }
  }

  /** One contact with all that is known of its person. */
  private record Person(
      CrmData data, CrmContact contact, String personId, SortedSet<String> same, Instant asOf) {

    ContactFacts facts(CrmLifecycle lifecycles) {
      return new ContactFacts(
          withPerson(contact.contact()),
          contact.reach(),
          lifecycles.of(contact, same),
          contact.value(),
          new History(
              data.winBacks.valuesOf(same).stream().sorted().toList(),
              false,
              data.incentives.valuesOf(same)),
          consents(),
          data.suppressions.valuesOf(same),
          registry(),
          List.of(),
          data.responses.valuesOf(same),
          List.of(),
          null,
          Map.of());
    }

    private Contact withPerson(Contact own) {
      List<CrmContact> all =
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

    private boolean counts(CrmRows.Row<CrmData.AddressedConsent> row) {
      Consent consent = row.value().consent();
      Instant withdrawnAt = consent.withdrawnAt();
      if (withdrawnAt != null && !withdrawnAt.isAfter(asOf)) {
        return true;
      }
      String address = row.value().address();
      if (address != null) {
        return contact.hasAddress(consent.channel(), contact.normalised(address));
      }
      return isForPresentAddress(consent.channel(), row.contactId());
    }

    /** Whether what another contact of the person holds for a channel is for this address too. */
    private boolean isForPresentAddress(Channel channel, String contactId) {
      if (contactId.equals(contact.id())) {
        return true;
      }
      CrmContact other = data.contacts.get(contactId);
      return other != null
          && other.presentAddresses(channel).stream()
              .anyMatch(address -> contact.hasAddress(channel, address));
    }

    /** The latest answer of each registry that is known at {@code asOf}. */
    private Registry registry() {
      var latest = new TreeMap<String, CrmData.RegistryAnswer>();
      data.registry
          .of(same)
          .filter(row -> isForPresentAddress(Channel.PHONE, row.contactId()))
          .map(CrmRows.Row::value)
          .filter(answer -> !answer.checkedAt().isAfter(asOf))
          .forEach(answer -> latest.merge(answer.registry(), answer, Person::later));
      CrmData.RegistryAnswer reassigned = latest.remove(REASSIGNED);
      return new Registry(
          latest.values().stream()
              .map(a -> new ListAnswer(a.registry(), isYes(a), a.checkedAt()))
              .toList(),
          reassigned == null ? null : new Reassigned(reassigned.answer(), reassigned.checkedAt()));
    }

    private static boolean isYes(CrmData.RegistryAnswer answer) {
      return answer.answer().equals("listed") || answer.answer().equals("yes");
    }

    /** The later of two answers; of two at the same instant the one that forbids more. */
    private static CrmData.RegistryAnswer later(
        CrmData.RegistryAnswer a, CrmData.RegistryAnswer b) {
      int order = a.checkedAt().compareTo(b.checkedAt());
      if (order == 0) {
        return isYes(a) ? a : b;
      }
      return order > 0 ? a : b;
    }
  }
}

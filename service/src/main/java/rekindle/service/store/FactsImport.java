package rekindle.service.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.FactsSummary;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.Written.Refusal;

/**
 * Puts whole facts documents into the store, so that {@link StoredFactsReader} gives them back: for
 * the demo and for tests. Documents hold no addresses; so contacts are one person where their
 * documents say so, and each is reached as its document says. What the documents of one person have
 * in common is stored once. Exact repetitions within a list are one. Telling the same again is
 * harmless. Thread-safe.
 */
public final class FactsImport {
  /** What a document tells one of, it tells under this id. */
  private static final String ONLY = "facts";

  private static final int CONTACTS_MAX = 500;

  private final ContactStore store;

  public FactsImport(ContactStore store) {
    this.store = store;
  }

  /**
   * The document as it comes back: one without a person gets one that is named as the contact, by
   * which experiments draw as they did.
   */
  public static ContactFacts withPerson(ContactFacts facts) {
    Contact own = facts.contact();
    return own.personId() != null
        ? facts
        : new ContactFacts(
            withPerson(own, own.id()),
            facts.reach(),
            facts.lifecycle(),
            facts.value(),
            facts.history(),
            facts.consents(),
            facts.suppressions(),
            facts.registry(),
            facts.touches(),
            facts.responses(),
            facts.triggers(),
            facts.journey(),
            facts.channelHealth());
  }

  private static Contact withPerson(Contact own, String personId) {
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
        own.lastEngagementAt(),
        own.lastInquiryAt(),
        own.lastInboundAt(),
        own.doNotContactScope(),
        own.globalPrivacyControl(),
        own.tags());
  }

  /**
   * Writes the documents within the caller's transaction. All documents of a person go into one
   * call.
   *
   * @param asOf the instant that the documents are for
   * @return with the index of the document beside each row of it that was refused: a touch or a
   *     response whose id the store knows for something else
   */
  public Written write(Handle handle, List<ContactFacts> documents, Instant asOf) {
    var toldOnce = new ToldOnce();
    long changed = 0;
    long unchanged = 0;
    var refused = new ArrayList<Refusal>();
    for (int from = 0; from < documents.size(); from += CONTACTS_MAX) {
      List<ContactFacts> some =
          documents.subList(from, Math.min(documents.size(), from + CONTACTS_MAX)).stream()
              .map(FactsImport::withPerson)
              .toList();
      ContactsWritten contacts =
          store.contacts(handle, some.stream().map(facts -> contact(facts, asOf)).toList());
      changed += contacts.changed();
      unchanged += contacts.unchanged();
      var batch = new Batch();
      some.forEach(facts -> batch.add(facts, toldOnce));
      for (Written written : batch.write(handle, store)) {
        changed += written.changed();
        unchanged += written.unchanged();
        for (Refusal one : written.refused()) {
          refused.add(new Refusal(indexOf(one, documents), one.contactId(), one.reason()));
        }
      }
    }
    return new Written(changed, unchanged, refused);
  }

  private static int indexOf(Refusal refusal, List<ContactFacts> documents) {
    int index = 0;
    while (!documents.get(index).contact().id().equals(refusal.contactId())) {
      index++;
    }
    return index;
  }

  private static ContactRecord contact(ContactFacts facts, Instant asOf) {
    return new ContactRecord(
        0,
        facts.contact(),
        facts.reach(),
        facts.value(),
        facts.lifecycle().lastLoginAt(),
        facts.lifecycle().funnel(),
        Map.of(),
        null,
        null,
        null,
        new FactsSummary(asOf, facts.lifecycle().orders(), facts.channelHealth()));
  }

  /** What was told of each person already. */
  private static final class ToldOnce {
    private final Map<String, Set<Object>> byPerson = new HashMap<>();

    boolean isNew(Contact contact, Object told) {
      return byPerson
          .computeIfAbsent(Objects.requireNonNull(contact.personId()), id -> new HashSet<>())
          .add(told);
    }
  }

  /** The rows of some documents, kind by kind. */
  private static final class Batch {
    private final List<Row<AddressedConsent>> consents = new ArrayList<>();
    private final List<Row<Suppression>> suppressions = new ArrayList<>();
    private final List<Row<Subscription>> subscriptions = new ArrayList<>();
    private final List<Row<Deal>> deals = new ArrayList<>();
    private final List<Row<Meeting>> meetings = new ArrayList<>();
    private final List<Row<Response>> responses = new ArrayList<>();
    private final List<Row<RegistryAnswer>> registry = new ArrayList<>();
    private final List<Row<GrantedIncentive>> incentives = new ArrayList<>();
    private final List<Row<Instant>> winBacks = new ArrayList<>();
    private final List<Row<Touch>> touches = new ArrayList<>();
    private final List<Row<Trigger>> triggers = new ArrayList<>();
    private final List<Row<Journey>> journeys = new ArrayList<>();
    private final List<Row<Instant>> escalations = new ArrayList<>();

    void add(ContactFacts facts, ToldOnce toldOnce) {
      Contact contact = facts.contact();
      for (Consent consent : facts.consents()) {
        // A consent that stands is for an address, which contacts need not share; a withdrawal is
        // the person's.
        if (consent.withdrawnAt() == null || toldOnce.isNew(contact, consent)) {
          add(contact, new AddressedConsent(consent, null, null), consents);
        }
      }
      addOnce(contact, facts.suppressions(), suppressions, toldOnce);
      addOnce(contact, facts.responses(), responses, toldOnce);
      addOnce(contact, facts.history().incentives(), incentives, toldOnce);
      addOnce(contact, facts.history().winBackAt(), winBacks, toldOnce);
      addOnce(contact, facts.touches(), touches, toldOnce);
      addOnce(contact, facts.triggers(), triggers, toldOnce);
      Journey journey = facts.journey();
      if (journey != null && toldOnce.isNew(contact, journey)) {
        add(contact, journey, journeys);
      }
      if (facts.history().openEscalation() && toldOnce.isNew(contact, "escalation")) {
        add(contact, Instant.EPOCH, escalations);
      }
      addRegistry(contact, facts.registry());
      addLifecycle(contact, facts.lifecycle());
    }

    private static <T> void add(Contact contact, T value, List<Row<T>> rows) {
      rows.add(new Row<>("", contact.id(), 0, value));
    }

    private static <T> void addOnce(
        Contact contact, List<T> values, List<Row<T>> rows, ToldOnce toldOnce) {
      for (T value : values) {
        if (toldOnce.isNew(contact, List.of(value.getClass().getSimpleName(), value))) {
          add(contact, value, rows);
        }
      }
    }

    /** Answers are for a telephone number, which contacts need not share. */
    private void addRegistry(Contact contact, ContactFacts.Registry told) {
      told.lists()
          .forEach(
              list ->
                  add(
                      contact,
                      new RegistryAnswer(
                          list.name(), list.listed() ? "listed" : "not_listed", list.checkedAt()),
                      registry));
      ContactFacts.Reassigned reassigned = told.reassigned();
      if (reassigned != null) {
        add(
            contact,
            new RegistryAnswer("reassigned", reassigned.answer(), reassigned.checkedAt()),
            registry);
      }
    }

    private void addLifecycle(Contact contact, Lifecycle lifecycle) {
      addOnly(contact, lifecycle.subscription(), subscriptions);
      addOnly(contact, lifecycle.deal(), deals);
      addOnly(contact, lifecycle.meeting(), meetings);
    }

    private static <T> void addOnly(Contact contact, @Nullable T value, List<Row<T>> rows) {
      if (value != null) {
        rows.add(new Row<>(ONLY, contact.id(), 0, value));
      }
    }

    List<Written> write(Handle handle, ContactStore store) {
      return List.of(
          store.consents(handle, consents),
          store.suppressions(handle, suppressions),
          store.subscriptions(handle, subscriptions),
          store.deals(handle, deals),
          store.meetings(handle, meetings),
          store.responses(handle, responses),
          store.registryAnswers(handle, registry),
          store.incentives(handle, incentives),
          store.winBacks(handle, winBacks),
          store.touches(handle, touches),
          store.triggers(handle, triggers),
          store.journeys(handle, journeys),
          store.openEscalations(handle, escalations));
    }
  }
}

package rekindle.service.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.EventDocument;
import rekindle.service.intake.FileType;
import rekindle.service.intake.RelatedRecords;
import rekindle.service.optout.OptOut;
import rekindle.service.optout.OptOutRules.Meaning;
import rekindle.service.optout.OptOuts;
import rekindle.service.record.Purchase;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.ContactStore;
import rekindle.service.store.EventStore;
import rekindle.service.store.EventStore.Aside;
import rekindle.service.store.EventStore.Name;
import rekindle.service.store.EventStore.Reply;
import rekindle.service.store.EventStore.SignOfLife;
import rekindle.service.store.Identities;
import rekindle.service.store.PersonLocks;

/**
 * Writes many events in one transaction: each once, whatever their order; what says no is obeyed
 * there and then, and what concerns a contact that is not known yet is set aside. Thread-safe.
 */
final class EventWriter {
  private final Identities identities;
  private final ContactStore contacts;
  private final EventStore store;
  private final OptOuts optOuts;
  private final TimeOrderedIds ids;

  EventWriter(
      Identities identities,
      ContactStore contacts,
      EventStore store,
      OptOuts optOuts,
      TimeOrderedIds ids) {
    this.identities = identities;
    this.contacts = contacts;
    this.store = store;
    this.optOuts = optOuts;
    this.ids = ids;
  }

  /** What became of an event. */
  enum Result {
    APPLIED,
    DUPLICATE,
    SET_ASIDE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Writes events that may have come before. */
  List<Result> write(Handle handle, List<Event> events) {
    Set<Name> fresh =
        new HashSet<>(store.see(handle, events.stream().map(EventWriter::name).toList()));
    var open = new ArrayList<Event>();
    var results = new ArrayList<@Nullable Result>();
    for (Event event : events) {
      // Of several with one name the first counts.
      boolean isFresh = fresh.remove(name(event));
      results.add(isFresh ? null : Result.DUPLICATE);
      if (isFresh) {
        open.add(event);
      }
    }
    Set<Event> aside = apply(handle, open);
    var told = new ArrayList<Result>();
    for (int i = 0; i < events.size(); i++) {
      Result result = results.get(i);
      told.add(
          result != null
              ? result
              : aside.contains(events.get(i)) ? Result.SET_ASIDE : Result.APPLIED);
    }
    return told;
  }

  static Name name(Event event) {
    return new Name(event.document().source(), event.document().id());
  }

  /**
   * Writes events that were not applied before.
   *
   * @return those whose contact is not known
   */
  Set<Event> apply(Handle handle, List<Event> events) {
    if (events.isEmpty()) {
      return Set.of();
    }
    Set<String> addresses = addresses(events);
    Map<String, Long> numbers = identities.find(handle, addresses);
    Map<Event, List<String>> about = about(handle, events, numbers);
    if (about.size() < events.size()) {
      // Before anything is set aside, its contact must not be on its way.
      store.awaitContacts(handle);
      numbers = identities.resolve(handle, addresses);
      about = about(handle, events, numbers);
    }
    return apply(handle, events, about, numbers);
  }

  private Set<Event> apply(
      Handle handle,
      List<Event> events,
      Map<Event, List<String>> about,
      Map<String, Long> numbers) {
    Set<Event> aside = Collections.newSetFromMap(new IdentityHashMap<>());
    var known = new ArrayList<Event>();
    events.forEach(event -> (about.containsKey(event) ? known : aside).add(event));
    PersonLocks.lock(handle, about.values().stream().flatMap(Collection::stream).toList());
    writeKnown(handle, known, about);
    setAside(handle, aside, numbers);
    return aside;
  }

  private static Set<String> addresses(List<Event> events) {
    var texts = new LinkedHashSet<String>();
    for (Event event : events) {
      String address = event.document().address();
      if (address != null) {
        texts.add(address);
      }
    }
    return texts;
  }

  /** The contacts of each event whose contact is known; several if an address is of several. */
  private Map<Event, List<String>> about(
      Handle handle, List<Event> events, Map<String, Long> numbers) {
    var named = new LinkedHashSet<String>();
    for (Event event : events) {
      String contact = event.document().contactId();
      if (contact != null) {
        named.add(contact);
      }
    }
    Set<String> known = named.isEmpty() ? Set.of() : contacts.countries(handle, named).keySet();
    Map<Long, List<String>> byAddress = store.contactsOf(handle, numbers.values());
    Map<Event, List<String>> about = new IdentityHashMap<>();
    for (Event event : events) {
      String contact = event.document().contactId();
      if (contact != null && known.contains(contact)) {
        about.put(event, List.of(contact));
      } else if (contact == null) {
        Long number = numbers.get(event.document().address());
        List<String> found = number == null ? null : byAddress.get(number);
        if (found != null) {
          about.put(event, found);
        }
      }
    }
    return about;
  }

  private void writeKnown(Handle handle, List<Event> events, Map<Event, List<String>> about) {
    var responses = new ArrayList<Row<Response>>();
    var records = new RelatedRecords();
    var noes = new ArrayList<OptOut>();
    var replies = new ArrayList<Reply>();
    var signs = new ArrayList<SignOfLife>();
    var back = new ArrayList<String>();
    for (Event event : events) {
      EventDocument document = event.document();
      for (String contact : about.getOrDefault(event, List.of())) {
        if (event.isResponse()) {
          responses.add(new Row<>(document.key(), contact, 0, event.response()));
        }
        records.add(records(document), contact);
        noes.addAll(event.noes(contact));
        reply(event, contact, replies);
        if (event.isEngaging()) {
          back.add(contact);
          signs.add(
              new SignOfLife(
                  contact, document.at(), document.kind().equals("login") ? document.at() : null));
        }
      }
    }
    contacts.newResponses(handle, responses);
    records.write(handle, contacts);
    store.engaged(handle, signs);
    store.keep(handle, replies);
    optOuts.obey(handle, noes);
    contacts.endTouchesOfResponses(handle, back);
  }

  /** A purchase that names no order is one all the same. */
  private static rekindle.service.record.Records records(EventDocument document) {
    if (document.kind().equals("purchase") && !document.told().contains(FileType.ORDERS)) {
      document
          .related()
          .purchases
          .add(new Row<>(document.key(), "", 0, new Purchase(document.at(), null, null, false)));
      document.told().add(FileType.ORDERS);
    }
    return document.related();
  }

  private void reply(Event event, String contact, List<Reply> into) {
    Meaning meaning = event.meaning();
    String text = event.document().text();
    if (meaning != null && text != null) {
      Channel channel = event.document().channel();
      into.add(
          new Reply(
              ids.next(),
              contact,
              name(event),
              event.document().at(),
              channel == null ? null : channel.code(),
              meaning.code(),
              meaning.row(),
              meaning.rule(),
              text,
              meaning.review()));
    }
  }

  private void setAside(Handle handle, Set<Event> events, Map<String, Long> numbers) {
    var aside = new ArrayList<Aside>();
    for (Event event : events) {
      String address = event.document().address();
      Long number = address == null ? null : numbers.get(address);
      aside.add(
          new Aside(name(event), event.document().contactId(), number, event.document().json()));
      if (address != null && number != null) {
        // Nobody has the address yet; whoever will must find it closed.
        boolean email = address.indexOf('@') >= 0;
        event.noes("").forEach(no -> optOuts.obeyForAddress(handle, number, email, no));
      }
    }
    store.setAside(handle, aside);
  }
}

package rekindle.service.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import rekindle.json.CanonicalJson;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.ContactJson;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactReader;
import rekindle.service.store.ContactStore;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.Erasure;
import rekindle.service.store.IdentityChanges;
import rekindle.service.store.IdentityChanges.Change;
import rekindle.service.store.IdentityChanges.Refused;
import rekindle.service.store.OpenTouches;
import rekindle.service.store.PersonStore;
import rekindle.service.store.PersonStore.Person;

/**
 * What can be done with persons, in the caller's transaction; each deed is told to the audit log,
 * reading included. Thread-safe.
 */
public final class People {
  private final ContactReader reader;
  private final PersonStore persons;
  private final ContactStore contacts;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  public People(
      ContactReader reader,
      PersonStore persons,
      ContactStore contacts,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.reader = reader;
    this.persons = persons;
    this.contacts = contacts;
    this.ids = ids;
    this.clock = clock;
  }

  /** Who a person is: its contacts, how they came together, and what was decided about that. */
  public Optional<ObjectNode> find(Handle handle, String personId) {
    return persons
        .find(handle, personId)
        .map(
            person -> {
              ObjectNode json = JsonNodeFactory.instance.objectNode();
              json.put("id", person.id());
              ArrayNode all = json.putArray("contacts");
              person.contactIds().forEach(all::add);
              json.set("moves", PersonJson.documents(persons.moves(handle, person.contactIds())));
              ArrayNode changes = json.putArray("changes");
              IdentityChanges.of(handle, person.contactIds())
                  .forEach(change -> changes.add(PersonJson.of(change)));
              return json;
            });
  }

  /**
   * Makes the persons of contacts one.
   *
   * @throws ProblemException {@code identity_change_refused}
   */
  public Change merge(Handle handle, Collection<String> contactIds, String reason, String client) {
    UUID id = ids.next();
    Change change = refusable(() -> IdentityChanges.merge(handle, id, contactIds, reason, client));
    tell(handle, change, "identity_merged", client);
    return change;
  }

  /**
   * Makes contacts of one person a person of their own.
   *
   * @throws ProblemException {@code identity_change_refused}
   */
  public Change split(Handle handle, Collection<String> contactIds, String reason, String client) {
    UUID id = ids.next();
    Change change = refusable(() -> IdentityChanges.split(handle, id, contactIds, reason, client));
    tell(handle, change, "identity_split", client);
    return change;
  }

  /**
   * Undoes a change that there is.
   *
   * @throws ProblemException {@code identity_change_refused}
   */
  public Change undo(Handle handle, UUID change, String reason, String client) {
    Change undone = refusable(() -> IdentityChanges.undo(handle, change, reason, client));
    tell(handle, undone, "identity_undone", client);
    return undone;
  }

  private static Change refusable(Supplier<Change> change) {
    try {
      return change.get();
    } catch (Refused refused) {
      throw new ProblemException(
          ProblemType.IDENTITY_CHANGE_REFUSED.problem(
              switch (refused.refusal()) {
                case ONE_PERSON_ALREADY -> "The contacts are one person already.";
                case SEVERAL_PERSONS ->
                    "The contacts belong to several persons. Name contacts of one person.";
                case NOTHING_LEFT ->
                    "These are all contacts of the person. Leave at least one of them out.";
                case UNDONE_ALREADY -> "The change was undone before.";
                case CHANGED_SINCE ->
                    "A later change concerns one of the contacts, or the contact is gone. Undo the"
                        + " later one first.";
              }));
    }
  }

  private void tell(Handle handle, Change change, String kind, String client) {
    // Whoever is now the same person as somebody who said no has said it too.
    contacts.endTouchesOfJoined(handle, change.persons().keySet());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", client)
        .put("change", change.id().toString())
        .put("contacts", change.persons().size())
        .put("kind", kind)
        .put("v", 1);
    append(handle, kind, null, body);
  }

  private void append(
      Handle handle,
      String kind,
      @org.jspecify.annotations.Nullable UUID subject,
      ObjectNode body) {
    DecisionStore.append(
        handle, List.of(new AuditEvent(ids.next(), kind, subject, CanonicalJson.of(body))));
  }

  /** Everything that is held about a person (GDPR, article 15), as one document. */
  public Optional<ObjectNode> export(Handle handle, String personId, String client) {
    Instant now = clock.instant();
    return persons
        .find(handle, personId)
        .map(
            person -> {
              ObjectNode json = find(handle, personId).orElseThrow();
              ArrayNode all = json.putArray("contacts");
              for (String contact : person.contactIds()) {
                reader
                    .find(handle, contact, now)
                    .ifPresent(found -> all.add(PersonJson.read(ContactJson.write(found))));
              }
              persons
                  .ledgers(handle, person.contactIds())
                  .forEach((kind, rows) -> json.set(kind, PersonJson.documents(rows)));
              json.set("contents", PersonJson.said(persons.contents(handle, person.contactIds())));
              json.set("replies", PersonJson.said(persons.replies(handle, person.contactIds())));
              json.set(
                  "revocations", PersonJson.said(persons.revocations(handle, person.contactIds())));
              json.set("proofs", PersonJson.said(persons.proofs(handle, person.contactIds())));
              tell(handle, person, "person_exported", client);
              return json;
            });
  }

  private void tell(Handle handle, Person person, String kind, String client) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", client)
        .put("contacts", person.contactIds().size())
        .put("kind", kind)
        .put("subject", person.subjectRef().toString())
        .put("v", 1);
    append(handle, kind, person.subjectRef(), body);
  }

  /** Forgets a person; empty if there is none of that id. */
  public Optional<ObjectNode> erase(Handle handle, String personId, String basis, String client) {
    return persons
        .lock(handle, personId)
        .map(
            person -> {
              OpenTouches.recallForgotten(handle, person.contactIds(), ids::next);
              Erasure.Erased erased = Erasure.erase(handle, person.id(), person.contactIds());
              ObjectNode body = JsonNodeFactory.instance.objectNode();
              body.put("actor", client)
                  .put("basis", basis)
                  .put("contacts", erased.contacts())
                  .put("decisions", erased.decisions())
                  .put("kind", "person_erased")
                  .put("subject", erased.subjectRef().toString())
                  .put("v", 1);
              append(handle, "person_erased", erased.subjectRef(), body);
              return JsonNodeFactory.instance
                  .objectNode()
                  .put("contacts", erased.contacts())
                  .put("decisions", erased.decisions())
                  .put("result", "erased");
            });
  }

  /** Contacts that the store does not know, of some. */
  public List<String> unknown(Handle handle, Collection<String> contacts) {
    var unknown = new ArrayList<>(contacts);
    unknown.removeAll(
        handle
            .createQuery("select contact_id from contact_person where contact_id = any(:contacts)")
            .bindArray("contacts", String.class, contacts.toArray())
            .mapTo(String.class)
            .list());
    return unknown;
  }
}

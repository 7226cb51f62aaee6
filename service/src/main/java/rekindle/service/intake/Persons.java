package rekindle.service.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.service.record.ContactRecord;

/**
 * Which contacts are one person. Contacts that declare the same person are; a contact that declares
 * none belongs to those with the same e-mail address or the same phone. Two declared persons stay
 * two, even if they share an address. A person that nobody declared is named after its smallest
 * contact id, so that the name is the same on every run and holds no address.
 */
final class Persons {
  private final Map<String, String> personByContact = new HashMap<>();
  private final Map<String, SortedSet<String>> contactsByPerson = new HashMap<>();

  private Persons() {}

  static Persons of(Collection<ContactRecord> contacts, IntakeLog log) {
    var persons = new Persons();
    Map<String, List<ContactRecord>> byAddress = new HashMap<>();
    for (ContactRecord contact : contacts) {
      joinKeys(contact)
          .forEach(key -> byAddress.computeIfAbsent(key, k -> new ArrayList<>(2)).add(contact));
      String declared = contact.contact().personId();
      if (declared != null) {
        persons.put(contact, declared);
      }
    }
    SortedSet<String> declared = new TreeSet<>(persons.contactsByPerson.keySet());
    for (ContactRecord contact : contacts) {
      if (!persons.personByContact.containsKey(contact.id())) {
        persons.join(contact, byAddress, declared, log);
      }
    }
    return persons;
  }

  /** The person of a contact. */
  String personOf(String contactId) {
    return String.valueOf(personByContact.get(contactId));
  }

  /** The ids of all contacts of the same person, this one among them. */
  SortedSet<String> contactsOfSamePerson(String contactId) {
    return contactsByPerson.getOrDefault(personOf(contactId), new TreeSet<>());
  }

  private void put(ContactRecord contact, String person) {
    personByContact.put(contact.id(), person);
    contactsByPerson.computeIfAbsent(person, id -> new TreeSet<>()).add(contact.id());
  }

  /** Follows shared addresses from contact to contact, through those that declare no person. */
  private void join(
      ContactRecord first,
      Map<String, List<ContactRecord>> byAddress,
      SortedSet<String> declared,
      IntakeLog log) {
    Map<String, ContactRecord> joined = new HashMap<>();
    SortedSet<String> met = new TreeSet<>();
    var open = new ArrayList<ContactRecord>(List.of(first));
    while (!open.isEmpty()) {
      ContactRecord contact = open.remove(open.size() - 1);
      String person = contact.contact().personId();
      if (person != null) {
        met.add(person);
      } else if (joined.put(contact.id(), contact) == null) {
        // A key is followed once: whoever shares it without a person of their own is joined now.
        joinKeys(contact).map(byAddress::remove).filter(Objects::nonNull).forEach(open::addAll);
      }
    }
    String person = met.isEmpty() ? derived(joined.keySet(), declared) : met.first();
    if (met.size() > 1) {
      log.warning(
          CrmShapes.CONTACTS.file(),
          first.line(),
          "person_id",
          null,
          "The contact shares addresses with several persons and is taken for "
              + person
              + "; fill in its person.");
    }
    joined.values().forEach(contact -> put(contact, person));
  }

  private static String derived(Collection<String> contactIds, SortedSet<String> declared) {
    String name = "p-" + new TreeSet<>(contactIds).first();
    while (declared.contains(name)) {
      name = "p-" + name;
    }
    return name;
  }

  private static Stream<String> joinKeys(ContactRecord contact) {
    return Stream.of(key("email:", contact.email()), key("phone:", contact.phone()))
        .filter(key -> !key.isEmpty());
  }

  private static String key(String kind, @Nullable String address) {
    return address == null ? "" : kind + address;
  }
}

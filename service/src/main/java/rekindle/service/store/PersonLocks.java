package rekindle.service.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The locks of persons, under which everything is written that a decision may depend on: whoever
 * holds a person's lock sees all that was committed about it, and nothing is added meanwhile.
 */
public final class PersonLocks {
  private PersonLocks() {}

  private static final String PERSONS =
      """
      select cp.contact_id, cp.person_id
        from json_array_elements_text(cast(:contacts as json)) as w(id)
        join contact_person cp on cp.contact_id = w.id
      """;

  /**
   * Locks the persons of contacts until the transaction ends, in the order of their ids, for
   * something to be written about them: whoever was locked is looked at again after the commit.
   *
   * @return the person of each contact that the store knows
   */
  public static Map<String, String> lock(Handle handle, Collection<String> contactIds) {
    Map<String, String> persons = lockToDecide(handle, contactIds);
    Wakes.wakePersons(handle, persons.values());
    return persons;
  }

  /** The same for somebody who decides, and writes what follows. */
  public static Map<String, String> lockToDecide(Handle handle, Collection<String> contactIds) {
    String contacts = JsonRows.texts(Set.copyOf(contactIds));
    Set<String> locked = new HashSet<>();
    while (true) {
      Map<String, String> persons = new HashMap<>();
      handle
          .createQuery(PERSONS)
          .bind("contacts", contacts)
          .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(entry -> persons.put(entry.getKey(), entry.getValue()));
      // While we waited, a contact may have come to another person.
      if (locked.containsAll(persons.values())) {
        return persons;
      }
      lockPersons(handle, persons.values());
      locked.addAll(persons.values());
    }
  }

  private static final String LOCK =
      """
      select p.id from person p
       where p.id = any(array(select w.id from json_array_elements_text(cast(:persons as json)) as w(id)))
       order by p.id
         for update
      """;

  /** Locks persons until the transaction ends, in the order of their ids. */
  static void lockPersons(Handle handle, Collection<String> personIds) {
    if (!personIds.isEmpty()) {
      handle
          .createQuery(LOCK)
          .bind("persons", JsonRows.texts(Set.copyOf(personIds)))
          .mapTo(String.class)
          .list();
    }
  }
}

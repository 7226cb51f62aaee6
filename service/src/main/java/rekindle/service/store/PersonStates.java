package rekindle.service.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.store.StoredFactsReader.Current;

/**
 * Facts of persons under their locks and the stripes of {@link Restrictions}: nothing is added
 * about them until the transaction ends, not even noes for addresses that others have too.
 */
public final class PersonStates {
  private PersonStates() {}

  private static final String LOCK_FREE =
      """
      select free.id
        from (select p.id from person p
               where p.id = any(array(
                       select w.id from json_array_elements_text(cast(:persons as json)) as w(id)))
               order by p.id
                 for update skip locked) free
       where %s
      """
          .formatted(Restrictions.take("free.id"));

  /**
   * Locks those persons at whom nobody else is now, and about whom nothing that forbids is about to
   * be committed; never waits.
   */
  public static Set<String> lockFree(Handle handle, Collection<String> persons) {
    return new HashSet<>(
        handle
            .createQuery(LOCK_FREE)
            .bind("persons", JsonRows.texts(Set.copyOf(persons)))
            .mapTo(String.class)
            .list());
  }

  /**
   * What is known of persons.
   *
   * @param facts of all contacts by person, each at an instant after they were read; a person
   *     without contacts is not there
   * @param unreadable persons whose rows cannot be read, with why
   */
  public record Read(Map<String, List<Current>> facts, Map<String, RuntimeException> unreadable) {}

  /**
   * The facts of persons who are locked.
   *
   * @param exceptTouch a touch that is left out of the facts; null for none
   */
  public static Read read(
      Handle handle,
      Collection<String> persons,
      InstantSource clock,
      @Nullable String exceptTouch) {
    var facts = new TreeMap<String, List<Current>>();
    var unreadable = new TreeMap<String, RuntimeException>();
    for (FactsRow row : FactsRow.ofPersons(handle, persons)) {
      try {
        facts
            .computeIfAbsent(row.personId(), id -> new ArrayList<>())
            .add(StoredFactsReader.now(row, clock, exceptTouch));
      } catch (RuntimeException failed) {
        unreadable.put(row.personId(), failed);
      }
    }
    facts.keySet().removeAll(unreadable.keySet());
    return new Read(facts, unreadable);
  }
}

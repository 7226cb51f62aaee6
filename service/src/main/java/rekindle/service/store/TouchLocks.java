package rekindle.service.store;

import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Locks touches before a statement changes them, in the order of their ids. Touches are told of
 * without the lock of their person, so two may want the same ones. A statement that joins them with
 * a list and has to wait goes on with the first of them alone, and silently leaves the others out
 * (PostgreSQL 18.1, when it looks again at a row that was changed meanwhile); one that names them
 * by an array does not, and the next one has nobody to wait for.
 */
final class TouchLocks {
  private TouchLocks() {}

  private static final String LOCK =
      """
      select t.id from touch t
       where t.id = any(array(select w.id from json_array_elements_text(cast(:ids as json)) as w(id)))
       order by t.id
         for update
      """;

  /** Locks those touches that there are, until the transaction ends. */
  static void lock(Handle handle, Collection<String> touchIds) {
    if (!touchIds.isEmpty()) {
      handle
          .createQuery(LOCK)
          .bind("ids", JsonRows.texts(Set.copyOf(touchIds)))
          .mapTo(String.class)
          .list();
    }
  }

  private static final String LOCK_OPEN =
      """
      select t.id from touch t
       where t.contact_id = any(array(
               select same.contact_id
                 from contact_person cp
                 join contact_person same on same.person_id = cp.person_id
                where cp.contact_id = any(array(
                        select w.id from json_array_elements_text(cast(:contacts as json)) as w(id)))))
         and t.outcome = 'reserved'
       order by t.id
         for update
      """;

  /** Locks the touches of the contacts' persons of which nothing was told yet. */
  static void lockOpen(Handle handle, Collection<String> contactIds) {
    handle
        .createQuery(LOCK_OPEN)
        .bind("contacts", JsonRows.texts(Set.copyOf(contactIds)))
        .mapTo(String.class)
        .list();
  }
}

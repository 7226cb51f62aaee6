package rekindle.service.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Why people went quiet, as their contacts' rows tell. */
public final class GapStore {
  private GapStore() {}

  private static final String CONTACTS =
      """
      select c.id from contact c
       where c.id > :after
         and (c.tags && cast(:gaps as text[])
              or exists (select from deal d where d.contact_id = c.id and d.loss_reason = any(cast(:gaps as text[])))
              or exists (select from subscription s where s.contact_id = c.id and s.reason = any(cast(:gaps as text[]))))
       order by c.id
       limit :most
      """;

  /** Contacts that have one of the gaps, in the order of their ids. */
  public static List<String> contacts(Handle handle, List<String> gaps, String after, int most) {
    return handle
        .createQuery(CONTACTS)
        .bindArray("gaps", String.class, gaps.toArray())
        .bind("after", after)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }
}

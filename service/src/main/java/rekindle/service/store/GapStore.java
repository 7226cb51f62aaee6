package rekindle.service.store;

import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Why people went quiet, as their contacts' rows tell. */
public final class GapStore {
  private GapStore() {}

  private static final String CONTACTS =
      """
      select c.id from contact c
       where c.id > :after
         and (exists (select from unnest(c.tags) as t(tag) where %1$s = any(cast(:gaps as text[])))
              or exists (select from deal d
                          where d.contact_id = c.id and %2$s = any(cast(:gaps as text[])))
              or exists (select from subscription s
                          where s.contact_id = c.id and %3$s = any(cast(:gaps as text[]))))
       order by c.id
       limit :most
      """
          .formatted(folded("t.tag"), folded("d.loss_reason"), folded("s.reason"));

  /** People write price, Price, "feature gap", feature-gap and feature_gap for the same. */
  private static String folded(String column) {
    return "translate(lower(btrim(%s)), ' -', '__')".formatted(column);
  }

  private static String[] folded(List<String> gaps) {
    return gaps.stream()
        .map(gap -> gap.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_'))
        .toArray(String[]::new);
  }

  /** Contacts that have one of the gaps, however it is spelt, in the order of their ids. */
  public static List<String> contacts(Handle handle, List<String> gaps, String after, int most) {
    return handle
        .createQuery(CONTACTS)
        .bindArray("gaps", String.class, folded(gaps))
        .bind("after", after)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }
}

package rekindle.service.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whether something that may forbid was added about contacts since their facts were read. What
 * forbids takes the stripe of its person until it has committed, so whoever finds the stripe free,
 * and the mark as it was, can commit before anything that forbids does.
 */
public final class Restrictions {
  private Restrictions() {}

  /**
   * An expression that differs whenever something that may forbid was added, or the contacts are
   * others. A part of the statement that uses it and no function: PostgreSQL would plan that anew
   * each time.
   *
   * @param contacts an array of all contacts of a person
   */
  static String mark(String contacts) {
    return """
        concat_ws(' ', cardinality(%1$s),
          coalesce((select max(x.id) from suppression x where x.contact_id = any(%1$s)), 0),
          coalesce((select max(x.id) from consent x where x.contact_id = any(%1$s)), 0),
          coalesce((select max(x.id)
                      from contact_address ca
                      join address_suppression x on x.address_id = ca.address_id
                     where ca.contact_id = any(%1$s)), 0),
          (select sum(cast(date_part('epoch', x.updated_at) * 1000000 as bigint))
             from contact x where x.id = any(%1$s)))"""
        .formatted(contacts);
  }

  /**
   * An expression that takes a person's stripe until the transaction ends, and says whether it was
   * free. Without waiting: whoever waits for one stripe while holding others could wait for ever.
   */
  static String take(String person) {
    return "pg_try_advisory_xact_lock_shared(7300, restriction_stripe(" + person + "))";
  }

  private static final String HOLD = "select " + take(":person");

  /**
   * Whether nothing that forbids is about to be committed for a person who is locked; then nothing
   * will be until the transaction ends, and facts that are read from now on hold. Never waits.
   */
  public static boolean hold(Handle handle, String personId) {
    return handle.createQuery(HOLD).bind("person", personId).mapTo(Boolean.class).one();
  }

  /**
   * Facts that somebody decided on.
   *
   * @param mark as {@link StoredFacts#mark}
   */
  public record Seen(String contactId, String mark) {}

  private static final String TAKE =
      """
      select w.n
        from json_to_recordset(cast(:seen as json)) as w(n integer, contact text, mark text)
        join contact_person cp on cp.contact_id = w.contact
       where %s
      """
          .formatted(take("cp.person_id"));

  // A statement of its own: it must see what was committed before the stripes were taken.
  private static final String UNCHANGED =
      """
      select w.n
        from json_to_recordset(cast(:seen as json)) as w(n integer, contact text, mark text)
        join contact_person cp on cp.contact_id = w.contact
       cross join lateral (
         select array_agg(same.contact_id) as ids
           from contact_person same
          where same.person_id = cp.person_id) m
       where w.mark = %s
      """
          .formatted(mark("m.ids"));

  /**
   * Those whose facts hold until the transaction ends; others must be decided again. Never waits.
   *
   * @return their indexes
   */
  public static Set<Integer> holding(Handle handle, List<Seen> seen) {
    if (seen.isEmpty()) {
      return Set.of();
    }
    Set<Integer> taken = indexes(handle, TAKE, seen);
    Set<Integer> unchanged = new HashSet<>(indexes(handle, UNCHANGED, seen));
    unchanged.retainAll(taken);
    return unchanged;
  }

  private static Set<Integer> indexes(Handle handle, String sql, List<Seen> seen) {
    record Numbered(int n, Seen seen) {}
    List<Numbered> numbered =
        java.util.stream.IntStream.range(0, seen.size())
            .mapToObj(n -> new Numbered(n, seen.get(n)))
            .toList();
    String json =
        JsonRows.of(
            numbered,
            (one, row) ->
                row.integer("n", (long) one.n())
                    .text("contact", one.seen().contactId())
                    .text("mark", one.seen().mark()));
    return handle.createQuery(sql).bind("seen", json).mapTo(Integer.class).collectIntoSet();
  }

  private static final String AWAIT =
      """
      select pg_advisory_xact_lock_shared(7300, restriction_stripe(cp.person_id))
        from contact_person cp where cp.contact_id = :contact
      """;

  /** Waits until nothing that forbids is about to be committed for the contact's person. */
  public static void await(Handle handle, String contactId) {
    handle.createQuery(AWAIT).bind("contact", contactId).mapTo(String.class).list();
  }
}

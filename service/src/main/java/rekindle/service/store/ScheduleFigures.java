package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How the schedule goes, in numbers. */
public final class ScheduleFigures {
  private ScheduleFigures() {}

  /**
   * Looks that are due.
   *
   * @param due how many
   * @param oldest when the first of them was due; null if none is
   * @param parked persons who are left out until somebody says otherwise
   */
  public record Looks(long due, @Nullable Instant oldest, long parked) {}

  private static final String LOOKS =
      """
      select count(*) as due, min(due_at) as oldest,
             (select count(*) from next_look where parked_at is not null) as parked
        from next_look
       where due_at <= :now and parked_at is null
      """;

  public static Looks looks(Handle handle, Instant now) {
    return handle
        .createQuery(LOOKS)
        .bind("now", now)
        .map(
            (row, context) -> {
              java.sql.Timestamp oldest = row.getTimestamp("oldest");
              return new Looks(
                  row.getLong("due"),
                  oldest == null ? null : oldest.toInstant(),
                  row.getLong("parked"));
            })
        .one();
  }

  /** How many touches wait for a platform that asks, by channel. */
  public static Map<String, Long> ready(Handle handle) {
    return counts(
        handle,
        "select ready_channel, count(*) from next_look"
            + " where ready_channel is not null and parked_at is null group by 1");
  }

  /** How many touches are under way, by state. */
  public static Map<String, Long> underWay(Handle handle) {
    return counts(
        handle,
        """
        select state, count(*) from touch
         where lease_until is not null or watch_until is not null
         group by 1
        """);
  }

  private static Map<String, Long> counts(Handle handle, String sql) {
    var counts = new TreeMap<String, Long>();
    handle
        .createQuery(sql)
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /** How many persons were left in a verdict for the same reasons. */
  public record Standing(String verdict, List<String> reasons, long persons) {}

  /** What the last looks came to, the most frequent first. */
  public static List<Standing> standings(Handle handle, int most) {
    return handle
        .createQuery(
            """
            select verdict, reasons, count(*) as persons
              from next_look
             where verdict is not null
             group by verdict, reasons
             order by persons desc, verdict, reasons
             limit :most
            """)
        .bind("most", most)
        .map(
            (row, context) ->
                new Standing(
                    row.getString("verdict"),
                    List.of((String[]) row.getArray("reasons").getArray()),
                    row.getLong("persons")))
        .list();
  }

  /** A person whom no look reaches, and why. */
  public record Parked(String personId, Instant since, String reason) {}

  public static List<Parked> parked(Handle handle, int most) {
    return handle
        .createQuery(
            """
            select person_id, parked_at, parked_reason from next_look
             where parked_at is not null order by parked_at desc limit :most
            """)
        .bind("most", most)
        .map(
            (row, context) ->
                new Parked(
                    row.getString("person_id"),
                    row.getTimestamp("parked_at").toInstant(),
                    row.getString("parked_reason")))
        .list();
  }

  /** Why a person is left out of all looks; empty if it is not. */
  public static Optional<String> parkedReason(Handle handle, String personId) {
    return handle
        .createQuery(
            "select parked_reason from next_look where person_id = :person and parked_at is not null")
        .bind("person", personId)
        .mapTo(String.class)
        .findOne();
  }

  /** Notifications that are not delivered yet, and those that were given up. */
  public record Notifications(long waiting, long givenUp) {}

  public static Notifications notifications(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*) filter (where given_up_at is null) as waiting,
                   count(*) filter (where given_up_at is not null and message <> 'nobody is configured') as given_up
              from notification
             where delivered_at is null
            """)
        .map((row, context) -> new Notifications(row.getLong("waiting"), row.getLong("given_up")))
        .one();
  }

  private static final String NOT_REMOVED =
      """
      select count(distinct t.id)
        from touch t
        join contact_person cp on cp.contact_id = t.contact_id
        join contact_person same on same.person_id = cp.person_id
        join response r on r.contact_id = same.contact_id
       where (t.lease_until is not null or t.watch_until is not null) and t.state in ('leased', 'task')
         and r.kind in ('click', 'reply', 'booking', 'purchase', 'login')
         and r.disposition is distinct from 'automatic'
         and r.at > t.at
         and r.recorded_at < clock_timestamp() - make_interval(secs => :bound)
      """;

  /** Touches that are still open, so long after their person came back. */
  public static long notRemoved(Handle handle, Duration bound) {
    return handle
        .createQuery(NOT_REMOVED)
        .bind("bound", (double) bound.toSeconds())
        .mapTo(Long.class)
        .one();
  }
}

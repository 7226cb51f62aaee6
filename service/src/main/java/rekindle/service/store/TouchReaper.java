package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Touches whose time is over. Of what was only leased nothing was sent: it may be made again. What
 * was being handed over when its process ended is in doubt, and never handed over again by itself.
 * What stays in doubt becomes unknown in the end, and counts as sent.
 */
public final class TouchReaper {
  /** Longer ago than any lease ended. */
  public static final Duration ALL = Duration.ofDays(36_500);

  private TouchReaper() {}

  // Some at a time, and none that somebody else has just now. Named by an array, see TouchLocks.
  private static final String MOVE =
      """
      with late as materialized (
        select t.id from touch t
         where %s
         order by t.id
         limit 500
           for update skip locked),
      moved as (
        update touch t
           set %s, updated_at = clock_timestamp()
         where t.id = any(array(select late.id from late))
        returning t.id, t.contact_id, t.outcome, t.state),
      told as (
        insert into touch_event (touch_id, at, outcome, detail)
        select id, clock_timestamp(), outcome, jsonb_build_object('state', state, 'detail', '%s') from moved)%s
      select contact_id from moved
      """;

  // Nobody can do any more, or tell, what is final.
  private static final String WITH_TASKS =
      """
      ,
      over as (
        update task k
           set done_at = clock_timestamp(), done_by = 'scheduler', disposition = 'missed'
         where k.touch_id = any(array(select moved.id from moved)) and k.done_at is null)
      """;

  private static final String ENDED_LATELY =
      "t.lease_until < clock_timestamp()"
          + " and t.lease_until > clock_timestamp() - make_interval(secs => :lately)";

  private static final String LAPSED =
      MOVE.formatted(
          ENDED_LATELY + " and t.state = 'leased'",
          "outcome = 'not_sent', state = 'released', lease_until = null, watch_until = null",
          "the lease ended without a confirmation",
          "");

  private static final String TASKS_LATE =
      MOVE.formatted(
          "t.watch_until < :now and t.state = 'task'",
          "outcome = 'not_sent', state = 'done', lease_until = null, watch_until = null",
          "nobody did it in time",
          WITH_TASKS);

  private static final String BROKEN_OFF =
      MOVE.formatted(
          ENDED_LATELY + " and t.state = 'handing_over'",
          "outcome = 'in_doubt', state = 'in_doubt', lease_until = null,"
              + " watch_until = cast(:until as timestamptz)",
          "the process that was handing it over ended",
          "");

  /** A mail server answers for what it took, and tells nothing more: that is no doubt. */
  private static final String MAILED =
      MOVE.formatted(
          "t.watch_until < :now and t.state = 'handed_over' and t.route = '"
              + ScheduledTouches.SMTP
              + "'",
          "state = 'done', lease_until = null, watch_until = null",
          "no mail came back in time",
          "");

  private static final String UNTOLD =
      MOVE.formatted(
          "t.watch_until < :now and t.state in ('sending', 'handed_over') and t.route is distinct from '"
              + ScheduledTouches.SMTP
              + "'",
          "outcome = 'in_doubt', state = 'in_doubt', lease_until = null,"
              + " watch_until = cast(:until as timestamptz)",
          "nothing was told of it in time",
          "");

  private static final String UNRESOLVED =
      MOVE.formatted(
          "t.watch_until < :now and t.state = 'in_doubt'",
          "state = 'unknown', lease_until = null, watch_until = null",
          "nobody told what became of it",
          WITH_TASKS);

  private static final String TASKS_OVER =
      """
      update task k
         set done_at = clock_timestamp(), done_by = 'scheduler',
             disposition = case when t.outcome in ('handed_over', 'delivered', 'bounced') then 'done' else 'missed' end
        from touch t
       where t.id = k.touch_id
         and k.id = any(array(
               select o.id from task o
                 join touch ended on ended.id = o.touch_id
                where o.touch_id is not null and o.done_at is null
                  and ended.state in ('done', 'rejected', 'released', 'withheld', 'unknown')
                order by o.id
                  for update of o skip locked))
      """;

  /**
   * Ends tasks whose touches others told of, so that there is nothing left to do. Reads every open
   * task.
   *
   * @return how many
   */
  public static int endTasks(Handle handle) {
    return handle.execute(TASKS_OVER);
  }

  /**
   * How many touches went where.
   *
   * @param done of which nothing more is to be told
   */
  public record Moved(int released, int missed, int done, int inDoubt, int unknown) {
    public boolean isNone() {
      return released + missed + done + inDoubt + unknown == 0;
    }
  }

  /**
   * Moves some touches whose time is over.
   *
   * @param lately leases that ended longer ago are left out
   * @param doubt how long a touch stays in doubt before it is given up as unknown
   */
  public static Moved reap(Handle handle, Instant now, Duration lately, Duration doubt) {
    List<String> lapsed =
        handle.createQuery(LAPSED).bind("lately", lately.toSeconds()).mapTo(String.class).list();
    List<String> late = handle.createQuery(TASKS_LATE).bind("now", now).mapTo(String.class).list();
    Wakes.wake(handle, lapsed);
    Wakes.wake(handle, late);
    Instant until = now.plus(doubt);
    int broken =
        handle
            .createQuery(BROKEN_OFF)
            .bind("lately", lately.toSeconds())
            .bind("until", until)
            .mapTo(String.class)
            .list()
            .size();
    // Before what is left of them would be in doubt.
    int mailed = handle.createQuery(MAILED).bind("now", now).mapTo(String.class).list().size();
    int untold =
        handle
            .createQuery(UNTOLD)
            .bind("now", now)
            .bind("until", until)
            .mapTo(String.class)
            .list()
            .size();
    int unknown = handle.createQuery(UNRESOLVED).bind("now", now).mapTo(String.class).list().size();
    return new Moved(lapsed.size(), late.size(), mailed, broken + untold, unknown);
  }
}

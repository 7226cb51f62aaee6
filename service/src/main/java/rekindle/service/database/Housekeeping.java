package rekindle.service.database;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then so that the service can go on: partitions ahead of time,
 * idempotency keys that nobody will repeat any more, processes that were killed. Of several
 * processes one does it.
 */
public final class Housekeeping implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EXTENDS_EVERY = Duration.ofDays(1);
  private static final Duration FORGETS_EVERY = Duration.ofHours(6);
  private static final Duration LOOKS_EVERY = Duration.ofMinutes(1);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
  private static final int BATCH_ROWS = 1000;

  private final Scheduler scheduler;

  public Housekeeping(Database database) {
    Jdbi jdbi = database.jdbi();
    var extendPartitions =
        Tasks.recurring("extend-partitions", FixedDelay.of(EXTENDS_EVERY))
            .execute((instance, context) -> tell(Partitions.extend(jdbi), "partitions made ahead"));
    var forgetIdempotencyKeys =
        Tasks.recurring("forget-idempotency-keys", FixedDelay.of(FORGETS_EVERY))
            .execute(
                (instance, context) ->
                    tell(forgetKeys(jdbi), "idempotency keys of more than 90 days ago deleted"));
    var forgetProcesses =
        Tasks.recurring("forget-processes", FixedDelay.of(FORGETS_EVERY))
            .execute(
                (instance, context) ->
                    tell(
                        jdbi.withHandle(handle -> handle.execute(FORGET_PROCESSES)),
                        "processes that ended without a word forgotten"));
    var forgetEvents =
        Tasks.recurring("forget-events", FixedDelay.of(FORGETS_EVERY))
            .execute(
                (instance, context) ->
                    tell(
                        inBatches(jdbi, FORGET_EVENTS),
                        "ids of events of more than 400 days ago deleted"));
    var forgetNotifications =
        Tasks.recurring("forget-notifications", FixedDelay.of(FORGETS_EVERY))
            .execute(
                (instance, context) ->
                    tell(
                        inBatches(jdbi, FORGET_NOTIFICATIONS),
                        "notifications of more than 30 days ago deleted"));
    scheduler =
        Scheduler.create(database.dataSource())
            .startTasks(
                extendPartitions,
                forgetIdempotencyKeys,
                forgetProcesses,
                forgetEvents,
                forgetNotifications)
            .threads(1)
            .pollingInterval(LOOKS_EVERY)
            .shutdownMaxWait(STOPS_WITHIN)
            .build();
  }

  private static void tell(long count, String what) {
    if (count > 0) {
      LOG.info("{} {}", count, what);
    }
  }

  @Override
  public void start() {
    scheduler.start();
  }

  @Override
  public void stop() {
    scheduler.stop();
  }

  /**
   * Deletes idempotency keys of more than 90 days ago, a bounded number in each transaction.
   *
   * @return how many
   */
  static long forgetKeys(Jdbi jdbi) {
    return inBatches(jdbi, FORGET_KEYS);
  }

  private static long inBatches(Jdbi jdbi, String sql) {
    long deleted = 0;
    int batch;
    do {
      batch = jdbi.withHandle(h -> h.createUpdate(sql).bind("rows", BATCH_ROWS).execute());
      deleted += batch;
    } while (batch == BATCH_ROWS);
    return deleted;
  }

  private static final String FORGET_PROCESSES =
      "delete from service_process where heartbeat_at < clock_timestamp() - interval '1 day'";

  /** What an event made has its id still, so that one that comes as late makes nothing twice. */
  private static final String FORGET_EVENTS =
      """
      delete from event_seen
       where (source, id) in (
               select source, id from event_seen
                where seen_at < clock_timestamp() - interval '400 days'
                order by seen_at
                limit :rows
                for update skip locked)
      """;

  private static final String FORGET_NOTIFICATIONS =
      """
      delete from notification
       where id in (
               select id from notification
                where (delivered_at is not null or given_up_at is not null)
                  and coalesce(delivered_at, given_up_at) < clock_timestamp() - interval '30 days'
                limit :rows
                for update skip locked)
      """;

  private static final String FORGET_KEYS =
      """
      delete from idempotency_key
       where (client, operation, key) in (
               select client, operation, key from idempotency_key
                where created_at < clock_timestamp() - interval '90 days'
                order by created_at
                limit :rows
                for update skip locked)
      """;
}

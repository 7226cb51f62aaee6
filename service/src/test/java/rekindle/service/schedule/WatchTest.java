package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.api.ScheduleMetrics;
import rekindle.service.database.TestDatabase;
import rekindle.service.ids.TimeOrderedIds;

/** Alarms of several processes on one database. */
class WatchTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Watch process() {
    InstantSource clock = InstantSource.system();
    return new Watch(
        DATABASE.jdbi(), List.of(), new ScheduleConfiguration(), new TimeOrderedIds(clock), clock);
  }

  private static List<String> told() {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select kind || ' ' || (convert_from(body, 'UTF8')::jsonb ->> 'alarm') from notification order by id")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void metrics_tellWherePeopleStand_andWhichAlarmsAreRaised() {
    var metrics = new MetricRegistry();
    String waiting = "schedule.persons.wait.step_not_due_and_stopped";
    String alarm = "schedule.alarms.parked";
    try (Watch watch = process()) {
      ScheduleMetrics.register(metrics, watch);
      assertThat(metrics.getGauges()).doesNotContainKey(waiting).containsKey(alarm);
      DATABASE
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute("insert into person (id) values ('m-1')");
                handle.execute(
                    "insert into next_look (person_id, due_at, parked_at, parked_reason, verdict, reasons)"
                        + " values ('m-1', now(), now(), 'x', 'wait', '{step_not_due,stopped}')");
              });
      watch.look();
      assertThat(metrics.gauge(waiting).getValue()).isEqualTo(1L);
      assertThat(metrics.gauge(alarm).getValue()).isEqualTo(1L);
      DATABASE
          .jdbi()
          .useHandle(handle -> handle.execute("delete from next_look where person_id = 'm-1'"));
      watch.look();
      assertThat(metrics.gauge(waiting).getValue()).isEqualTo(0L);
      assertThat(metrics.gauge(alarm).getValue()).isEqualTo(0L);
      DATABASE.jdbi().useHandle(handle -> handle.execute("delete from notification"));
    }
  }

  @Test
  void alarm_isToldOnce_andTakenOverByWhoeverIsLeft() {
    DATABASE
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("insert into person (id) values ('p-1')");
              handle.execute(
                  "insert into next_look (person_id, due_at, parked_at, parked_reason) values ('p-1', now(), now(), 'x')");
            });
    try (Watch first = process();
        Watch second = process()) {
      first.look();
      second.look();
      assertThat(told()).containsExactly("alarm.raised parked");
      assertThat(second.document().path("alarms").get(0).textValue()).isEqualTo("parked");
      first.close();
      DATABASE
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "update next_look set parked_at = null, due_at = now() + interval '1 day'"));
      second.look();
      second.look();
      assertThat(told()).containsExactly("alarm.raised parked", "alarm.over parked");
      assertThat(second.document().path("alarms")).isEmpty();
    }
  }

  /** Whoever asks while counting takes long does not count as well, nor wait for it. */
  @Test
  void document_whileSomebodyCounts_isWhatWasCountedLast() throws Exception {
    try (Watch watch = process()) {
      String counted = watch.document().path("asOf").textValue();
      var counting = new CountDownLatch(1);
      var enough = new CountDownLatch(1);
      var counts = new AtomicInteger();
      DATABASE
          .jdbi()
          .useTransaction(
              handle -> {
                // Counting waits for this.
                handle.execute("lock table next_look in access exclusive mode");
                var looking =
                    new Thread(
                        () -> {
                          counting.countDown();
                          watch.look();
                          counts.incrementAndGet();
                          enough.countDown();
                        });
                looking.start();
                counting.await();
                waitsForLock();
                assertThat(watch.document().path("asOf").textValue()).isEqualTo(counted);
                assertThat(counts).hasValue(0);
              });
      assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.document().path("asOf").textValue()).isNotEqualTo(counted);
    }
  }

  private static void waitsForLock() {
    Instant end = Instant.now().plusSeconds(30);
    String sql =
        "select exists (select from pg_locks l join pg_class c on c.oid = l.relation"
            + " where c.relname = 'next_look' and not l.granted)";
    while (!DATABASE
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Boolean.class).one())) {
      assertThat(Instant.now()).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.Database;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;
import rekindle.service.schedule.Tally.Came;

/**
 * Touches decided, durably reserved and handed over in a second, by one process and by three on one
 * durable database with a platform on the same machine, beside executions of db-scheduler that do
 * nothing, in the same run; and how long somebody waits for the lock of a person meanwhile: {@code
 * mvn verify -Dtest=HandOverSpeedTest -Dtest.excluded=none}.
 */
@Tag("benchmark")
class HandOverSpeedTest {
  private static final int PEOPLE = Integer.getInteger("rekindle.people", 20_000);

  /** People of each process whose touches are handed over first, so that its code is compiled. */
  private static final int WARM_UP = Integer.getInteger("rekindle.warm-up", 10_000);

  /** So many alone, with nothing beside it: to look into. */
  private static final int PROCESSES = Integer.getInteger("rekindle.processes", 0);

  private static final String USER = "postgres";

  @TempDir Path folder;

  @Test
  void touches_handedOverInASecond() throws Exception {
    try (var postgres = new DurableServer();
        var database =
            Database.forService(
                new DatabaseLocation(
                    DatabaseConfiguration.of(postgres.url(), USER, ""), folder.resolve("own")),
                new MetricRegistry())) {
      for (String setting : List.of("fsync", "synchronous_commit")) {
        assertThat(text(database, "show " + setting)).isEqualTo("on");
      }
      String url = postgres.url();
      if (PROCESSES > 0) {
        rate(url, database.jdbi(), PROCESSES, "alone");
        return;
      }
      double nothing = nothing(database);
      double one = rate(url, database.jdbi(), 1, "one");
      double three = rate(url, database.jdbi(), 3, "three");
      System.out.printf(
          "touches a second: one process %.0f, three processes %.0f; executions of nothing by db-scheduler %.0f (%.2f and %.2f to 1)%n",
          one, three, nothing, one / nothing, three / nothing);
    }
  }

  private static String text(Database database, String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private double rate(String url, Jdbi jdbi, int processes, String name) throws Exception {
    int warmUp = WARM_UP * processes;
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into stop (id, kind, reason, client) values (gen_random_uuid(), 'everything', 'not yet', 'x')"));
    var services = new ArrayList<ServiceProcess>();
    try (var platform = new FakePlatform()) {
      Tally tally = platform.counting();
      for (int i = 0; i < processes; i++) {
        var service = new ServiceProcess(folder, name + i, url, platform::takes);
        services.add(service);
        boolean started = service.start();
        assertThat(started).as(service.log()).isTrue();
      }
      heldBack(services.get(0), jdbi, name, warmUp);
      jdbi.useTransaction(
          handle -> {
            handle.execute("update stop set lifted_at = now(), woken_at = now()");
            due(handle, name + "-w");
          });
      await(tally, warmUp);
      return measured(services, jdbi, name, tally, warmUp);
    } finally {
      for (ServiceProcess service : services) {
        service.close();
      }
    }
  }

  /** Whoever is measured, and whoever the processes get warm with; all wait to be due. */
  private static void heldBack(ServiceProcess service, Jdbi jdbi, String name, int warmUp)
      throws Exception {
    People.stalled(
        service,
        IntStream.range(0, warmUp + PEOPLE)
            .mapToObj(i -> name + (i < PEOPLE ? "-m" : "-w") + i)
            .toList());
    await(
        jdbi,
        "select count(*) from next_look where reasons @> array['stopped'] and contact_id like '"
            + name
            + "-%'",
        warmUp + PEOPLE);
  }

  private static void due(Handle handle, String prefix) {
    handle.execute("update next_look set due_at = now() where contact_id like ?", prefix + "%");
  }

  private static double measured(
      List<ServiceProcess> services, Jdbi jdbi, String name, Tally tally, int warmUp)
      throws Exception {
    var over = new AtomicBoolean();
    var waits = new ArrayList<Long>();
    Thread probe = new Thread(() -> probe(jdbi, name, over, waits), "probe");
    probe.start();
    Cost before = cost(jdbi, services);
    jdbi.useHandle(handle -> due(handle, name + "-m"));
    await(tally, warmUp + PEOPLE);
    Cost after = cost(jdbi, services);
    over.set(true);
    probe.join();
    long[] at = tally.take().stream().mapToLong(Came::atMillis).sorted().skip(warmUp).toArray();
    assertThat(tally.repeated()).isEmpty();
    assertThat(at).hasSize(PEOPLE);
    int first = at.length / 10;
    int last = at.length - 1 - at.length / 10;
    double rate = (last - first) * 1000.0 / (at[last] - at[first]);
    long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%s: %d touches, %.0f a second; processor time a touch: %d us of the service, %d us of PostgreSQL,"
            + " %d bytes written ahead; %d waits for a person's lock, p50 %.2f ms, p99 %.2f ms, most %.2f ms%n",
        name,
        at.length,
        rate,
        (after.serviceMicros - before.serviceMicros) / PEOPLE,
        (after.databaseMicros - before.databaseMicros) / PEOPLE,
        (after.walBytes - before.walBytes) / PEOPLE,
        sorted.length,
        ms(sorted, 0.5),
        ms(sorted, 0.99),
        ms(sorted, 1));
    return rate;
  }

  /** What was used so far. */
  private record Cost(long serviceMicros, long databaseMicros, long walBytes) {}

  private static Cost cost(Jdbi jdbi, List<ServiceProcess> services) {
    List<Long> backends =
        jdbi.withHandle(
            handle ->
                handle.createQuery("select pid from pg_stat_activity").mapTo(Long.class).list());
    long wal =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select pg_current_wal_lsn() - '0/0'::pg_lsn")
                    .mapTo(Long.class)
                    .one());
    return new Cost(
        micros(services.stream().map(ServiceProcess::pid).toList()), micros(backends), wal);
  }

  private static long micros(List<Long> processes) {
    return processes.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(used -> used.toNanos() / 1000)
        .sum();
  }

  private static double ms(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] / 1e6;
  }

  private static void await(Tally tally, int accepted) throws InterruptedException {
    while (tally.touches() < accepted) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void await(Jdbi jdbi, String sql, long wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one()) < wanted) {
      assertThat(System.nanoTime()).as(sql).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /** Locks persons as whoever writes about them does, and notes how long that takes. */
  private static void probe(Jdbi jdbi, String name, AtomicBoolean over, List<Long> waits) {
    var random = new Random(3);
    jdbi.useHandle(
        handle -> {
          while (!over.get()) {
            long start = System.nanoTime();
            handle.useTransaction(
                same ->
                    same.createQuery("select id from person where id = :id for update")
                        .bind("id", "p-" + name + "-m" + random.nextInt(PEOPLE))
                        .mapTo(String.class)
                        .list());
            waits.add(System.nanoTime() - start);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
          }
        });
  }

  /** Executions of a task that does nothing, polled as fast as the library can. */
  private static double nothing(Database database) throws Exception {
    var done = new AtomicInteger();
    long[] at = new long[PEOPLE];
    var task =
        Tasks.oneTime("nothing")
            .execute(
                (instance, context) -> {
                  int n = done.getAndIncrement();
                  at[n] = System.nanoTime();
                });
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " select 'nothing', i::text, now(), false, 1 from generate_series(1, ?) i",
                    PEOPLE));
    var scheduler =
        Scheduler.create(database.dataSource(), task)
            .threads(20)
            .pollUsingLockAndFetch(4.0, 20.0)
            .pollingInterval(Duration.ofMillis(100))
            .build();
    scheduler.start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (done.get() < PEOPLE && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    scheduler.stop();
    assertThat(done.get()).isEqualTo(PEOPLE);
    Arrays.sort(at);
    int first = PEOPLE / 10;
    int last = PEOPLE - 1 - PEOPLE / 10;
    return (last - first) * 1e9 / (at[last] - at[first]);
  }
}

package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.Database;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;
import rekindle.service.database.Partitions;
import rekindle.service.intake.FileType;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportWatcher;
import rekindle.service.schedule.DurableServer;
import rekindle.service.schedule.DurableServer.Size;
import rekindle.service.schedule.FakePlatform;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.schedule.Tally;
import rekindle.service.schedule.Tally.Came;

/**
 * A million touches of 200,000 people, each of whom gets the five steps of a sequence while the
 * clock is moved on by days, handed over to a platform that then tells that they arrived. What is a
 * queue must be no larger at the end than the people and a vacuum's interval explain; what is
 * history grows. {@code mvn verify -Dtest=MillionTouchesTest -Dtest.excluded=none}; shorter with
 * {@code -Drekindle.people=2000}.
 */
@Tag("benchmark")
class MillionTouchesTest {
  private static final int PEOPLE = Integer.getInteger("rekindle.people", 200_000);
  private static final int STEPS = 5;
  private static final Duration BETWEEN_STEPS = Duration.ofDays(4);

  /** A weekend or a holiday may come between. */
  private static final int LATER_DAYS_MAX = 5;

  private static final int TOLD_AT_ONCE = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Tables and indexes that hold what is to be done, and nothing of what was done. */
  private static final List<String> QUEUES =
      List.of(
          "next_look",
          "next_look_due",
          "notification",
          "task",
          "event_aside",
          "idempotency_key",
          "scheduled_tasks",
          "touch_lease",
          "touch_watch");

  private static final List<String> HISTORY =
      List.of("person", "contact", "journey", "touch", "touch_event");

  private static final String PARTITIONS =
      """
      select coalesce(sum(pg_total_relation_size(i.inhrelid)), 0)
        from pg_inherits i where i.inhparent = cast(:table as regclass)
      """;

  /**
   * A look and a touch leave at most that much in one queue before a vacuum comes by: six versions
   * of a row with their entries in indexes.
   */
  private static final long BYTES_BETWEEN_VACUUMS = 2_500;

  /** Autovacuum looks each minute by default, and the one vacuum may have to wait for another. */
  private static final Duration VACUUM_WITHIN = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final MovedClock clock = new MovedClock();
  private final long startedNanos = System.nanoTime();

  /** The system's clock, ahead by as much as it was moved. */
  private static final class MovedClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    void move(Duration by) {
      ahead = ahead.plus(by);
    }
  }

  @Test
  void queues_overAMillionTouches_doNotGrow() throws Exception {
    try (var server = new DurableServer();
        var platform = new FakePlatform();
        var database =
            Database.forService(
                new DatabaseLocation(
                    DatabaseConfiguration.of(server.url(), "postgres", ""), folder.resolve("own")),
                new MetricRegistry());
        var service = service(database, platform)) {
      Tally tally = platform.counting();
      people(service);
      service.schedule.start();
      Map<String, Size> first = Map.of();
      Map<String, Size> last = Map.of();
      for (int step = 1; step <= STEPS; step++) {
        step(step, service, tally);
        last = server.sizes(QUEUES);
        tell(step, tally, server, last);
        first = step == 1 ? last : first;
      }
      assertThat(tally.repeated()).isEmpty();
      assertThat(tally.touches()).isEqualTo(PEOPLE * STEPS);
      assertBounded(first, last);
    }
  }

  private Service service(Database database, FakePlatform platform) throws Exception {
    Partitions.extend(database.jdbi());
    return ClockedService.of(database.jdbi(), folder, clock, platform::takes);
  }

  /** Leads in Ohio who went quiet two months ago, whom e-mail alone reaches. */
  private void people(Service service) throws Exception {
    // Ten in the morning of the next day there, whatever the time is here.
    Instant now = Instant.now();
    clock.move(
        Duration.between(
            now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS).plusSeconds(54_000)));
    String quiet = clock.instant().minus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS) + "";
    var csv =
        new StringBuilder(
            "id,country,region,time_zone,email,relationship,business,program,funnel,tags,last_engagement_at\n");
    for (int i = 0; i < PEOPLE; i++) {
      csv.append(
          "m-%1$d,US,OH,America/New_York,m-%1$d@example.com,lead,b2b,b2b_saas,trial,price,%2$s\n"
              .formatted(i, quiet));
    }
    var job =
        service.imports.run(
            new Import.Order(FileType.CONTACTS, "people.csv", "tests"),
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
            ImportWatcher.NONE);
    assertThat(job.counts().errors()).isZero();
  }

  /** Moves the clock on until everybody has had the step. */
  private void step(int step, Service service, Tally tally) throws Exception {
    if (step > 1) {
      clock.move(BETWEEN_STEPS);
    }
    settle(service, tally);
    for (int day = 0; day < LATER_DAYS_MAX && tally.touches() < step * PEOPLE; day++) {
      clock.move(Duration.ofDays(1));
      settle(service, tally);
    }
  }

  private static final String LEFT =
      """
      select (select count(*) from next_look where due_at <= :now and parked_at is null)
           + (select count(*) from touch where lease_until is not null or state = 'handed_over')
      """;

  /** Lets everybody be looked at who is due, and tells what arrived; some before it is recorded. */
  private void settle(Service service, Tally tally) throws Exception {
    long left = Long.MAX_VALUE;
    long since = System.nanoTime();
    while (left > 0) {
      TimeUnit.MILLISECONDS.sleep(500);
      arrived(service, tally.take());
      long before = left;
      left = left(service);
      since = left == before ? since : System.nanoTime();
      assertThat(System.nanoTime() - since)
          .as("%d looks and touches are left and do not become fewer", left)
          .isLessThan(PATIENCE.toNanos());
    }
  }

  private long left(Service service) {
    return service.jdbi.withHandle(
        handle -> handle.createQuery(LEFT).bind("now", clock.instant()).mapTo(Long.class).one());
  }

  private static void arrived(Service service, List<Came> came) {
    for (int from = 0; from < came.size(); from += TOLD_AT_ONCE) {
      List<Telling> some =
          came.subList(from, Math.min(came.size(), from + TOLD_AT_ONCE)).stream()
              .map(one -> new Telling(one.touch().toString(), "delivered", null, null))
              .toList();
      service.jdbi.useTransaction(handle -> service.outcomes.take(handle, some, "tests"));
    }
  }

  private void tell(int step, Tally tally, DurableServer server, Map<String, Size> queues) {
    System.out.printf(
        Locale.ROOT,
        "step %d: %d touches, %d s%n",
        step,
        tally.touches(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
    queues.forEach(
        (name, size) -> System.out.printf(Locale.ROOT, "  queue   %-16s %s%n", name, size));
    Map<String, Object> history = new TreeMap<>(server.sizes(HISTORY));
    for (String table : List.of("decision", "audit_event")) {
      long bytes =
          server
              .jdbi()
              .withHandle(
                  handle ->
                      handle.createQuery(PARTITIONS).bind("table", table).mapTo(Long.class).one());
      history.put(table, String.format(Locale.ROOT, "%.1f MB", bytes / 1e6));
    }
    history.forEach(
        (name, size) -> System.out.printf(Locale.ROOT, "  history %-16s %s%n", name, size));
  }

  /**
   * Dead versions pile up until the next vacuum, and leave room that is used again. Without that
   * the queues would have some gigabytes after a million touches; a short run tells nothing.
   */
  private void assertBounded(Map<String, Size> first, Map<String, Size> last) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    long between =
        Math.round(PEOPLE * STEPS / seconds * VACUUM_WITHIN.toSeconds() * BYTES_BETWEEN_VACUUMS);
    assertThat(last)
        .allSatisfy(
            (name, size) ->
                assertThat(size.bytes())
                    .as(name)
                    .isLessThanOrEqualTo(
                        2 * Objects.requireNonNull(first.get(name)).bytes() + between));
  }
}

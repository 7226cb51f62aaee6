package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.schedule.Tally.Came;

/**
 * What it costs that some other transaction holds a snapshot for ten minutes, so that no dead row
 * goes: portions of people are written, held back by a kill switch and handed over at full speed
 * when it is lifted, the same number before, while and after the snapshot is held. Every person
 * leaves five dead versions of its next look and one of its touch. {@code mvn verify
 * -Dtest=HeldSnapshotTest -Dtest.excluded=none}; shorter with {@code -Drekindle.held.seconds=60
 * -Drekindle.people=3000}.
 */
@Tag("benchmark")
class HeldSnapshotTest {
  private static final int PORTION = Integer.getInteger("rekindle.people", 20_000);
  private static final Duration HELD =
      Duration.ofSeconds(Integer.getInteger("rekindle.held.seconds", 600));
  private static final int WARM_UPS = 3;
  private static final int BEFORE = 3;
  private static final int AFTER = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path folder;

  private final Tally tally;
  private final FakePlatform platform = new FakePlatform();
  private int portions;

  HeldSnapshotTest() {
    tally = platform.counting();
  }

  @Test
  void handOvers_underAHeldSnapshot() throws Exception {
    try (platform;
        var database = new DurableServer();
        var service = new ServiceProcess(folder, "held", database.url(), platform::takes)) {
      boolean started = service.start();
      assertThat(started).as(service.log()).isTrue();
      several(WARM_UPS, "warm-up", database, service);
      List<Double> before = several(BEFORE, "before", database, service);
      List<Double> during = new ArrayList<>();
      try (Handle holder = database.jdbi().open()) {
        hold(holder);
        long start = System.nanoTime();
        while (System.nanoTime() - start < HELD.toNanos() || during.size() < BEFORE) {
          long held = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
          during.add(portion("held " + held + " s", database, service));
        }
        holder.rollback();
      }
      List<Double> after = several(AFTER, "after", database, service);
      tell(before, during, after);
      assertThat(tally.repeated()).isEmpty();
      assertThat(tally.touches()).isEqualTo(portions * PORTION);
    }
  }

  private static void hold(Handle holder) throws SQLException {
    holder.getConnection().setAutoCommit(false);
    holder.getConnection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    holder.createQuery("select id from person limit 1").mapTo(String.class).one();
  }

  /** Beside the portions before and after it, all of a warm process. */
  private static void tell(List<Double> before, List<Double> during, List<Double> after) {
    var without = new ArrayList<>(before);
    without.addAll(after);
    double usual = median(without);
    List<Double> last = during.subList(during.size() - during.size() / 3, during.size());
    System.out.printf(
        Locale.ROOT,
        "touches a second, medians: without a held snapshot %.0f (before %.0f, after %.0f), while one was held for"
            + " %d s %.0f (%.2f to 1), in its last third %.0f (%.2f to 1)%n",
        usual,
        median(before),
        median(after),
        HELD.toSeconds(),
        median(during),
        median(during) / usual,
        median(last),
        median(last) / usual);
  }

  private static double median(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private List<Double> several(
      int times, String name, DurableServer database, ServiceProcess service) throws Exception {
    var rates = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      rates.add(portion(name, database, service));
    }
    return rates;
  }

  /** Hands a portion over, and tells how many touches a second the middle four fifths went at. */
  private double portion(String name, DurableServer database, ServiceProcess service)
      throws Exception {
    Jdbi jdbi = database.jdbi();
    String stop = stop(service);
    int number = portions++;
    people(service, number);
    until("everybody is held back", () -> number(jdbi, HELD_BACK) == PORTION);
    post(service, "/v1/schedule/stops/" + stop + "/lift");
    until("all are handed over", () -> tally.touches() == portions * PORTION);
    until("all is recorded", () -> number(jdbi, UNDER_WAY) == 0);
    double rate = rate(tally.take());
    System.out.printf(
        Locale.ROOT,
        "%-10s %6.0f touches a second; %s%n",
        name,
        rate,
        database.sizes(List.of("next_look", "touch")));
    return rate;
  }

  private static final String HELD_BACK =
      "select count(*) from next_look where reasons @> array['stopped']";

  private static final String UNDER_WAY =
      "select count(*) from touch where lease_until is not null";

  private static String stop(ServiceProcess service) throws Exception {
    return new ObjectMapper()
        .readTree(post(service, "/v1/schedule/stops", "\"kind\":\"everything\","))
        .path("id")
        .textValue();
  }

  private static String post(ServiceProcess service, String path) throws Exception {
    return post(service, path, "");
  }

  private static String post(ServiceProcess service, String path, String fields) throws Exception {
    HttpResponse<String> answer =
        service.send(
            service
                .request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString("{" + fields + "\"reason\":\"a portion\"}")));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return answer.body();
  }

  private static void people(ServiceProcess service, int portion) throws Exception {
    People.stalled(
        service, IntStream.range(0, PORTION).mapToObj(i -> "h-" + portion + "-" + i).toList());
  }

  private static long number(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static double rate(List<Came> came) {
    long[] at = came.stream().mapToLong(Came::atMillis).sorted().toArray();
    int first = at.length / 10;
    int last = at.length - 1 - at.length / 10;
    return (last - first) * 1000.0 / (at[last] - at[first]);
  }
}

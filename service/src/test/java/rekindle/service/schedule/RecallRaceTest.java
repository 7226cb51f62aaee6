package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.schedule.FakePlatform.Request;

/**
 * Noes race hand-overs to the same people, some milliseconds before or after. A trigger that runs
 * as the last thing before each commit of a reservation looks whether the no is committed by then:
 * if so, nothing may be reserved. And what the platform got after a no was answered is told, with
 * how long after. The long form: {@code -Drekindle.races=10000}.
 */
class RecallRaceTest {
  private static final FakePlatform PLATFORM = new FakePlatform();
  private static final int RACES = Integer.getInteger("rekindle.races", 600);
  private static final int SPIN_NANOS = 5_000_000;

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            configuration
                .putObject("api")
                .put("adminKey", RunningService.ADMIN_KEY)
                .put("requestsPerSecondPerKey", 0);
            PLATFORM.takes(configuration);
          });

  private static final String WITNESS =
      """
      create table witness (touch_id text not null, revoked boolean not null);
      create function see_no() returns trigger language plpgsql as $$
      begin
        if new.state = 'handing_over' then
          insert into witness
          select new.id, exists (select from suppression s where s.contact_id = new.contact_id);
        end if;
        return null;
      end
      $$;
      create constraint trigger witness after insert or update on touch
        deferrable initially deferred for each row execute function see_no();
      """;

  private final Map<String, Long> answeredMillis = new ConcurrentHashMap<>();

  @AfterAll
  static void after() throws Exception {
    PLATFORM.close();
  }

  @Test
  void touch_whoseNoIsCommitted_isNotReserved() throws Exception {
    var people = new People(SERVICE);
    people(people);
    SERVICE
        .jdbi()
        .useHandle(
            handle -> {
              handle.createScript(WITNESS).execute();
              handle.execute("update next_look set due_at = now() + interval '10 days'");
            });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    var together = new CyclicBarrier(2);
    List<Future<?>> running = new ArrayList<>();
    running.add(threads.submit(() -> noes(people, together)));
    running.add(threads.submit(() -> looks(together)));
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();
    judge();
  }

  private Void noes(People people, CyclicBarrier together) throws Exception {
    var random = new Random(5);
    for (int i = 0; i < RACES; i++) {
      together.await();
      spin(random.nextInt(SPIN_NANOS));
      people.event("rr-" + i, "\"kind\":\"opt_out\",\"channel\":\"email\"");
      answeredMillis.put("rr-" + i, System.currentTimeMillis());
    }
    return null;
  }

  private static Void looks(CyclicBarrier together) throws Exception {
    var random = new Random(6);
    for (int i = 0; i < RACES; i++) {
      String person = "p-rr-" + i;
      together.await();
      spin(random.nextInt(SPIN_NANOS));
      SERVICE
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "update next_look set due_at = now() where person_id = ?", person));
      SERVICE.look();
    }
    return null;
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void people(People people) throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < RACES; i++) {
      lines
          .append(
              "{\"id\":\"rr-%d\",\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                  .formatted(i))
          .append(People.stalledFields("rr-" + i))
          .append("}\n");
    }
    var answer =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts", people.operator)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString())));
    assertThat(answer.body().lines()).hasSize(RACES);
  }

  private void judge() throws Exception {
    Map<Boolean, Long> seen = new TreeMap<>();
    SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select revoked, count(*) from witness group by revoked")
                    .map((row, context) -> Map.entry(row.getBoolean(1), row.getLong(2)))
                    .list())
        .forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
    int got = 0;
    int late = 0;
    long latest = 0;
    for (List<Request> requests : PLATFORM.accepted().values()) {
      for (Request request : requests) {
        var body = new ObjectMapper().readTree(request.body());
        if (body.path("type").asText().equals("touch.due")) {
          got++;
          long after =
              request.atMillis()
                  - answeredMillis.getOrDefault(body.at("/data/contactId").asText(), 0L);
          late += after > 0 ? 1 : 0;
          latest = Math.max(latest, after);
        }
      }
    }
    System.out.printf(
        "%d races; touches reserved before the no was committed: %d, after it: %d; the platform got %d, of them %d after the no was answered, %d ms at most%n",
        RACES, seen.getOrDefault(false, 0L), seen.getOrDefault(true, 0L), got, late, latest);
    assertThat(seen).doesNotContainKey(true).containsKey(false);
    assertThat(seen.get(false)).isLessThan(RACES);
  }
}

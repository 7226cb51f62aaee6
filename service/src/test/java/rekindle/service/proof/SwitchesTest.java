package rekindle.service.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.json.StrictJson;
import rekindle.service.EditedWorkbooks;
import rekindle.service.database.TestDatabase;

/**
 * Three processes on one database under load, while the active release is switched to and fro.
 * {@code -Drekindle.switches=} says how often.
 */
@Tag("proof")
class SwitchesTest {
  private static final int SWITCHES = Integer.getInteger("rekindle.switches", 50);
  private static final int PROCESSES = 3;
  private static final int CALLERS_PER_PROCESS = 2;
  private static final int CONTACTS = 300;
  private static final String RELEASES = "/v1/policies/releases";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder;

  /** One answered request; instants are nanoseconds of this process. */
  private record Asked(long start, long end, int status, String release, String id) {
    long nanos() {
      return end - start;
    }
  }

  /** One switch, from the request for it to its answer. */
  private record Switch(long start, long end, String to) {}

  private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final List<Switch> switches = new ArrayList<>();
  private final AtomicBoolean ends = new AtomicBoolean();

  @Test
  void releases_switchedUnderLoadInThreeProcesses_failNoRequest() throws Exception {
    List<RunningService> services = started();
    RunningService first = services.get(0);
    contacts(first);
    List<String> releases = releases(first);
    ExecutorService callers = Executors.newFixedThreadPool(PROCESSES * CALLERS_PER_PROCESS);
    for (int i = 0; i < PROCESSES * CALLERS_PER_PROCESS; i++) {
      RunningService service = services.get(i % PROCESSES);
      int seed = i;
      callers.execute(() -> ask(service, new Random(seed)));
    }
    for (int i = 0; i < SWITCHES; i++) {
      TimeUnit.SECONDS.sleep(1);
      switchTo(services.get(i % PROCESSES), releases.get(i % 2));
    }
    ends.set(true);
    callers.shutdown();
    assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    judge(services, releases);
    services.forEach(RunningService::stop);
  }

  private List<RunningService> started() throws Exception {
    var services = new ArrayList<RunningService>();
    Path shared = Files.createDirectory(folder.resolve("keys"));
    for (int i = 0; i < PROCESSES; i++) {
      var service =
          new RunningService(
              Files.createDirectory(folder.resolve("process-" + i)),
              List.of("-Xmx600m"),
              Map.of(
                  "REKINDLE_DATABASE_URL", DATABASE.url(),
                  "REKINDLE_DATABASE_USER", "postgres",
                  "REKINDLE_DATA", shared.toString()));
      service.start();
      services.add(service);
    }
    return services;
  }

  private static void contacts(RunningService service) {
    var lines = new StringBuilder();
    for (int i = 0; i < CONTACTS; i++) {
      lines.append(
          "{\"id\":\"c-%d\",\"program\":\"club\",\"country\":\"US\",\"email\":\"c%d@example.com\",\"relationship\":\"customer\",\"orders\":[{\"id\":\"o\",\"orderedAt\":\"2026-01-01\"}]}\n"
              .formatted(i, i));
    }
    HttpResponse<byte[]> response =
        service.post(
            "/v1/contacts", "application/x-ndjson", BodyPublishers.ofString(lines.toString()));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  /** The first release, and one of another author that was active before it. */
  private static List<String> releases(RunningService service) throws Exception {
    String approver = key(service, "approver");
    String author = key(service, "author");
    String first = json(service.get("/v1/policies")).at("/active/id").textValue();
    byte[] segments = service.get(RELEASES + "/active/segments.xlsx").body();
    var upload =
        service
            .request(RELEASES, author)
            .header("Content-Type", "application/zip")
            .POST(
                BodyPublishers.ofByteArray(
                    EditedWorkbooks.zip(
                        "segments", EditedWorkbooks.withProgram(segments, "club", 20))));
    String second = json(service.send(upload)).path("id").textValue();
    post(service, author, RELEASES + "/" + second + "/submit", "{}");
    post(service, approver, RELEASES + "/" + second + "/approve", "{}");
    post(service, approver, RELEASES + "/" + second + "/activate", "{}");
    return List.of(first, second);
  }

  private static String key(RunningService service, String role) {
    post(
        service,
        RunningService.KEY,
        "/v1/clients",
        "{\"name\":\"the-%s\",\"roles\":[\"%s\"]}".formatted(role, role));
    return json(service.postJson("/v1/clients/the-" + role + "/keys", "")).path("key").textValue();
  }

  private static JsonNode post(RunningService service, String key, String path, String body) {
    HttpResponse<byte[]> response =
        service.send(
            service
                .request(path, key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    JsonNode json = json(response);
    assertThat(response.statusCode()).as("%s: %s", path, json).isIn(200, 201);
    return json;
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return StrictJson.read(response.body());
  }

  private void ask(RunningService service, Random random) {
    while (!ends.get()) {
      long start = System.nanoTime();
      HttpResponse<byte[]> response =
          service.get("/v1/contacts/c-" + random.nextInt(CONTACTS) + "/next-best-touch");
      long end = System.nanoTime();
      String body = new String(response.body(), StandardCharsets.UTF_8);
      JsonNode decision = StrictJson.read(response.body());
      asked.add(
          new Asked(
              start,
              end,
              response.statusCode(),
              decision.path("release").asText(body),
              decision.path("id").asText()));
    }
  }

  private void switchTo(RunningService service, String release) {
    long start = System.nanoTime();
    JsonNode active =
        post(
            service,
            RunningService.KEY,
            "/v1/policies/rollback",
            "{\"to\":\"%s\",\"reason\":\"to and fro\"}".formatted(release));
    assertThat(active.path("state").textValue()).isEqualTo("active");
    switches.add(new Switch(start, System.nanoTime(), release));
  }

  private void judge(List<RunningService> services, List<String> releases) {
    assertThat(asked).allSatisfy(one -> assertThat(one.status()).isEqualTo(200));
    assertThat(asked).allSatisfy(one -> assertThat(releases).contains(one.release()));
    for (int i = 0; i < switches.size(); i++) {
      Switch done = switches.get(i);
      long next = i + 1 < switches.size() ? switches.get(i + 1).start() : Long.MAX_VALUE;
      assertThat(asked.stream().filter(one -> one.start() > done.end() && one.end() < next))
          .as("after switch %d, in whatever process", i)
          .allMatch(one -> one.release().equals(done.to()));
    }
    int replayed = 0;
    for (Asked one : asked) {
      if (replayed++ % 20 == 0) {
        byte[] replay =
            services.get(0).postJson("/v1/decisions/" + one.id() + "/replay", "").body();
        assertThat(new String(replay, StandardCharsets.UTF_8)).contains("\"equal\":true");
      }
    }
    Predicate<Asked> during =
        one -> switches.stream().anyMatch(s -> one.end() > s.start() && one.start() < s.end());
    System.out.printf(
        Locale.ROOT,
        "%d switches, each %.2f s (median) until all %d processes decided by it; %d decisions, none failed; %d replayed equal%n",
        switches.size(),
        millis(switches.stream().map(s -> s.end() - s.start()).sorted().toList(), 0.5) / 1000,
        PROCESSES,
        asked.size(),
        (asked.size() + 19) / 20);
    print("during a switch", asked.stream().filter(during).map(Asked::nanos).sorted().toList());
    print("otherwise", asked.stream().filter(during.negate()).map(Asked::nanos).sorted().toList());
  }

  private static void print(String when, List<Long> sorted) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d decisions, p50 %.1f ms, p99 %.1f ms, largest %.1f ms%n",
        when,
        sorted.size(),
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        millis(sorted, 1));
  }

  private static double millis(List<Long> sorted, double quantile) {
    return sorted.get((int) Math.ceil((sorted.size() - 1) * quantile)) / 1e6;
  }
}

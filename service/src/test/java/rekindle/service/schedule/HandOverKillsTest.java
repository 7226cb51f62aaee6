package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;
import rekindle.service.schedule.FakePlatform.Behaviour;
import rekindle.service.schedule.FakePlatform.Request;

/**
 * Kills the service again and again, at each crash point and at random moments, while it hands
 * touches over to a platform that times out, fails after it accepted, cuts connections and is slow.
 * Judged by what the platform got: no person gets a touch twice, none is lost, every doubt ends,
 * and nothing comes before its reservation is committed, which takes as long as on a slow disk. The
 * long form, with twice as many kills as rounds: {@code mvn verify -Dtest=HandOverKillsTest
 * -Drekindle.rounds=107}.
 */
class HandOverKillsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final int ROUNDS = Integer.getInteger("rekindle.rounds", 5);
  private static final int PEOPLE_PER_KILL = 40;
  private static final long SEED = Long.getLong("rekindle.seed", 11);
  private static final List<String> POINTS =
      List.of(
          "after-look",
          "after-send",
          "before-send",
          "before-record",
          "after-record",
          "after-claim",
          "before-look",
          "");

  /** A service that lives for seconds is not worth much compiling. */
  private static final String QUICKLY = "-XX:TieredStopAtLevel=1";

  private static final int ALIVE_MILLIS_MAX = 3_000;

  @TempDir Path folder;

  /** Else what is sent before the commit would come after it nearly always. */
  private static final String SLOW_COMMIT =
      """
      create function commit_slowly() returns trigger language plpgsql as $$
      begin
        perform pg_sleep(0.01);
        return null;
      end
      $$;
      create constraint trigger slow_commit after insert or update on touch
        deferrable initially deferred for each row when (new.state = 'handing_over')
        execute function commit_slowly();
      """;

  private final Random random = new Random(SEED);
  private final Set<String> tooEarly = ConcurrentHashMap.newKeySet();

  @Test
  void touches_whateverIsKilled_areHandedOverOnce_andNoneIsLost() throws Exception {
    try (var platform = new FakePlatform();
        var service = service(platform)) {
      DATABASE.jdbi().useHandle(handle -> handle.createScript(SLOW_COMMIT).execute());
      platform.behave(this::taken);
      platform.askable(false);
      service.start(QUICKLY);
      int kills = 0;
      int people = 0;
      for (int round = 0; round < ROUNDS; round++) {
        people(service, people, PEOPLE_PER_KILL);
        people += PEOPLE_PER_KILL;
        String point = POINTS.get(round % POINTS.size());
        service.ended(random.nextInt(ALIVE_MILLIS_MAX));
        service.kill();
        kills++;
        if (!point.isEmpty()
            && service.start(QUICKLY, "-Drekindle.crash=" + point + ":" + random.nextInt(3))) {
          // What was interrupted is due again, or somebody new is.
          DATABASE
              .jdbi()
              .useHandle(handle -> handle.execute("update next_look set due_at = now()"));
          service.ended(20_000);
        }
        service.kill();
        kills += point.isEmpty() ? 0 : 1;
        assertThat(service.start(QUICKLY)).isTrue();
      }
      platform.askable(true);
      settle();
      judge(platform, kills, people);
      assertThat(tooEarly).as("touches that came before their reservation was committed").isEmpty();
    }
  }

  private ServiceProcess service(FakePlatform platform) throws Exception {
    return new ServiceProcess(
        folder,
        "service",
        DATABASE.url(),
        configuration -> {
          configuration.putObject("schedule").put("lease", "5s");
          platform.takes(configuration).put("statusUrl", platform.url()).put("connectionsMax", 8);
          ObjectNode ways = configuration.withObject("/handOver").put("doubtWithin", "40s");
          ways.putObject("sendWithin").put("email", "2s");
        });
  }

  private Behaviour taken(Request request) {
    if (!isReserved(request)) {
      tooEarly.add(request.key());
    }
    return behaviour(request);
  }

  /** Whether the touch is committed as one that is being handed over, or has become doubtful. */
  private static boolean isReserved(Request request) {
    return !request.body().contains("\"touch.due\"")
        || DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select exists (select from touch where id = :id and state in ('handing_over', 'in_doubt'))")
                        .bind("id", request.key())
                        .mapTo(Boolean.class)
                        .one());
  }

  private synchronized Behaviour behaviour(Request request) {
    if (!request.body().contains("\"touch.due\"")) {
      return Behaviour.ACCEPT;
    }
    int draw = random.nextInt(100);
    if (draw < 60) {
      return Behaviour.ACCEPT;
    } else if (draw < 67) {
      return Behaviour.ACCEPT_AND_FAIL;
    } else if (draw < 74) {
      return Behaviour.ACCEPT_AND_CUT;
    } else if (draw < 76) {
      return Behaviour.ACCEPT_AND_HANG;
    } else if (draw < 84) {
      return Behaviour.ACCEPT_SLOWLY;
    } else if (draw < 88) {
      return Behaviour.REFUSE;
    } else if (draw < 92) {
      return Behaviour.TOO_MANY;
    }
    return draw < 96 ? Behaviour.FAIL : Behaviour.CUT;
  }

  private static void people(ServiceProcess service, int from, int count) throws Exception {
    var lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      lines
          .append(
              "{\"id\":\"k-%d\",\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                  .formatted(i))
          .append(People.stalledFields("k-" + i))
          .append("}\n");
    }
    assertThat(service.post("/v1/contacts", "application/x-ndjson", lines.toString()).statusCode())
        .isEqualTo(200);
  }

  private static final String UNDER_WAY =
      """
      select (select count(*) from touch where state in ('leased', 'sending', 'handing_over', 'in_doubt', 'released'))
           + (select count(*) from next_look where due_at <= now() or reasons && array['platform_unavailable', 'platform_busy'])
      """;

  /** Waits until nothing is under way, due or in doubt any more. */
  private static void settle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    long left = 1;
    while (left > 0) {
      assertThat(System.nanoTime()).as("%d are still under way", left).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(200);
      left =
          DATABASE
              .jdbi()
              .withHandle(handle -> handle.createQuery(UNDER_WAY).mapTo(Long.class).one());
    }
  }

  private static void judge(FakePlatform platform, int kills, int people) throws Exception {
    Map<String, Integer> messages = new HashMap<>();
    for (List<Request> sent : platform.accepted().values()) {
      for (Request request : sent) {
        JsonNode body = new ObjectMapper().readTree(request.body());
        if (body.path("type").asText().equals("touch.due")) {
          messages.merge(body.at("/data/contactId").asText(), 1, Integer::sum);
        }
      }
    }
    Map<String, Long> states = new HashMap<>();
    DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select state, count(*) from touch group by state")
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .list())
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    long doubtful =
        number("select count(distinct touch_id) from touch_event where outcome = 'in_doubt'");
    long lost =
        number(
            "select count(*) from contact c where not exists (select from touch t"
                + " where t.contact_id = c.id and t.state in ('handed_over', 'unknown', 'rejected'))");
    long unlogged =
        messages.keySet().stream()
            .filter(
                contact ->
                    DATABASE
                        .jdbi()
                        .withHandle(
                            handle ->
                                handle
                                    .createQuery(
                                        "select not exists (select from touch where contact_id = :contact"
                                            + " and state in ('handed_over', 'unknown'))")
                                    .bind("contact", contact)
                                    .mapTo(Boolean.class)
                                    .one()))
            .count();
    System.out.printf(
        "%d kills; %d people, %d got a message; touches by state %s; %d were in doubt, %d unknown at the end; %d lost, %d unlogged%n",
        kills,
        people,
        messages.size(),
        states,
        doubtful,
        states.getOrDefault("unknown", 0L),
        lost,
        unlogged);
    assertThat(messages)
        .as("messages by contact")
        .allSatisfy((contact, n) -> assertThat(n).isEqualTo(1));
    assertThat(lost).isZero();
    assertThat(unlogged).isZero();
    assertThat(states).doesNotContainKeys("leased", "sending", "handing_over", "in_doubt");
  }

  private static long number(String sql) {
    return DATABASE.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}

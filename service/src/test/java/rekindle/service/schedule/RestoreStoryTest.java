package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;
import rekindle.service.schedule.FakePlatform.Behaviour;
import rekindle.service.schedule.FakePlatform.Request;

/**
 * A backup, hand-overs after it, a restore of it, and the way back to sending: nobody gets a touch
 * twice (RELIABILITY, F-14).
 */
class RestoreStoryTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String RESTORED = "restored_to_send";
  private static final String EVERYTHING = "{\"kind\":\"everything\",\"reason\":\"not yet\"}";

  @TempDir Path folder;

  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(300);

  @Test
  void restoredService_sendsNothing_untilItIsReconciled_andThenNothingTwice() throws Exception {
    Path backup = folder.resolve("backup.zip");
    try (var platform = new FakePlatform()) {
      try (var service = service(platform, "first", DATABASE.url())) {
        service.start();
        contacts(service, 1, 3);
        until(() -> contactsReached(platform).size() == 3);
        until(() -> count(DATABASE.jdbi(), "touch where state = 'handed_over'") == 3);
        // Not taken for now: the ledger knows of it, and of nothing sent.
        platform.behave(request -> Behaviour.TOO_MANY);
        contacts(service, 4, 4);
        until(() -> count(DATABASE.jdbi(), "touch where state = 'released'") == 1);
        String stop = post(service, "/v1/schedule/stops", EVERYTHING).path("id").textValue();
        contacts(service, 5, 6);
        until(() -> stopped(DATABASE.jdbi()) >= 2);
        service.command("backup", backup.toString());
        platform.behave(request -> Behaviour.ACCEPT);
        lift(service, stop);
        until(() -> contactsReached(platform).size() == 6);
        service.kill();
      }
      DATABASE.jdbi().useHandle(handle -> handle.execute("create database " + RESTORED));
      String url = DATABASE.url().replaceFirst("[^/]*$", RESTORED);
      try (var service = service(platform, "second", url)) {
        assertThat(service.command("restore", backup.toString()))
            .contains("nothing is sent until somebody lifts kill switch")
            .contains("/v1/reconciliations");
        service.start();
        Jdbi restored = Jdbi.create(url, "postgres", "unused");
        reconciled(service, platform, restored);
        assertThat(contactsReached(platform)).hasSize(7);
        perContact(platform)
            .forEach((contact, messages) -> assertThat(messages).as(contact).isEqualTo(1));
      } finally {
        DATABASE
            .jdbi()
            .useHandle(handle -> handle.execute("drop database " + RESTORED + " with (force)"));
      }
    }
  }

  private void reconciled(ServiceProcess service, FakePlatform platform, Jdbi restored)
      throws Exception {
    restored.useHandle(handle -> handle.execute("update next_look set due_at = now()"));
    until(() -> stopped(restored) >= 2 && count(restored, "next_look where due_at <= now()") == 0);
    JsonNode first = post(service, "/v1/reconciliations", list(platform));
    assertThat(first.at("/both/count").intValue()).as(first.toString()).isEqualTo(3);
    assertThat(first.at("/theirsOnly/results/recorded").intValue()).isEqualTo(3);
    assertThat(first.at("/theirsOnly/count").intValue()).isEqualTo(3);
    JsonNode second = post(service, "/v1/reconciliations", list(platform));
    assertThat(second.at("/both/results/known").intValue()).as(second.toString()).isEqualTo(6);
    assertThat(second.at("/theirsOnly/count").intValue()).isZero();
    List<String> stops =
        restored.withHandle(
            handle ->
                handle
                    .createQuery("select id::text from stop where lifted_at is null order by since")
                    .mapTo(String.class)
                    .list());
    assertThat(stops).hasSize(2);
    for (String stop : stops) {
      lift(service, stop);
    }
    contacts(service, 7, 7);
    until(() -> contactsReached(platform).contains("rs-7"));
    until(() -> stopped(restored) == 0);
    until(() -> count(restored, "next_look where due_at <= now()") == 0);
    until(() -> count(restored, "touch where state = 'handing_over'") == 0);
  }

  private ServiceProcess service(FakePlatform platform, String name, String url) throws Exception {
    return new ServiceProcess(folder, name, url, platform::takes);
  }

  /** What the platform got, as it lists it. */
  private String list(FakePlatform platform) throws Exception {
    ObjectNode list = JSON.createObjectNode();
    list.put("route", "esp").put("from", begin.toString());
    list.put("to", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    ArrayNode accepted = list.putArray("accepted");
    for (List<Request> messages : platform.accepted().values()) {
      Request message = messages.get(0);
      JsonNode data = JSON.readTree(message.body()).path("data");
      JsonNode decision = data.path("decision");
      accepted
          .addObject()
          .put("touchId", message.key())
          .put("acceptedAt", Instant.ofEpochMilli(message.atMillis()).toString())
          .put("contactId", data.path("contactId").textValue())
          .put("personId", decision.path("personId").textValue())
          .put("sequence", decision.at("/touch/sequence").textValue())
          .put("step", decision.at("/touch/step").intValue())
          .put("channel", data.path("channel").textValue());
    }
    return list.toString();
  }

  private static TreeMap<String, Integer> perContact(FakePlatform platform) {
    var counts = new TreeMap<String, Integer>();
    platform
        .accepted()
        .values()
        .forEach(
            messages ->
                messages.forEach(message -> counts.merge(contact(message), 1, Integer::sum)));
    return counts;
  }

  private static Set<String> contactsReached(FakePlatform platform) {
    return new TreeSet<>(perContact(platform).keySet());
  }

  private static String contact(Request message) {
    try {
      return JSON.readTree(message.body()).at("/data/contactId").textValue();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void contacts(ServiceProcess service, int from, int to) throws Exception {
    var lines = new StringBuilder();
    for (int i = from; i <= to; i++) {
      lines
          .append(
              "{\"id\":\"rs-%d\",\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                  .formatted(i))
          .append(People.stalledFields("rs-" + i))
          .append("}\n");
    }
    assertThat(service.post("/v1/contacts", "application/x-ndjson", lines.toString()).statusCode())
        .isEqualTo(200);
  }

  private static JsonNode post(ServiceProcess service, String path, String body) throws Exception {
    HttpResponse<String> answer = service.post(path, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static void lift(ServiceProcess service, String stop) throws Exception {
    post(service, "/v1/schedule/stops/" + stop + "/lift", "{\"reason\":\"reconciled\"}");
  }

  private static long stopped(Jdbi jdbi) {
    return count(jdbi, "next_look where reasons @> array['stopped']");
  }

  private static long count(Jdbi jdbi, String rows) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + rows).mapTo(Long.class).one());
  }

  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

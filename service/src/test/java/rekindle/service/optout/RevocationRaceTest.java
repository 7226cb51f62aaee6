package rekindle.service.optout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/**
 * A thousand noes race a thousand decisions for the same people. A trigger that runs as the last
 * thing before each commit of a decision looks whether the no is committed by then: if so, the
 * decision must obey it.
 */
class RevocationRaceTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  private static final int PEOPLE = 1_000;
  private static final int PAIRS = 2;

  private static final String WITNESS =
      """
      create table witness (verdict text not null, revoked boolean not null);
      create function see_revocation() returns trigger language plpgsql as $$
      begin
        insert into witness
        select new.verdict, exists (select from suppression s where s.contact_id = new.contact_id);
        return null;
      end
      $$;
      """;

  @Test
  void decision_thatCommitsAfterANo_obeysIt() throws Exception {
    String operator = SERVICE.newKey("operator");
    String sender = SERVICE.newKey("sender");
    people(operator);
    witness();
    ExecutorService threads = Executors.newFixedThreadPool(2 * PAIRS);
    var running = new ArrayList<Future<?>>();
    for (int pair = 0; pair < PAIRS; pair++) {
      int first = pair;
      var together = new CyclicBarrier(2);
      var random = new Random(pair);
      running.add(
          threads.submit(
              () -> {
                for (int i = first; i < PEOPLE; i += PAIRS) {
                  together.await();
                  int status =
                      SERVICE
                          .post(
                              "/v1/events",
                              sender,
                              "{\"id\":\"race-%d\",\"kind\":\"opt_out\",\"contactId\":\"race-%d\",\"scope\":[\"all\"]}"
                                  .formatted(i, i))
                          .statusCode();
                  assertThat(status).isEqualTo(200);
                }
                return null;
              }));
      running.add(
          threads.submit(
              () -> {
                for (int i = first; i < PEOPLE; i += PAIRS) {
                  together.await();
                  for (int spin = random.nextInt(300_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                  }
                  int status =
                      SERVICE
                          .get("/v1/contacts/race-" + i + "/next-best-touch", sender)
                          .statusCode();
                  assertThat(status).isEqualTo(200);
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();
    judge();
  }

  private void judge() {
    List<String> seen =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select revoked || ' ' || verdict || ' ' || count(*) from witness group by revoked, verdict order by 1")
                        .mapTo(String.class)
                        .list());
    System.out.println("Decisions by whether the no was committed before them: " + seen);
    assertThat(seen)
        .filteredOn(line -> line.startsWith("true"))
        .allMatch(l -> l.contains("suppress"));
    assertThat(seen).anyMatch(line -> line.startsWith("true"));
  }

  private static void people(String operator) throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < PEOPLE; i++) {
      lines.append(
          "{\"id\":\"race-%d\",\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],\"email\":\"race%d@example.com\"}\n"
              .formatted(i, i));
    }
    var answer =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts", operator)
                .header("Content-Type", "application/x-ndjson")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(lines.toString())));
    assertThat(answer.body().lines()).hasSize(PEOPLE);
  }

  private static void witness() {
    SERVICE
        .jdbi()
        .useHandle(
            handle -> {
              handle.createScript(WITNESS).execute();
              List<String> partitions =
                  handle
                      .createQuery(
                          "select inhrelid::regclass::text from pg_inherits where inhparent = 'decision'::regclass")
                      .mapTo(String.class)
                      .list();
              for (String partition : partitions) {
                handle.execute(
                    "create constraint trigger witness after insert on "
                        + partition
                        + " deferrable initially deferred for each row execute function see_revocation()");
              }
            });
  }
}

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
 * What forbids a touch races the hand-over to the same people, some milliseconds before or after: a
 * no, which the lock of the person and the stripe of restrictions both keep away; a no of somebody
 * else who has the same address, which the stripe alone keeps away; and a purchase, which the lock
 * alone does. A trigger that runs as the last thing before each commit of a reservation looks
 * whether it is committed by then: if so, nothing may be reserved. What was reserved before must be
 * recalled. And what the platform got after a no was answered is told, with how long after. The
 * long form: {@code -Drekindle.races=10000}.
 */
class RecallRaceTest {
  private static final FakePlatform PLATFORM = new FakePlatform();
  private static final int RACES = Integer.getInteger("rekindle.races", 600);
  private static final int PEOPLE_AT_ONCE = 1_000;
  private static final int SPIN_NANOS = 5_000_000;
  private static final int STEP_NANOS = 500_000;
  private static final int AHEAD_MAX = 100_000_000;

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
      create table witness (touch_id text not null, contact_id text not null, forbidden boolean not null);
      create function see_no() returns trigger language plpgsql as $$
      begin
        if new.state = 'handing_over' then
          insert into witness
          select new.id, new.contact_id,
                 exists (select from suppression s where s.contact_id = new.contact_id)
                 or exists (select from contact_address ca join address_suppression s using (address_id)
                             where ca.contact_id = new.contact_id)
                 or exists (select from response r where r.contact_id = new.contact_id);
        end if;
        return null;
      end
      $$;
      create constraint trigger witness after insert or update on touch
        deferrable initially deferred for each row execute function see_no();
      """;

  /** What forbids the touch. */
  private enum Why {
    OWN_NO,
    NO_FOR_THE_ADDRESS,
    PURCHASE;

    static Why of(int race) {
      return values()[race % values().length];
    }

    static Why of(String contact) {
      return of(Integer.parseInt(contact.substring("rr-".length())));
    }
  }

  private final Map<String, Long> answeredMillis = new ConcurrentHashMap<>();

  /**
   * By how much the look starts first, by what forbids it. Follows what the last races came to, so
   * that about half of them are won, however fast the machine is.
   */
  private final Map<Why, Integer> aheadNanos = new ConcurrentHashMap<>();

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
    running.add(threads.submit(() -> forbid(people, together)));
    running.add(threads.submit(() -> looks(together)));
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();
    // A purchase of just before the reservation ends the touch with the next look: the last race
    // needs one after it, as the others have.
    SERVICE.look();
    judge();
  }

  private Void forbid(People people, CyclicBarrier together) throws Exception {
    var random = new Random(5);
    for (int i = 0; i < RACES; i++) {
      together.await();
      spin(random.nextInt(SPIN_NANOS) + aheadNanos.getOrDefault(Why.of(i), 0));
      String no = "\"kind\":\"opt_out\",\"channel\":\"email\"";
      switch (Why.of(i)) {
        case OWN_NO -> people.event("rr-" + i, no);
        case NO_FOR_THE_ADDRESS -> people.event("ro-" + i, no);
        case PURCHASE -> people.event("rr-" + i, "\"kind\":\"purchase\"");
      }
      answeredMillis.put("rr-" + i, System.currentTimeMillis());
    }
    return null;
  }

  private Void looks(CyclicBarrier together) throws Exception {
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
      Why why = Why.of(i);
      int ahead =
          aheadNanos.getOrDefault(why, 0) + (isReserved("rr-" + i) ? -STEP_NANOS : STEP_NANOS);
      aheadNanos.put(why, Math.min(Math.max(0, ahead), AHEAD_MAX));
    }
    return null;
  }

  private static boolean isReserved(String contact) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select exists (select from touch where contact_id = :contact)")
                    .bind("contact", contact)
                    .mapTo(Boolean.class)
                    .one());
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void people(People people) throws Exception {
    for (int from = 0; from < RACES; from += PEOPLE_AT_ONCE) {
      people(people, from, Math.min(RACES, from + PEOPLE_AT_ONCE));
    }
  }

  private static void people(People people, int from, int to) throws Exception {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(line("rr-" + i, "rr-" + i));
      if (Why.of(i) == Why.NO_FOR_THE_ADDRESS) {
        lines.append(line("ro-" + i, "rr-" + i));
      }
    }
    var answer =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts", people.operator)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString())));
    assertThat(answer.body().lines()).hasSize((int) lines.chars().filter(c -> c == '\n').count());
  }

  /** Two who say that they are two persons stay two, though they share an address. */
  private static String line(String id, String address) {
    return "{\"id\":\"%s\",\"personId\":\"p-%s\",\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],%s}\n"
        .formatted(id, id, People.stalledFields(address));
  }

  private static final String NOT_RECALLED =
      """
      select w.contact_id from witness w
       where not exists (select from touch_event e where e.touch_id = w.touch_id and e.outcome = 'recalled')
      """;

  private void judge() throws Exception {
    Map<Why, Map<Boolean, Integer>> seen = new TreeMap<>();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "select contact_id, forbidden from witness where contact_id like 'rr-%'")
                    .map((row, context) -> Map.entry(row.getString(1), row.getBoolean(2)))
                    .forEach(
                        entry ->
                            seen.computeIfAbsent(Why.of(entry.getKey()), why -> new TreeMap<>())
                                .merge(entry.getValue(), 1, Integer::sum)));
    List<String> notRecalled =
        SERVICE
            .jdbi()
            .withHandle(handle -> handle.createQuery(NOT_RECALLED).mapTo(String.class).list());
    tellLate(seen, notRecalled.size());
    int each = RACES / Why.values().length;
    for (Why why : Why.values()) {
      Map<Boolean, Integer> touches = seen.getOrDefault(why, Map.of());
      assertThat(touches).as("%s", why).containsKey(false).doesNotContainKey(true);
      assertThat(touches.getOrDefault(false, 0)).as("%s", why).isLessThan(each);
    }
    assertThat(notRecalled).isEmpty();
  }

  private void tellLate(Map<Why, Map<Boolean, Integer>> seen, int notRecalled) throws Exception {
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
        "%d races; touches reserved by whether it was forbidden by then: %s, %d not recalled;"
            + " the platform got %d, of them %d after the other was answered, %d ms at most%n",
        RACES, seen, notRecalled, got, late, latest);
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.jackson.Jackson;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platforms;
import rekindle.service.schedule.FakePlatform.Behaviour;
import rekindle.service.schedule.FakePlatform.Request;

/** Who is told first, and whom slow and broken ones hold up. */
class NotifierTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final ObjectMapper JSON = Jackson.newObjectMapper();

  private final FakePlatform platform = new FakePlatform();
  private final FakePlatform team = new FakePlatform();
  private Platforms platforms = platforms();
  private Notifier notifier = notifier();

  private ObjectNode configuration() {
    ObjectNode whole = JSON.createObjectNode();
    platform.takes(whole);
    ObjectNode ways = (ObjectNode) whole.get("handOver");
    ways.putObject("notifications")
        .put("url", team.url())
        .put("onOwnNetwork", true)
        .putArray("secrets")
        .add(FakePlatform.SECRET);
    return ways;
  }

  private HandOverConfiguration ways() {
    return JSON.convertValue(configuration(), HandOverConfiguration.class);
  }

  private Platforms platforms() {
    return new Platforms(ways(), List.of(), List.of(), touch -> null, InstantSource.system());
  }

  private Notifier notifier() {
    return new Notifier(DATABASE.jdbi(), ways(), platforms);
  }

  @BeforeEach
  void empty() {
    execute("delete from notification");
  }

  @AfterEach
  void end() throws Exception {
    platform.close();
    team.close();
    notifier.close();
    platforms.close();
  }

  private static void execute(String sql) {
    DATABASE.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private static void waiting(String endpoint, String kind, int many) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into notification (id, endpoint, kind, body)
                        select gen_random_uuid(), :endpoint, :kind, convert_to('{}', 'UTF8') from generate_series(1, :many)
                        """)
                    .bind("endpoint", endpoint)
                    .bind("kind", kind)
                    .bind("many", many)
                    .execute());
  }

  private static String type(Request request) throws Exception {
    return JSON.readTree(request.body()).path("type").textValue();
  }

  private static Optional<String> state(String kind) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select string_agg(distinct case when delivered_at is not null then 'delivered'
                                                        when given_up_at is not null then 'given up'
                                                        else 'waiting' end || ' ' || endpoint, ', ')
                          from notification where kind = :kind
                        """)
                    .bind("kind", kind)
                    .mapTo(String.class)
                    .findOne());
  }

  @Test
  void recall_isToldBeforeAllThatWaitsLonger() throws Exception {
    waiting("notifications", "task.created", 300);
    waiting("notifications", "touch.recalled", 1);
    notifier.tell("notifications");
    assertThat(type(team.next())).isEqualTo("touch.recalled");
    assertThat(state("task.created")).contains("delivered notifications");
  }

  @Test
  void recall_thatComesMeanwhile_doesNotWaitForTheRest() throws Exception {
    waiting("notifications", "task.created", 100);
    var isFirst = new AtomicBoolean(true);
    var enough = new CountDownLatch(1);
    team.behave(
        request -> {
          if (isFirst.getAndSet(false)) {
            waiting("notifications", "touch.recalled", 1);
          }
          return enough.getCount() > 0 ? Behaviour.ACCEPT_SLOWLY : Behaviour.ACCEPT;
        });
    notifier.start();
    int before = 0;
    while (!type(team.next()).equals("touch.recalled")) {
      before++;
    }
    enough.countDown();
    assertThat(before).isLessThan(50);
  }

  @Test
  void endpointThatHangs_holdsUpNobodyElse() throws Exception {
    platform.behave(request -> Behaviour.ACCEPT_AND_HANG);
    waiting("esp", "touch.recalled", 5);
    notifier.start();
    platform.next();
    waiting("notifications", "task.created", 1);
    assertThat(type(team.next())).isEqualTo("task.created");
  }

  @Test
  void notificationThatCannotBeTold_leavesOutNoOther() {
    waiting("notifications", "alarm.raised", 1);
    execute(
        "update notification set created_at = '20000-01-01', due_at = now() - interval '1 day'");
    waiting("notifications", "task.created", 1);
    notifier.tell("notifications");
    assertThat(state("alarm.raised")).contains("waiting notifications");
    assertThat(state("task.created")).contains("delivered notifications");
  }

  @Test
  void notificationForNobody_isGivenUp() {
    waiting("gone", "task.created", 1);
    notifier.others();
    assertThat(state("task.created")).contains("given up gone");
  }

  @Test
  void recallOfWhatAMailServerHas_isToldToTheTeam() throws Exception {
    waiting("smtp", "touch.recalled", 1);
    waiting("mail:gone@example.com", "touch.recalled", 1);
    notifier.others();
    notifier.tell("notifications");
    assertThat(type(team.next())).isEqualTo("touch.recalled");
    assertThat(state("touch.recalled"))
        .contains("delivered notifications, given up mail:gone@example.com");
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.schedule.FakePlatform.Behaviour;
import rekindle.service.schedule.FakePlatform.Request;

/** What platforms that are told get, and what becomes of touches when they behave badly. */
class PushStoriesTest {
  private static final FakePlatform PLATFORM = new FakePlatform();
  private static final FakePlatform TEAM = new FakePlatform();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            ((ObjectNode) configuration.get("schedule")).put("running", true);
            PLATFORM
                .takes(configuration)
                .put("statusUrl", PLATFORM.url())
                .put("addresses", true)
                .put("connectionsMax", 4);
            ObjectNode ways = configuration.withObject("/handOver");
            ways.putObject("sendWithin").put("email", "1s");
            ObjectNode team = ways.putObject("notifications");
            team.put("url", TEAM.url())
                .put("onOwnNetwork", true)
                .putArray("secrets")
                .add(FakePlatform.SECRET);
          });

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  @AfterAll
  static void after() throws Exception {
    PLATFORM.close();
    TEAM.close();
  }

  @BeforeEach
  void behaveWell() {
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    PLATFORM.askable(true);
    PLATFORM.answersAt(Instant.EPOCH);
    PLATFORM.others();
  }

  private static JsonNode body(Request request) throws Exception {
    return new ObjectMapper().readTree(request.body());
  }

  @Test
  void dueTouch_isHandedOverSigned_withAllThatIsNeeded() throws Exception {
    people.stalled("push-1");
    Request request = PLATFORM.next();
    JsonNode data = body(request).path("data");
    assertThat(data.path("contactId").textValue()).isEqualTo("push-1");
    assertThat(data.path("to").textValue()).isEqualTo("push-1@example.com");
    assertThat(data.at("/decision/touch/template").textValue()).isEqualTo("standard_five.1.email");
    assertThat(data.at("/decision/touch/unsubscribeUrl").textValue()).contains("/u/");
    String touch = data.path("touchId").textValue();
    assertThat(request.key()).isEqualTo(touch);
    assertThat(request.headers().get("idempotency-key")).isEqualTo("\"" + touch + "\"");
    assertThat(request.headers().get("send-not-after"))
        .isEqualTo(data.path("sendNotAfter").textValue());
    assertThat(request.headers().get("webhook-signature")).isEqualTo(signature(request));
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    people.post(
        "/v1/touches/outcomes",
        people.sender,
        "{\"outcomes\":[{\"touchId\":\"%s\",\"outcome\":\"delivered\"},{\"touchId\":\"none\",\"outcome\":\"failed\"}]}"
            .formatted(touch));
    people.touch(touch, found -> found.path("outcome").textValue().equals("delivered"));
  }

  private static String signature(Request request) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(FakePlatform.KEY, "HmacSHA256"));
    String signed =
        request.key() + "." + request.headers().get("webhook-timestamp") + "." + request.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusal_endsTheTouch_andIsDecidedAnew() throws Exception {
    PLATFORM.behave(request -> Behaviour.REFUSE);
    people.stalled("push-2");
    String first = PLATFORM.next().key();
    people.touch(first, found -> found.path("state").textValue().equals("rejected"));
    String second = PLATFORM.next().key();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void platformThatTakesNothing_getsTheSameTouchAgain() throws Exception {
    PLATFORM.behave(request -> Behaviour.TOO_MANY);
    people.stalled("push-3");
    String touch = PLATFORM.next().key();
    assertThat(PLATFORM.next().key()).isEqualTo(touch);
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    assertThat(PLATFORM.accepted().get(touch)).hasSize(1);
  }

  @Test
  void touchThatIsNotTaken_waitsLongerEachTime_soThatOthersGoOn() throws Exception {
    PLATFORM.behave(
        request -> request.body().contains("push-21") ? Behaviour.TOO_MANY : Behaviour.ACCEPT);
    people.stalled("push-21");
    PLATFORM.next();
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("attempt").intValue() == 2 && isReleased(found));
    assertThat(secondsUntilDue("push-21")).isGreaterThan(1);
    people.stalled("push-22");
    assertThat(PLATFORM.next().body()).contains("push-22");
  }

  private static boolean isReleased(JsonNode touch) {
    return touch.path("state").textValue().equals("released");
  }

  private static double secondsUntilDue(String contact) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select extract(epoch from l.due_at - clock_timestamp()) from next_look l"
                            + " join contact_person cp using (person_id) where cp.contact_id = :id")
                    .bind("id", contact)
                    .mapTo(Double.class)
                    .one());
  }

  @Test
  void resultThatCannotBeWrittenAtOnce_isWrittenSoon_andLeavesNoDoubt() throws Exception {
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    create sequence tries;
                    create function refuse() returns trigger language plpgsql as $$
                      begin
                        -- Unlike all else a sequence remembers what was rolled back.
                        if nextval('tries') <= 2 then
                          raise exception 'disk full' using errcode = '53100';
                        end if;
                        return new;
                      end $$;
                    create trigger refuse before insert on touch_event
                      for each row when (new.outcome = 'handed_over') execute function refuse();
                    """));
    try {
      people.stalled("push-23");
      String touch = PLATFORM.next().key();
      people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
      assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
          .doesNotContain("in_doubt");
    } finally {
      SERVICE.jdbi().useHandle(handle -> handle.execute("drop trigger refuse on touch_event"));
    }
  }

  @Test
  void acceptedWithoutAnAnswer_isAskedAbout_andNeverHandedOverAgain() throws Exception {
    PLATFORM.behave(request -> Behaviour.ACCEPT_AND_CUT);
    people.stalled("push-4");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    JsonNode ledger = people.get("/v1/touches/" + touch).path("ledger");
    assertThat(ledger.toString()).contains("in_doubt").contains("the platform says accepted");
    assertThat(PLATFORM.accepted().get(touch)).hasSize(1);
  }

  @Test
  void lostBeforeItArrived_isHandedOverAgain_onceThePlatformMustNotSendItAnyMore()
      throws Exception {
    PLATFORM.behave(request -> Behaviour.CUT);
    people.stalled("push-5");
    String touch = PLATFORM.next().key();
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    assertThat(PLATFORM.accepted().get(touch)).hasSize(1);
    assertThat(people.get("/v1/touches/" + touch).path("attempt").intValue()).isEqualTo(2);
  }

  @Test
  void notTaken_isFinalOnlyIfItWasAskedAfterItsTime() throws Exception {
    PLATFORM.behave(
        request -> {
          PLATFORM.answersAt(
              Instant.parse(request.headers().getOrDefault("send-not-after", "")).plusMillis(1));
          return Behaviour.CUT;
        });
    people.stalled("push-40");
    String touch = PLATFORM.next().key();
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    Request again = PLATFORM.next();
    assertThat(again.key()).isEqualTo(touch);
    assertThat(PLATFORM.asked(touch)).as("the first answer tells of too early").isGreaterThan(1);
  }

  @Test
  void acceptedAndForgotten_isNotHandedOverAgain() throws Exception {
    people.stalled("push-8");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    PLATFORM.accepted().remove(touch);
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    update touch set state = 'in_doubt', send_not_after = now() - interval '1 minute',
                                     watch_until = now() + interval '1 hour'
                     where id = ?
                    """,
                    touch));
    people.touch(touch, found -> PLATFORM.asked(touch) > 0);
    people.stalled("push-9");
    PLATFORM.next();
    assertThat(people.get("/v1/touches/" + touch).path("state").textValue()).isEqualTo("in_doubt");
    assertThat(PLATFORM.asked(touch)).isLessThan(3);
  }

  @Test
  void platformThatTellsNothing_butHasIt_isAskedOnce_andThenItIsDone() throws Exception {
    people.stalled("push-24");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    SERVICE
        .jdbi()
        .useHandle(
            handle -> handle.execute("update touch set watch_until = now() where id = ?", touch));
    people.touch(touch, found -> found.path("state").textValue().equals("done"));
    assertThat(people.get("/v1/touches/" + touch).path("outcome").textValue())
        .isEqualTo("handed_over");
  }

  @Test
  void forgottenPerson_takesBackWhatThePlatformHas() throws Exception {
    people.stalled("push-10");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    String person =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select person_id from contact_person where contact_id = 'push-10'")
                        .mapTo(String.class)
                        .one());
    people.post(
        "/v1/persons/" + person + "/erasure", SERVICE.newKey("admin"), "{\"basis\":\"request\"}");
    Request recall = PLATFORM.next();
    assertThat(body(recall).path("type").textValue()).isEqualTo("touch.recalled");
    assertThat(body(recall).at("/data/touchId").textValue()).isEqualTo(touch);
    assertThat(recall.body()).doesNotContain("push-10");
  }

  @Test
  void doubtThatNobodySolves_staysInDoubt_andCounts() throws Exception {
    PLATFORM.behave(request -> Behaviour.FAIL);
    PLATFORM.askable(false);
    people.stalled("push-6");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("in_doubt"));
    JsonNode decision =
        RunningService.json(SERVICE.get("/v1/contacts/push-6/next-best-touch", people.sender));
    assertThat(decision.path("verdict").textValue()).isEqualTo("wait");
    assertThat(decision.at("/touch/step").intValue()).isEqualTo(2);
  }

  @Test
  void yes_ofSomebodyWhoHasATouch_recallsIt_andMakesATask() throws Exception {
    people.stalled("push-7");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    people.event("push-7", "\"kind\":\"reply\",\"channel\":\"email\",\"disposition\":\"positive\"");
    Request recall = PLATFORM.next();
    assertThat(body(recall).path("type").textValue()).isEqualTo("touch.recalled");
    assertThat(body(recall).at("/data/touchId").textValue()).isEqualTo(touch);
    Request told = TEAM.next();
    assertThat(body(told).path("type").textValue()).isEqualTo("task.created");
    String task = body(told).at("/data/taskId").textValue();
    JsonNode claimed = people.post("/v1/tasks/" + task + "/claim", people.operator, "");
    assertThat(claimed.path("accepted").booleanValue()).isTrue();
    JsonNode done =
        people.post("/v1/tasks/" + task + "/done", people.operator, "{\"disposition\":\"done\"}");
    assertThat(done.at("/task/doneAt").textValue()).isNotNull();
    people.look("push-7", look -> look.startsWith("follow_up positive_reply"));
  }
}

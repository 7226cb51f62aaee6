package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.service.RunningService;

/**
 * What people do by hand: decided once more when they take it, and obeyed when they say what they
 * heard.
 */
class TaskStoriesTest {
  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            ((ObjectNode) configuration.get("schedule")).put("running", true);
            ObjectNode pages = configuration.putObject("publicPages");
            pages.put("baseUrl", "https://news.example.com");
            pages
                .putObject("brand")
                .put("name", "Acme")
                .put("contact", "help@example.com")
                .put("postalAddress", "1 High Street, Springfield, OH 45501");
          });

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  /** Somebody with a stalled deal who got the first e-mail eight days ago: LinkedIn is next. */
  private static JsonNode task(String id) throws Exception {
    Instant entered = Instant.now().minus(8, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String stop =
        people
            .post(
                "/v1/schedule/stops",
                people.operator,
                "{\"kind\":\"sequence\",\"name\":\"stalled\",\"reason\":\"not yet\"}")
            .path("id")
            .textValue();
    people.contact(
        id,
        "\"linkedin\":\"connected\",\"email\":\"%s@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\",\"program\":\"b2b_saas\",\"lastEngagementAt\":\"%s\",\"deals\":[{\"id\":\"d-%s\",\"stage\":\"proposal\",\"outcome\":\"open\"}]"
            .formatted(id, People.longAgo(), id));
    people.look(id, look -> look.contains("stopped"));
    SERVICE
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "insert into journey (contact_id, sequence, entered_at) values (?, 'stalled', ?)",
                  id,
                  entered);
              handle.execute(
                  "insert into touch (id, contact_id, sequence, step, channel, at, outcome) values (?, ?, 'stalled', 1, 'email', ?, 'delivered')",
                  "t-" + id,
                  id,
                  entered);
            });
    people.post("/v1/schedule/stops/" + stop + "/lift", people.operator, "{\"reason\":\"now\"}");
    JsonNode tasks =
        people.until(
            "/v1/tasks?channel=linkedin",
            found -> found.path("tasks").findValuesAsText("contactId").contains(id));
    for (JsonNode task : tasks.path("tasks")) {
      if (task.path("contactId").textValue().equals(id)) {
        return task;
      }
    }
    throw new AssertionError(tasks);
  }

  private static JsonNode claim(JsonNode task) throws Exception {
    return people.post("/v1/tasks/" + task.path("id").textValue() + "/claim", people.operator, "");
  }

  @Test
  void linkedIn_isATask_withWhatToWrite_andItsEndIsTheTouchs() throws Exception {
    JsonNode task = task("task-1");
    assertThat(task.path("kind").textValue()).isEqualTo("touch");
    JsonNode taken = claim(task);
    assertThat(taken.path("accepted").booleanValue()).as(taken.toString()).isTrue();
    assertThat(taken.path("script").textValue()).isNotBlank();
    JsonNode again = claim(task);
    assertThat(again.path("accepted").booleanValue()).isTrue();
    assertThat(again.path("script")).isEqualTo(taken.path("script"));
    String other = SERVICE.newKey("operator");
    JsonNode late = people.post("/v1/tasks/" + task.path("id").textValue() + "/claim", other, "");
    assertThat(late.at("/reasons/0").textValue()).isEqualTo("claimed_by_another");
    people.post(
        "/v1/tasks/" + task.path("id").textValue() + "/done",
        people.operator,
        "{\"disposition\":\"done\"}");
    assertThat(
            people
                .get("/v1/touches/" + task.path("touchId").textValue())
                .path("outcome")
                .textValue())
        .isEqualTo("delivered");
  }

  @Test
  void taskOfSomebodyWhoCameBack_isWithdrawn() throws Exception {
    JsonNode task = task("task-2");
    people.event("task-2", "\"kind\":\"login\"");
    JsonNode taken = claim(task);
    assertThat(taken.path("accepted").booleanValue()).isFalse();
    assertThat(taken.at("/task/disposition").textValue()).isEqualTo("withdrawn");
  }

  @Test
  void taskThatNobodyDidInTime_isMissed_andThoseInHandGoOn() throws Exception {
    JsonNode inHand = task("task-30");
    assertThat(claim(inHand).path("accepted").booleanValue()).isTrue();
    JsonNode late = task("task-31");
    String touch = late.path("touchId").textValue();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set watch_until = now() - interval '1 second' where id = ?",
                    touch));
    people.touch(touch, found -> found.path("outcome").textValue().equals("not_sent"));
    assertThat(claim(late).at("/task/disposition").textValue()).isEqualTo("missed");
    assertThat(done(inHand, people.operator, "done").path("accepted").booleanValue()).isTrue();
  }

  @Test
  void noThatIsHeard_isObeyedBeforeTheAnswer() throws Exception {
    JsonNode task = task("task-3");
    claim(task);
    people.post(
        "/v1/tasks/" + task.path("id").textValue() + "/done",
        people.operator,
        "{\"disposition\":\"opt_out_all\",\"note\":\"wants to be left alone\"}");
    JsonNode decision =
        RunningService.json(SERVICE.get("/v1/contacts/task-3/next-best-touch", people.sender));
    assertThat(decision.path("verdict").textValue()).isEqualTo("suppress");
  }

  private static JsonNode done(JsonNode task, String key, String disposition) throws Exception {
    return people.post(
        "/v1/tasks/" + task.path("id").textValue() + "/done",
        key,
        "{\"disposition\":\"" + disposition + "\"}");
  }

  private static JsonNode decided(String contact) throws Exception {
    return RunningService.json(
        SERVICE.get("/v1/contacts/" + contact + "/next-best-touch?record=false", people.sender));
  }

  private static List<String> denials(String contact, String channel) throws Exception {
    return decided(contact).at("/channels/" + channel + "/denials").findValuesAsText("code");
  }

  private static JsonNode touch(JsonNode task) throws Exception {
    return people.get("/v1/touches/" + task.path("touchId").textValue());
  }

  @Test
  void noAtATaskThatNobodyTook_isObeyed_andEndsWhatWasPlanned() throws Exception {
    JsonNode task = task("task-4");
    JsonNode told = done(task, people.operator, "opt_out");
    assertThat(told.path("accepted").booleanValue()).isFalse();
    assertThat(told.at("/reasons/0").textValue()).isEqualTo("not_claimed");
    assertThat(told.path("obeyed").booleanValue()).isTrue();
    assertThat(told.at("/task/disposition").textValue()).isEqualTo("withdrawn");
    assertThat(denials("task-4", "linkedin")).contains("suppressed");
  }

  @Test
  void noAtATaskOfAnother_orOneThatIsOver_isObeyed_andTwiceIsHarmless() throws Exception {
    JsonNode task = task("task-5");
    claim(task);
    JsonNode others = done(task, SERVICE.newKey("operator"), "not_interested");
    assertThat(others.at("/reasons/0").textValue()).isEqualTo("not_claimed");
    assertThat(others.path("obeyed").booleanValue()).isTrue();
    assertThat(denials("task-5", "linkedin")).contains("suppressed");
    JsonNode own = done(task, people.operator, "reached");
    assertThat(own.path("accepted").booleanValue()).isTrue();
    assertThat(own.path("obeyed").booleanValue()).isFalse();
    for (int times = 1; times <= 2; times++) {
      JsonNode late = done(task, people.operator, "opt_out_all");
      assertThat(late.at("/reasons/0").textValue()).isEqualTo("task_done");
      assertThat(late.path("obeyed").booleanValue()).isTrue();
      assertThat(late.at("/task/disposition").textValue()).isEqualTo("reached");
    }
    assertThat(decided("task-5").path("verdict").textValue()).isEqualTo("suppress");
    JsonNode vain = done(task, people.operator, "voicemail");
    assertThat(vain.path("obeyed").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_answer", "busy", "voicemail", "wrong_number"})
  void attemptThatReachedNobody_counts_andIsNotMadeAgain(String disposition) throws Exception {
    String contact = "task-" + disposition;
    JsonNode task = task(contact);
    claim(task);
    done(task, people.operator, disposition);
    JsonNode touch = touch(task);
    assertThat(touch.path("outcome").textValue()).isIn("handed_over", "delivered");
    assertThat(touch.path("state").textValue()).isEqualTo("done");
    assertThat(decided(contact).path("verdict").textValue()).isNotEqualTo("touch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong_number", "not_interested", "opt_out", "opt_out_all", "complaint"})
  void touchThatEndsWithANo_isNotRecalled(String disposition) throws Exception {
    JsonNode task = task("task-no-" + disposition);
    claim(task);
    assertThat(done(task, people.operator, disposition).path("obeyed").booleanValue()).isTrue();
    JsonNode touch = touch(task);
    assertThat(touch.path("state").textValue()).isEqualTo("done");
    assertThat(touch.path("ledger").findValuesAsText("outcome")).doesNotContain("recalled");
  }

  @Test
  void machine_neverMayWhatAPersonDoes() throws Exception {
    JsonNode task = task("task-6");
    String touch = task.path("touchId").textValue();
    JsonNode answer = people.confirm(touch, "a");
    assertThat(answer.path("send").booleanValue()).isFalse();
    assertThat(answer.at("/reasons/0").textValue()).isEqualTo("by_person");
    assertThat(touch(task).path("state").textValue()).isEqualTo("task");
    assertThat(claim(task).path("accepted").booleanValue()).isTrue();
  }

  @Test
  void machine_neverMayWhatAPersonGaveUp() throws Exception {
    JsonNode task = task("task-7");
    String touch = task.path("touchId").textValue();
    SERVICE
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "update task set done_at = now(), disposition = 'withdrawn' where touch_id = ?",
                  touch);
              handle.execute(
                  "update touch set state = 'released', outcome = 'not_sent', watch_until = null where id = ?",
                  touch);
            });
    JsonNode answer = people.confirm(touch, "a");
    assertThat(answer.path("send").booleanValue()).isFalse();
    assertThat(answer.path("reasons").toString()).contains("by_person");
    people.until(
        "/v1/tasks?channel=linkedin",
        found -> found.path("tasks").findValuesAsText("contactId").contains("task-7"));
  }

  /** Somebody who booked; whoever calls takes over. */
  private static JsonNode followUp(String contact) throws Exception {
    int number = Integer.parseInt(contact.substring("task-".length()));
    people.contact(
        contact,
        "\"phone\":\"+121255501%02d\",\"lineType\":\"mobile\",".formatted(number)
            + People.stalledFields(contact));
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into task (id, kind, contact_id, decision_id, channel, reason)
                    values (gen_random_uuid(), 'follow_up', ?, gen_random_uuid(), null, 'booking')
                    """,
                    contact));
    for (JsonNode task : people.get("/v1/tasks").path("tasks")) {
      if (task.path("contactId").textValue().equals(contact)) {
        return task;
      }
    }
    throw new AssertionError(contact);
  }

  @Test
  void followUp_isOpenUntilSomebodyWasReached() throws Exception {
    JsonNode task = followUp("task-8");
    for (String disposition : List.of("voicemail", "no_answer", "busy")) {
      assertThat(claim(task).path("accepted").booleanValue()).isTrue();
      JsonNode answer = done(task, people.operator, disposition);
      assertThat(answer.path("accepted").booleanValue()).isTrue();
      assertThat(answer.at("/task/claimedBy").isNull()).isTrue();
      assertThat(answer.at("/task/doneAt").isNull()).isTrue();
      assertThat(people.get("/v1/tasks").path("tasks").findValuesAsText("contactId"))
          .contains("task-8");
    }
    claim(task);
    JsonNode last = done(task, people.operator, "not_done");
    assertThat(last.at("/task/disposition").textValue()).isEqualTo("not_done");
  }

  @Test
  void wrongNumberOfAFollowUp_closesWhatGoesOverTheNumber() throws Exception {
    JsonNode task = followUp("task-9");
    claim(task);
    done(task, people.operator, "wrong_number");
    assertThat(denials("task-9", "phone")).contains("suppressed");
    assertThat(denials("task-9", "sms")).contains("suppressed");
    assertThat(denials("task-9", "email")).doesNotContain("suppressed");
    assertThat(denials("task-9", "linkedin")).doesNotContain("suppressed");
    assertThat(denials("task-9", "paid_media")).doesNotContain("suppressed");
  }

  @Test
  void taskInHand_ofSomebodyWhoSaidNo_givesNoScriptAgain() throws Exception {
    JsonNode task = task("task-11");
    assertThat(claim(task).path("accepted").booleanValue()).isTrue();
    people.event("task-11", "\"kind\":\"opt_out\",\"scope\":[\"all\"]");
    JsonNode again = claim(task);
    assertThat(again.path("accepted").booleanValue()).isFalse();
    assertThat(again.at("/reasons/0").textValue()).isEqualTo("recalled");
    assertThat(again.path("script").isNull()).isTrue();
    assertThat(done(task, people.operator, "not_done").path("accepted").booleanValue()).isTrue();
  }

  @Test
  void followUp_ofSomebodyWhoSaidNo_isWithdrawn() throws Exception {
    JsonNode task = followUp("task-12");
    people.event("task-12", "\"kind\":\"opt_out\",\"scope\":[\"all\"]");
    JsonNode taken = claim(task);
    assertThat(taken.path("accepted").booleanValue()).isFalse();
    assertThat(taken.at("/task/disposition").textValue()).isEqualTo("withdrawn");
  }

  @Test
  void scriptThatLacksSomething_isKeptBack_andSaysWhat() throws Exception {
    JsonNode task = task("task-10");
    // A German message names its imprint, of which this configuration says nothing.
    SERVICE.send(
        SERVICE
            .request("/v1/contacts/task-10", people.operator)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    """
                    {"country":"DE","timeZones":["Europe/Berlin"],"linkedin":"connected","relationship":"lead",
                     "business":"b2b","program":"b2b_saas","email":"task-10@example.com","lastEngagementAt":"%s",
                     "deals":[{"id":"d-task-10","stage":"proposal","outcome":"open"}],
                     "consents":[{"channel":"linkedin","basis":"express","capturedAt":"%1$s","method":"web_form",
                                  "textShown":true,"source":"pricing page","proofUri":"https://example.com/proof",
                                  "noticeAtCollection":true}]}
                    """
                        .formatted(People.longAgo()))));
    JsonNode taken = claim(task);
    assertThat(taken.path("accepted").booleanValue()).as(taken.toString()).isTrue();
    assertThat(taken.path("script").isNull()).isTrue();
    assertThat(taken.path("findings").findValuesAsText("element")).contains("imprint");
    assertThat(taken.at("/findings/0/code").textValue()).isEqualTo("missing_element");
  }
}

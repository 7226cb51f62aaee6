package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
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
  @RegisterExtension static final RunningService SERVICE = TaskDesk.service();

  private static TaskDesk desk;
  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
    desk = new TaskDesk(people);
  }

  @Test
  void linkedIn_isATask_withWhatToWrite_andItsEndIsTheTouchs() throws Exception {
    JsonNode task = desk.task("task-1");
    assertThat(task.path("kind").textValue()).isEqualTo("touch");
    JsonNode taken = desk.claim(task);
    assertThat(taken.path("accepted").booleanValue()).as(taken.toString()).isTrue();
    assertThat(taken.path("script").textValue()).isNotBlank();
    JsonNode again = desk.claim(task);
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
    JsonNode task = desk.task("task-2");
    people.event("task-2", "\"kind\":\"login\"");
    JsonNode taken = desk.claim(task);
    assertThat(taken.path("accepted").booleanValue()).isFalse();
    assertThat(taken.at("/task/disposition").textValue()).isEqualTo("withdrawn");
  }

  @Test
  void taskThatNobodyDidInTime_isMissed_andThoseInHandGoOn() throws Exception {
    JsonNode inHand = desk.task("task-30");
    assertThat(desk.claim(inHand).path("accepted").booleanValue()).isTrue();
    JsonNode late = desk.task("task-31");
    String touch = late.path("touchId").textValue();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set watch_until = now() - interval '1 second' where id = ?",
                    touch));
    people.touch(touch, found -> found.path("outcome").textValue().equals("not_sent"));
    assertThat(desk.claim(late).at("/task/disposition").textValue()).isEqualTo("missed");
    assertThat(desk.done(inHand, people.operator, "done").path("accepted").booleanValue()).isTrue();
  }

  @Test
  void noThatIsHeard_isObeyedBeforeTheAnswer() throws Exception {
    JsonNode task = desk.task("task-3");
    desk.claim(task);
    people.post(
        "/v1/tasks/" + task.path("id").textValue() + "/done",
        people.operator,
        "{\"disposition\":\"opt_out_all\",\"note\":\"wants to be left alone\"}");
    JsonNode decision =
        RunningService.json(SERVICE.get("/v1/contacts/task-3/next-best-touch", people.sender));
    assertThat(decision.path("verdict").textValue()).isEqualTo("suppress");
  }

  @Test
  void noAtATaskThatNobodyTook_isObeyed_andEndsWhatWasPlanned() throws Exception {
    JsonNode task = desk.task("task-4");
    JsonNode told = desk.done(task, people.operator, "opt_out");
    assertThat(told.path("accepted").booleanValue()).isFalse();
    assertThat(told.at("/reasons/0").textValue()).isEqualTo("not_claimed");
    assertThat(told.path("obeyed").booleanValue()).isTrue();
    assertThat(told.at("/task/disposition").textValue()).isEqualTo("withdrawn");
    assertThat(desk.denials("task-4", "linkedin")).contains("suppressed");
  }

  @Test
  void noAtATaskOfAnother_orOneThatIsOver_isObeyed_andTwiceIsHarmless() throws Exception {
    JsonNode task = desk.task("task-5");
    desk.claim(task);
    JsonNode others = desk.done(task, SERVICE.newKey("operator"), "not_interested");
    assertThat(others.at("/reasons/0").textValue()).isEqualTo("not_claimed");
    assertThat(others.path("obeyed").booleanValue()).isTrue();
    assertThat(desk.denials("task-5", "linkedin")).contains("suppressed");
    JsonNode own = desk.done(task, people.operator, "reached");
    assertThat(own.path("accepted").booleanValue()).isTrue();
    assertThat(own.path("obeyed").booleanValue()).isFalse();
    for (int times = 1; times <= 2; times++) {
      JsonNode late = desk.done(task, people.operator, "opt_out_all");
      assertThat(late.at("/reasons/0").textValue()).isEqualTo("task_done");
      assertThat(late.path("obeyed").booleanValue()).isTrue();
      assertThat(late.at("/task/disposition").textValue()).isEqualTo("reached");
    }
    assertThat(desk.decided("task-5").path("verdict").textValue()).isEqualTo("suppress");
    JsonNode vain = desk.done(task, people.operator, "voicemail");
    assertThat(vain.path("obeyed").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_answer", "busy", "voicemail", "wrong_number"})
  void attemptThatReachedNobody_counts_andIsNotMadeAgain(String disposition) throws Exception {
    String contact = "task-" + disposition;
    JsonNode task = desk.task(contact);
    desk.claim(task);
    desk.done(task, people.operator, disposition);
    JsonNode touch = desk.touch(task);
    assertThat(touch.path("outcome").textValue()).isIn("handed_over", "delivered");
    assertThat(touch.path("state").textValue()).isEqualTo("done");
    assertThat(desk.decided(contact).path("verdict").textValue()).isNotEqualTo("touch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong_number", "not_interested", "opt_out", "opt_out_all", "complaint"})
  void touchThatEndsWithANo_isNotRecalled(String disposition) throws Exception {
    JsonNode task = desk.task("task-no-" + disposition);
    desk.claim(task);
    assertThat(desk.done(task, people.operator, disposition).path("obeyed").booleanValue())
        .isTrue();
    JsonNode touch = desk.touch(task);
    assertThat(touch.path("state").textValue()).isEqualTo("done");
    assertThat(touch.path("ledger").findValuesAsText("outcome")).doesNotContain("recalled");
  }

  @Test
  void machine_neverMayWhatAPersonDoes() throws Exception {
    JsonNode task = desk.task("task-6");
    String touch = task.path("touchId").textValue();
    JsonNode answer = people.confirm(touch, "a");
    assertThat(answer.path("send").booleanValue()).isFalse();
    assertThat(answer.at("/reasons/0").textValue()).isEqualTo("by_person");
    assertThat(desk.touch(task).path("state").textValue()).isEqualTo("task");
    assertThat(desk.claim(task).path("accepted").booleanValue()).isTrue();
  }

  @Test
  void machine_neverMayWhatAPersonGaveUp() throws Exception {
    JsonNode task = desk.task("task-7");
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

  @Test
  void taskInHand_ofSomebodyWhoSaidNo_givesNoScriptAgain() throws Exception {
    JsonNode task = desk.task("task-11");
    assertThat(desk.claim(task).path("accepted").booleanValue()).isTrue();
    people.event("task-11", "\"kind\":\"opt_out\",\"scope\":[\"all\"]");
    JsonNode again = desk.claim(task);
    assertThat(again.path("accepted").booleanValue()).isFalse();
    assertThat(again.at("/reasons/0").textValue()).isEqualTo("recalled");
    assertThat(again.path("script").isNull()).isTrue();
    assertThat(desk.done(task, people.operator, "not_done").path("accepted").booleanValue())
        .isTrue();
  }

  @Test
  void scriptThatLacksSomething_isKeptBack_andSaysWhat() throws Exception {
    JsonNode task = desk.task("task-10");
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
    JsonNode taken = desk.claim(task);
    assertThat(taken.path("accepted").booleanValue()).as(taken.toString()).isTrue();
    assertThat(taken.path("script").isNull()).isTrue();
    assertThat(taken.path("findings").findValuesAsText("element")).contains("imprint");
    assertThat(taken.at("/findings/0/code").textValue()).isEqualTo("missing_element");
  }
}

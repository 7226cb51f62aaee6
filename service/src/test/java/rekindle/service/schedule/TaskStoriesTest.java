package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

  private static JsonNode touch(JsonNode task) throws Exception {
    return people.get("/v1/touches/" + task.path("touchId").textValue());
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
}

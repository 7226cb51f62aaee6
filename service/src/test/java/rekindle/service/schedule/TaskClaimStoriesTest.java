package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** Tasks that pass from hand to hand, or that nobody ends. */
class TaskClaimStoriesTest {
  @RegisterExtension static final RunningService SERVICE = TaskDesk.service();

  private static People people;
  private static TaskDesk desk;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
    desk = new TaskDesk(people);
  }

  private static void taken(JsonNode task, String key) throws Exception {
    JsonNode answer = desk.claim(task, key);
    assertThat(answer.path("accepted").booleanValue()).as(answer.toString()).isTrue();
  }

  private static void countsAsPerhapsMade(JsonNode task) throws Exception {
    assertThat(desk.touch(task).path("state").textValue()).isEqualTo("sending");
    assertThat(desk.touch(task).path("outcome").textValue()).isEqualTo("reserved");
    String contact = task.path("contactId").textValue();
    assertThat(desk.decided(contact).path("verdict").textValue()).isNotEqualTo("touch");
  }

  @Test
  void taskThatItsOnlyHolderDidNotDo_isNotSent() throws Exception {
    JsonNode task = desk.task("task-40");
    taken(task, people.operator);
    desk.runOut(task);
    taken(task, people.operator);
    desk.done(task, people.operator, "not_done");
    assertThat(desk.touch(task).path("outcome").textValue()).isEqualTo("not_sent");
  }

  @Test
  void taskThatAnotherHadBefore_andIsNotDone_countsAsPerhapsMade() throws Exception {
    JsonNode task = desk.task("task-41");
    taken(task, people.operator);
    desk.runOut(task);
    String other = SERVICE.newKey("operator");
    taken(task, other);
    JsonNode ended = desk.done(task, other, "not_done");
    assertThat(ended.at("/task/disposition").textValue()).isEqualTo("not_done");
    countsAsPerhapsMade(task);
  }

  @Test
  void taskThatAnotherHadInBetween_andIsNotDone_countsAsPerhapsMade() throws Exception {
    JsonNode task = desk.task("task-42");
    taken(task, people.operator);
    desk.runOut(task);
    taken(task, SERVICE.newKey("operator"));
    desk.runOut(task);
    taken(task, people.operator);
    desk.done(task, people.operator, "not_done");
    countsAsPerhapsMade(task);
  }

  @Test
  void touchThatSeveralHadInHand_noneOfThemCanTellAsNotSent() throws Exception {
    JsonNode task = desk.task("task-43");
    String both = SERVICE.newKey("operator", "sender");
    taken(task, both);
    desk.runOut(task);
    taken(task, people.operator);
    desk.runOut(task);
    taken(task, both);
    JsonNode told =
        people.post(
            "/v1/touches/" + task.path("touchId").textValue() + "/outcome",
            both,
            "{\"outcome\":\"not_sent\"}");
    assertThat(told.toString()).contains("leased_by_another");
    countsAsPerhapsMade(task);
  }

  @Test
  void holderWhoseClaimRanOut_tellsAllTheSame_unlessAnotherTookIt() throws Exception {
    JsonNode task = desk.task("task-44");
    taken(task, people.operator);
    desk.runOut(task);
    String other = SERVICE.newKey("operator");
    assertThat(desk.done(task, other, "done").at("/reasons/0").textValue())
        .isEqualTo("not_claimed");
    taken(task, other);
    assertThat(desk.done(task, people.operator, "done").at("/reasons/0").textValue())
        .isEqualTo("not_claimed");
    desk.runOut(task);
    assertThat(desk.done(task, other, "done").path("accepted").booleanValue()).isTrue();
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.store.TouchReaper;

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

  @Test
  void callThatOutlastedItsClaim_isHeard_thoughTheTaskWasWithdrawnMeanwhile() throws Exception {
    JsonNode task = desk.task("task-50");
    taken(task, people.operator);
    desk.runOut(task);
    String stop = desk.stop();
    String other = SERVICE.newKey("operator");
    assertThat(desk.claim(task, other).path("accepted").booleanValue()).isFalse();
    desk.lift(stop);
    assertThat(desk.done(task, other, "positive").at("/reasons/0").textValue())
        .isEqualTo("task_done");
    assertThat(desk.done(task, people.operator, "positive").path("accepted").booleanValue())
        .isTrue();
    assertThat(desk.touch(task).path("outcome").textValue()).isEqualTo("delivered");
    people.look("task-50", look -> look.startsWith("follow_up positive_reply"));
    assertThat(desk.done(task, people.operator, "positive").at("/reasons/0").textValue())
        .isEqualTo("task_done");
  }

  @Test
  void taskThatPassesOn_isDecidedOnceMore_andCountsThoughRefused() throws Exception {
    JsonNode task = desk.task("task-45");
    taken(task, people.operator);
    desk.runOut(task);
    String stop = desk.stop();
    JsonNode refused = desk.claim(task, SERVICE.newKey("operator"));
    desk.lift(stop);
    assertThat(refused.path("accepted").booleanValue()).isFalse();
    assertThat(refused.path("reasons").toString()).contains("stopped");
    assertThat(refused.at("/task/disposition").textValue()).isEqualTo("withdrawn");
    countsAsPerhapsMade(task);
  }

  @Test
  void holderWhoseClaimRanOut_getsItDecidedOnceMore() throws Exception {
    JsonNode task = desk.task("task-46");
    taken(task, people.operator);
    String first = desk.touch(task).path("decisionId").textValue();
    desk.runOut(task);
    taken(task, people.operator);
    assertThat(desk.touch(task).path("decisionId").textValue()).isNotEqualTo(first);
    desk.runOut(task);
    people.event("task-46", "\"kind\":\"opt_out\",\"scope\":[\"all\"]");
    JsonNode refused = desk.claim(task);
    assertThat(refused.path("reasons").toString()).contains("recalled");
    assertThat(refused.at("/task/disposition").textValue()).isEqualTo("withdrawn");
    countsAsPerhapsMade(task);
  }

  @Test
  void holder_whoMayNotAnyMore_getsNoScript_butEndsIt() throws Exception {
    JsonNode task = desk.task("task-47");
    taken(task, people.operator);
    String stop = desk.stop();
    JsonNode refused = desk.claim(task);
    desk.lift(stop);
    assertThat(refused.path("accepted").booleanValue()).isFalse();
    assertThat(refused.path("script").isNull()).isTrue();
    assertThat(desk.done(task, people.operator, "done").path("accepted").booleanValue()).isTrue();
  }

  @Test
  void task_isNobodysAfterItWasDue() throws Exception {
    JsonNode task = desk.task("task-48");
    desk.due(task, "5 minutes");
    JsonNode taken = desk.claim(task).path("task");
    assertThat(taken.path("claimedUntil").textValue())
        .isEqualTo(taken.path("dueBy").textValue())
        .isNotNull();
    desk.due(task, "-1 seconds");
    desk.runOut(task);
    JsonNode late = desk.claim(task, SERVICE.newKey("operator"));
    assertThat(late.path("accepted").booleanValue()).isFalse();
    assertThat(late.at("/reasons/0").textValue()).isEqualTo("past_due");
    assertThat(late.at("/task/claimedBy").isNull()).isTrue();
  }

  @Test
  void taskOfWhichNothingWasEverTold_isMissed() throws Exception {
    JsonNode task = desk.task("task-60");
    taken(task, people.operator);
    String touch = task.path("touchId").textValue();
    desk.late(task);
    people.touch(touch, found -> found.path("state").textValue().equals("in_doubt"));
    assertThat(desk.find(task).path("doneAt").isNull()).isTrue();
    desk.late(task);
    people.touch(touch, found -> found.path("state").textValue().equals("unknown"));
    assertThat(desk.find(task).path("disposition").textValue()).isEqualTo("missed");
  }

  @Test
  void tasksWhoseTouchesAreOver_end_howeverTheyCameToBe() throws Exception {
    JsonNode unknown = desk.task("task-61");
    JsonNode told = desk.task("task-62");
    JsonNode open = desk.task("task-63");
    taken(unknown, people.operator);
    taken(told, people.operator);
    String touch = unknown.path("touchId").textValue();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set state = 'unknown', watch_until = null where id = ?", touch));
    people.post(
        "/v1/touches/" + told.path("touchId").textValue() + "/outcome",
        people.sender,
        "{\"outcome\":\"delivered\"}");
    SERVICE.jdbi().useTransaction(TouchReaper::endTasks);
    assertThat(desk.find(unknown).path("disposition").textValue()).isEqualTo("missed");
    assertThat(desk.find(told).path("disposition").textValue()).isEqualTo("done");
    assertThat(desk.find(open).path("doneAt").isNull()).isTrue();
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** People who said yes, and whoever calls them back. */
class FollowUpStoriesTest {
  @RegisterExtension static final RunningService SERVICE = TaskDesk.service();

  private static final String BOOKING = "\"kind\":\"booking\"";

  private static People people;
  private static TaskDesk desk;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
    desk = new TaskDesk(people);
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
      assertThat(desk.claim(task).path("accepted").booleanValue()).isTrue();
      JsonNode answer = desk.done(task, people.operator, disposition);
      assertThat(answer.path("accepted").booleanValue()).isTrue();
      assertThat(answer.at("/task/claimedBy").isNull()).isTrue();
      assertThat(answer.at("/task/doneAt").isNull()).isTrue();
      assertThat(people.get("/v1/tasks").path("tasks").findValuesAsText("contactId"))
          .contains("task-8");
    }
    desk.claim(task);
    JsonNode last = desk.done(task, people.operator, "not_done");
    assertThat(last.at("/task/disposition").textValue()).isEqualTo("not_done");
  }

  @Test
  void wrongNumberOfAFollowUp_closesWhatGoesOverTheNumber() throws Exception {
    JsonNode task = followUp("task-9");
    desk.claim(task);
    desk.done(task, people.operator, "wrong_number");
    assertThat(desk.denials("task-9", "phone")).contains("suppressed");
    assertThat(desk.denials("task-9", "sms")).contains("suppressed");
    assertThat(desk.denials("task-9", "email")).doesNotContain("suppressed");
    assertThat(desk.denials("task-9", "linkedin")).doesNotContain("suppressed");
    assertThat(desk.denials("task-9", "paid_media")).doesNotContain("suppressed");
  }

  @Test
  void followUp_ofSomebodyWhoSaidNo_isWithdrawn() throws Exception {
    JsonNode task = followUp("task-12");
    people.event("task-12", "\"kind\":\"opt_out\",\"scope\":[\"all\"]");
    JsonNode taken = desk.claim(task);
    assertThat(taken.path("accepted").booleanValue()).isFalse();
    assertThat(taken.at("/task/disposition").textValue()).isEqualTo("withdrawn");
  }

  @Test
  void followUp_ofSomebodyWhoseRowsCannotBeRead_isRefused_andWaits() throws Exception {
    JsonNode task = followUp("task-50");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into touch (id, contact_id, sequence, step, channel, at, outcome)"
                        + " values ('pigeon-50', 'task-50', 'none', 1, 'pigeon', now(), 'delivered')"));
    JsonNode refused = desk.claim(task);
    assertThat(refused.path("accepted").booleanValue()).isFalse();
    assertThat(refused.at("/reasons/0").textValue()).isEqualTo("held_back");
    assertThat(refused.at("/task/doneAt").isNull()).isTrue();
    SERVICE.jdbi().useHandle(handle -> handle.execute("delete from touch where id = 'pigeon-50'"));
    assertThat(desk.claim(task).path("accepted").booleanValue()).isTrue();
  }

  @Test
  void followUp_ofSomebodyWhoIsGone_isRefused() throws Exception {
    JsonNode task = followUp("task-51");
    SERVICE
        .jdbi()
        .useHandle(
            handle -> handle.execute("delete from contact_person where contact_id = 'task-51'"));
    JsonNode refused = desk.claim(task);
    assertThat(refused.at("/reasons/0").textValue()).isEqualTo("no_longer_known");
    assertThat(refused.at("/task/disposition").textValue()).isEqualTo("withdrawn");
  }

  @Test
  void followUpThatIsLate_isStillDone() throws Exception {
    JsonNode task = followUp("task-52");
    desk.due(task, "-1 days");
    assertThat(desk.claim(task).path("accepted").booleanValue()).isTrue();
  }

  /** Somebody who said yes by a booking. */
  private static JsonNode booked(String contact) throws Exception {
    people.stalled(contact);
    people.event(contact, BOOKING);
    return desk.followUp(contact);
  }

  private static JsonNode answered(String contact) throws Exception {
    JsonNode task = booked(contact);
    desk.claim(task);
    desk.done(task, people.operator, "done");
    return task;
  }

  private static void doNotContact(String contact, String scope) throws Exception {
    people.contact(contact, People.stalledFields(contact) + ",\"doNotContactScope\":" + scope);
  }

  @Test
  void yesThatWasAnswered_getsNoSecondTask_thoughTheVerdictWasAnotherInBetween() throws Exception {
    answered("task-53");
    doNotContact("task-53", "[\"all\"]");
    people.look("task-53", look -> look.startsWith("suppress"));
    doNotContact("task-53", "[]");
    people.look("task-53", look -> look.startsWith("follow_up"));
    assertThat(desk.followUps("task-53")).hasSize(1);
  }

  @Test
  void secondYes_afterTheFirstWasAnswered_getsATaskOfItsOwn() throws Exception {
    JsonNode first = answered("task-54");
    people.event("task-54", BOOKING);
    JsonNode second = desk.followUp("task-54");
    assertThat(second.path("id")).isNotEqualTo(first.path("id"));
    String decision = second.path("decisionId").textValue();
    assertThat(desk.isRecorded(decision)).isTrue();
  }

  @Test
  void secondYes_whileSomebodyIsToCall_isAnsweredByTheSameCall() throws Exception {
    JsonNode task = booked("task-55");
    String reply = "\"kind\":\"reply\",\"channel\":\"email\",\"disposition\":\"positive\"";
    people.event("task-55", reply);
    people.looked("task-55");
    assertThat(desk.followUps("task-55")).hasSize(1);
    desk.claim(task);
    desk.done(task, people.operator, "positive");
    people.looked("task-55");
    assertThat(desk.followUps("task-55")).hasSize(1);
  }

  @Test
  void yesAfterANo_getsATaskOfItsOwn_andTheOneBeforeNone() throws Exception {
    JsonNode before = booked("task-56");
    doNotContact("task-56", "[\"all\"]");
    people.look("task-56", look -> look.startsWith("suppress"));
    assertThat(desk.find(before).path("disposition").textValue()).isEqualTo("withdrawn");
    doNotContact("task-56", "[]");
    people.look("task-56", look -> look.startsWith("follow_up"));
    assertThat(desk.followUps("task-56")).hasSize(1);
    people.event("task-56", BOOKING);
    assertThat(desk.followUp("task-56").path("id")).isNotEqualTo(before.path("id"));
  }

  @Test
  void yesOfSomebodyWithSeveralContacts_isAnsweredOnce() throws Exception {
    answered("task-57");
    people.stalled("task-58");
    people.post(
        "/v1/persons/merges",
        people.operator,
        "{\"contacts\":[\"task-57\",\"task-58\"],\"reason\":\"the same\"}");
    people.look("task-58", look -> look.startsWith("follow_up"));
    doNotContact("task-58", "[\"all\"]");
    people.looked("task-58");
    doNotContact("task-58", "[]");
    people.look("task-58", look -> look.startsWith("follow_up"));
    assertThat(desk.followUps("task-57")).hasSize(1);
    assertThat(desk.followUps("task-58")).isEmpty();
  }
}

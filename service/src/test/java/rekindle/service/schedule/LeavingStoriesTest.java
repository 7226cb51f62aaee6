package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** Touches of people who leave in other ways than by an event of their own. */
class LeavingStoriesTest {
  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> ((ObjectNode) configuration.get("schedule")).put("running", true));

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  /** A touch that a platform may send. */
  private static String sending(String id) throws Exception {
    people.stalled(id);
    String touch = people.leased(id).path("touchId").textValue();
    assertThat(people.confirm(touch, "k").path("send").booleanValue()).isTrue();
    return touch;
  }

  private static void isRecalled(String contact, String touch, String why) throws Exception {
    JsonNode found =
        people.touch(touch, one -> one.path("ledger").toString().contains("\"recalled\""));
    assertThat(found.path("ledger").toString()).contains(why);
    long told =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from notification where kind = 'touch.recalled' and subject = :contact")
                        .bind("contact", contact)
                        .mapTo(Long.class)
                        .one());
    assertThat(told).isEqualTo(1);
  }

  private static void imported(String type, String csv) throws Exception {
    HttpResponse<String> answer =
        SERVICE.send(
            SERVICE
                .request("/v1/imports?type=" + type, people.operator)
                .header("Content-Type", "text/csv")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(csv)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("\"errors\":0");
  }

  @Test
  void noToAChannel_inAContactWrittenAnew_recallsItsTouch() throws Exception {
    String touch = sending("left-1");
    people.contact(
        "left-1",
        People.stalledFields("left-1")
            + ",\"suppressions\":[{\"scope\":\"email\",\"reason\":\"opt_out\",\"since\":\"%s\"}]"
                .formatted(Instant.now()));
    isRecalled("left-1", touch, "revocation");
  }

  @Test
  void noToAll_inAContactWrittenAnew_withholdsWhatWasOnlyLeased() throws Exception {
    people.stalled("left-2");
    String touch = people.leased("left-2").path("touchId").textValue();
    people.contact("left-2", People.stalledFields("left-2") + ",\"doNotContactScope\":[\"all\"]");
    JsonNode found = people.touch(touch, one -> one.path("state").textValue().equals("withheld"));
    assertThat(found.path("ledger").toString()).contains("do_not_contact");
  }

  @Test
  void positiveReply_ofAFile_recallsTheTouch_andMakesATask() throws Exception {
    String touch = sending("left-3");
    imported(
        "activities",
        "id,contact_id,at,channel,kind,disposition\na-3,left-3,%s,email,reply,positive\n"
            .formatted(Instant.now()));
    isRecalled("left-3", touch, "positive_reply");
    people.look("left-3", look -> look.startsWith("follow_up"));
  }

  @Test
  void purchase_ofAFile_recallsTheTouch() throws Exception {
    String touch = sending("left-4");
    imported(
        "orders",
        "id,contact_id,ordered_at,amount,currency\no-4,left-4,%s,10,USD\n"
            .formatted(Instant.now()));
    isRecalled("left-4", touch, "engaged");
  }

  @Test
  void touchOfSomebodyWhoStays_isLeftAlone() throws Exception {
    String touch = sending("left-5");
    people.contact("left-5", People.stalledFields("left-5") + ",\"companyDomain\":\"example.com\"");
    people.look("left-5", look -> look.startsWith("wait") && look.contains("step_not_due"));
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .doesNotContain("recalled");
  }
}

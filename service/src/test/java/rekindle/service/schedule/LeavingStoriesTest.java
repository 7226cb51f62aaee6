package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.store.NextLooks;
import rekindle.service.store.PersonLocks;

/**
 * Touches of people who leave in other ways than by an event of their own: by what is certain, in
 * the transaction that tells it; by what only the rules can tell, with the next look.
 */
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

  /** Nobody looks at the contact's person any more, so that no look ends what a telling should. */
  private static void parked(String contact) {
    SERVICE
        .jdbi()
        .useTransaction(
            handle ->
                PersonLocks.lockToDecide(handle, List.of(contact))
                    .values()
                    .forEach(person -> NextLooks.park(handle, person, "test")));
  }

  private static void isRecalled(String contact, String touch, String why) throws Exception {
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .contains("\"recalled\"", why);
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
    parked("left-1");
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
    parked("left-2");
    people.contact("left-2", People.stalledFields("left-2") + ",\"doNotContactScope\":[\"all\"]");
    JsonNode found = people.get("/v1/touches/" + touch);
    assertThat(found.path("state").textValue()).isEqualTo("withheld");
    assertThat(found.path("ledger").toString()).contains("do_not_contact");
  }

  @Test
  void positiveReply_ofAFile_recallsTheTouch() throws Exception {
    String touch = sending("left-3");
    parked("left-3");
    imported("activities", reply("left-3", Instant.now()));
    isRecalled("left-3", touch, "a-left-3");
  }

  private static String reply(String contact, Instant at) {
    return "id,contact_id,at,channel,kind,disposition\na-%1$s,%1$s,%2$s,email,reply,positive\n"
        .formatted(contact, at);
  }

  @Test
  void positiveReply_ofAFile_makesATask() throws Exception {
    people.stalled("left-6");
    people.leased("left-6");
    imported("activities", reply("left-6", Instant.now()));
    people.look("left-6", look -> look.startsWith("follow_up"));
  }

  @Test
  void purchase_ofAFile_recallsTheTouch() throws Exception {
    String touch = sending("left-4");
    parked("left-4");
    imported("orders", order("left-4", Instant.now()));
    isRecalled("left-4", touch, "purchase");
  }

  private static String order(String contact, Instant at) {
    return "id,contact_id,ordered_at,amount,currency\no-%1$s,%1$s,%2$s,10,USD\n"
        .formatted(contact, at);
  }

  @Test
  void bounce_ofAFile_recallsTheTouchOfItsChannel() throws Exception {
    String touch = sending("left-7");
    parked("left-7");
    imported(
        "activities",
        "id,contact_id,at,channel,kind\na-7,left-7,%s,email,hard_bounce\n"
            .formatted(Instant.now()));
    isRecalled("left-7", touch, "revocation");
  }

  @Test
  void login_inAContactWrittenAnew_recallsTheTouch() throws Exception {
    String touch = sending("left-8");
    parked("left-8");
    people.contact(
        "left-8",
        People.stalledFields("left-8") + ",\"lastLoginAt\":\"%s\"".formatted(Instant.now()));
    isRecalled("left-8", touch, "engaged");
  }

  @Test
  void no_thatEndsMoreThanItSays_isObeyedInFull() throws Exception {
    String touch = sending("left-11");
    parked("left-11");
    people.contact(
        "left-11",
        People.stalledFields("left-11")
            + ",\"suppressions\":[{\"scope\":\"sms\",\"reason\":\"deceased\",\"since\":\"%s\"}]"
                .formatted(Instant.now()));
    isRecalled("left-11", touch, "revocation");
  }

  @Test
  void negativeReply_isRecalledAsANo_howeverItIsTold() throws Exception {
    String first = sending("left-12");
    parked("left-12");
    people.event(
        "left-12", "\"kind\":\"reply\",\"channel\":\"email\",\"disposition\":\"negative\"");
    isRecalled("left-12", first, "revocation");
    String second = sending("left-13");
    parked("left-13");
    imported("activities", reply("left-13", Instant.now()).replace("positive", "negative"));
    isRecalled("left-13", second, "revocation");
  }

  @Test
  void clickOfLongAgo_thatIsToldLate_endsNothing() throws Exception {
    String touch = sending("left-14");
    parked("left-14");
    people.event(
        "left-14",
        "\"kind\":\"click\",\"channel\":\"email\",\"at\":\"%s\""
            .formatted(Instant.now().minus(100, ChronoUnit.DAYS)));
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .doesNotContain("recalled");
  }

  @Test
  void becomingSomebodyWhoSaidNo_recallsTheTouch() throws Exception {
    people.contact("left-no", People.stalledFields("left-no") + ",\"doNotContactScope\":[\"all\"]");
    String touch = sending("left-15");
    parked("left-15");
    people.post(
        "/v1/persons/merges",
        people.operator,
        "{\"contacts\":[\"left-15\",\"left-no\"],\"reason\":\"the same\"}");
    isRecalled("left-15", touch, "do_not_contact");
  }

  @Test
  void whatCameBeforeTheJourney_isLeftToTheLook() throws Exception {
    String touch = sending("left-9");
    parked("left-9");
    imported("orders", order("left-9", Instant.now().minus(2000, ChronoUnit.DAYS)));
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .doesNotContain("recalled");
  }

  @Test
  void purchaseJustBeforeTheJourney_endsTheTouchWithTheNextLook() throws Exception {
    String touch = sending("left-10");
    imported("orders", order("left-10", Instant.now().minus(1, ChronoUnit.DAYS)));
    people.touch(touch, one -> one.path("ledger").toString().contains("\"recalled\""));
  }

  @Test
  void touchOfSomebodyWhoStays_isLeftAlone() throws Exception {
    String touch = sending("left-5");
    people.contact("left-5", People.stalledFields("left-5") + ",\"companyDomain\":\"example.com\"");
    people.look("left-5", look -> look.startsWith("wait") && look.contains("step_not_due"));
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .doesNotContain("recalled");
  }

  @Test
  void privacySignal_recallsAds_withTheNextLook() throws Exception {
    people.stalled("left-40");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into touch (id, contact_id, sequence, step, channel, at, outcome, state, route, client, attempt)"
                        + " values ('ads-40', 'left-40', 'stalled', 1, 'paid_media', now(), 'reserved', 'sending', 'pull', 'x', 1)"));
    people.contact("left-40", People.stalledFields("left-40") + ",\"globalPrivacyControl\":true");
    people.touch("ads-40", one -> one.path("ledger").toString().contains("\"recalled\""));
    isRecalled("left-40", "ads-40", "privacy_opt_out");
  }
}

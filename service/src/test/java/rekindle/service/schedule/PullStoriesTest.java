package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** What a platform that asks for touches sees, from the first lease to the last outcome. */
class PullStoriesTest {
  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> ((ObjectNode) configuration.get("schedule")).put("running", true));

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    people.lease("\"max\":500,\"leaseSeconds\":3600");
  }

  @Test
  void dueTouch_isLeasedConfirmedOnce_andItsOutcomeMovesItOn() throws Exception {
    people.stalled("pull-1");
    JsonNode leased = people.leased("pull-1");
    String touch = leased.path("touchId").textValue();
    assertThat(leased.at("/decision/verdict").textValue()).isEqualTo("touch");
    assertThat(leased.at("/decision/touch/id").textValue()).isEqualTo(touch);
    assertThat(people.lease("\"max\":10").path("touches")).isEmpty();
    JsonNode yes = people.confirm(touch, "k-1");
    assertThat(yes.path("send").booleanValue()).as(yes.toString()).isTrue();
    assertThat(yes.path("sendNotAfter").textValue()).isNotNull();
    assertThat(people.confirm(touch, "k-1")).isEqualTo(yes);
    JsonNode again = people.confirm(touch, "k-2");
    assertThat(again.path("send").booleanValue()).isFalse();
    assertThat(again.at("/reasons/0").textValue()).isEqualTo("already_confirmed");
    // In the wrong order, twice, and with something that says less.
    String path = "/v1/touches/" + touch + "/outcome";
    for (String outcome : new String[] {"delivered", "handed_over", "delivered", "not_sent"}) {
      people.post(path, people.sender, "{\"outcome\":\"" + outcome + "\"}");
    }
    JsonNode told = people.get("/v1/touches/" + touch);
    assertThat(told.path("outcome").textValue()).isEqualTo("delivered");
    assertThat(told.path("state").textValue()).isEqualTo("done");
    people.look("pull-1", look -> look.startsWith("wait") && look.contains("step_not_due"));
    JsonNode next = people.get("/v1/schedule");
    assertThat(next.path("alarms")).isEmpty();
  }

  @Test
  void no_thatComesBetweenLeaseAndConfirmation_isObeyed() throws Exception {
    people.stalled("pull-2");
    String touch = people.leased("pull-2").path("touchId").textValue();
    people.event("pull-2", "\"kind\":\"opt_out\",\"channel\":\"email\"");
    JsonNode no = people.confirm(touch, "k-1");
    assertThat(no.path("send").booleanValue()).isFalse();
    assertThat(no.at("/reasons/0").textValue()).isEqualTo("touch_withheld");
    assertThat(people.get("/v1/touches/" + touch).path("outcome").textValue())
        .isEqualTo("withheld");
    people.look("pull-2", look -> look.startsWith("suppress"));
    assertThat(people.get("/v1/revocations").path("sentAfter").toString()).doesNotContain(touch);
    // The platform sent it all the same.
    people.post("/v1/touches/" + touch + "/outcome", people.sender, "{\"outcome\":\"delivered\"}");
    assertThat(people.get("/v1/revocations").path("sentAfter").toString()).contains(touch);
  }

  @Test
  void click_endsTheLeasedTouch_andTheJourney() throws Exception {
    people.stalled("pull-3");
    String touch = people.leased("pull-3").path("touchId").textValue();
    people.event("pull-3", "\"kind\":\"click\",\"channel\":\"email\"");
    assertThat(people.get("/v1/touches/" + touch).path("state").textValue()).isEqualTo("withheld");
    people.look("pull-3", look -> look.startsWith("exit engaged"));
    String reason =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select end_reason from journey where contact_id = 'pull-3'")
                        .mapTo(String.class)
                        .one());
    assertThat(reason).isEqualTo("engaged");
  }

  @Test
  void lease_thatLapses_givesTheSameTouchAgain() throws Exception {
    people.stalled("pull-4");
    JsonNode touches = people.lease("\"waitSeconds\":30,\"leaseSeconds\":1").path("touches");
    String touch = touches.get(0).path("touchId").textValue();
    people.touch(touch, found -> found.path("state").textValue().equals("released"));
    assertThat(people.leased("pull-4").path("touchId").textValue()).isEqualTo(touch);
    assertThat(people.get("/v1/touches/" + touch).path("attempt").intValue()).isEqualTo(2);
    assertThat(people.confirm(touch, "k-1").path("send").booleanValue()).isTrue();
  }

  @Test
  void touch_ofAnAdvice_canBeConfirmedWithoutALease() throws Exception {
    people.stalled("pull-5");
    JsonNode advice =
        RunningService.json(SERVICE.get("/v1/contacts/pull-5/next-best-touch", people.sender));
    String touch = advice.at("/touch/id").textValue();
    assertThat(people.confirm(touch, "k-1").path("send").booleanValue()).isTrue();
    assertThat(people.lease("\"max\":10").path("touches")).isEmpty();
    assertThat(SERVICE.get("/v1/touches/nobodys", people.sender).statusCode()).isEqualTo(404);
  }

  @Test
  void killSwitch_stopsWhatItNames_untilItIsLifted() throws Exception {
    JsonNode stop =
        people.post(
            "/v1/schedule/stops",
            people.operator,
            "{\"kind\":\"sequence\",\"name\":\"standard_five\",\"reason\":\"a mistake\"}");
    people.stalled("pull-6");
    people.look("pull-6", look -> look.equals("touch step_due,stopped"));
    assertThat(people.lease("\"max\":10").path("touches")).isEmpty();
    people.post(
        "/v1/schedule/stops/" + stop.path("id").textValue() + "/lift",
        people.operator,
        "{\"reason\":\"mended\"}");
    people.leased("pull-6");
  }

  @Test
  void touchThatWasStopped_andIsLeasedAgain_isConfirmedByTheSameKey() throws Exception {
    people.stalled("pull-21");
    String touch = people.leased("pull-21").path("touchId").textValue();
    JsonNode stop =
        people.post(
            "/v1/schedule/stops",
            people.operator,
            "{\"kind\":\"everything\",\"reason\":\"a mistake\"}");
    JsonNode no = people.confirm(touch, "");
    assertThat(no.path("send").booleanValue()).as(no.toString()).isFalse();
    assertThat(people.confirm(touch, "")).isEqualTo(no);
    people.post(
        "/v1/schedule/stops/" + stop.path("id").textValue() + "/lift",
        people.operator,
        "{\"reason\":\"mended\"}");
    assertThat(people.leased("pull-21").path("touchId").textValue()).isEqualTo(touch);
    JsonNode yes = people.confirm(touch, "");
    assertThat(yes.path("send").booleanValue()).as(yes.toString()).isTrue();
    assertThat(people.confirm(touch, "")).isEqualTo(yes);
  }

  @Test
  void anotherClient_cannotSayThatATouchWasNotSent() throws Exception {
    people.stalled("pull-22");
    String touch = people.leased("pull-22").path("touchId").textValue();
    assertThat(people.confirm(touch, "k").path("send").booleanValue()).isTrue();
    String another = SERVICE.newKey("sender");
    String path = "/v1/touches/" + touch + "/outcome";
    for (String outcome : List.of("not_sent", "failed")) {
      JsonNode told = people.post(path, another, "{\"outcome\":\"" + outcome + "\"}");
      assertThat(told.path("result").textValue()).isEqualTo("leased_by_another");
    }
    assertThat(people.get("/v1/touches/" + touch).path("state").textValue()).isEqualTo("sending");
    JsonNode arrived = people.post(path, another, "{\"outcome\":\"delivered\"}");
    assertThat(arrived.path("result").textValue()).isEqualTo("counted");
  }

  @Test
  void personWhoseRowsCannotBeRead_isParkedAtOnce_andNobodyElseWaits() throws Exception {
    people.stalled("pull-8");
    String touch = people.leased("pull-8").path("touchId").textValue();
    SERVICE
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("update touch set channel = 'pigeon' where id = ?", touch);
              handle.execute("update next_look set due_at = now() where person_id = 'p-pull-8'");
            });
    JsonNode parked = people.until("/v1/schedule/parked", found -> !found.path("parked").isEmpty());
    assertThat(parked.at("/parked/0/personId").textValue()).isEqualTo("p-pull-8");
    people.stalled("pull-9");
    people.leased("pull-9");
    SERVICE
        .jdbi()
        .useHandle(
            handle -> handle.execute("update touch set channel = 'email' where id = ?", touch));
    people.post("/v1/schedule/parked/p-pull-8/release", people.operator, "");
    people.until("/v1/schedule/parked", found -> found.path("parked").isEmpty());
  }

  @Test
  void confirmation_ofSomebodyWhoseRowsCannotBeRead_saysSo_andParks() throws Exception {
    people.stalled("pull-12");
    String touch = people.leased("pull-12").path("touchId").textValue();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into touch (id, contact_id, sequence, step, channel, at, outcome)"
                        + " values ('pigeon-1', 'pull-12', 'none', 1, 'pigeon', now(), 'delivered')"));
    String path = "/v1/touches/" + touch + "/confirm";
    for (int i = 0; i < 2; i++) {
      var refused = SERVICE.post(path, people.sender, "");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
      JsonNode problem = RunningService.json(refused);
      assertThat(problem.path("type").textValue()).endsWith("/problems/person_parked");
      assertThat(problem.path("detail").textValue())
          .contains("\"p-pull-12\"", "/v1/schedule/parked/p-pull-12/release", "Do not send");
    }
    assertThat(people.get("/v1/schedule/parked").at("/parked/0/personId").textValue())
        .isEqualTo("p-pull-12");
    SERVICE.jdbi().useHandle(handle -> handle.execute("delete from touch where id = 'pigeon-1'"));
    people.post("/v1/schedule/parked/p-pull-12/release", people.operator, "");
    assertThat(people.confirm(touch, "k-3").path("send").booleanValue()).isTrue();
  }

  @Test
  void touch_thatIsUnderWayElsewhere_isNotMadeTwice() throws Exception {
    people.stalled("pull-11");
    people.leased("pull-11");
    people.stalled("pull-10");
    people.look("pull-10", look -> look.startsWith("touch"));
    String touch =
        RunningService.json(SERVICE.get("/v1/contacts/pull-10/next-best-touch", people.sender))
            .at("/touch/id")
            .textValue();
    assertThat(touch).isNotNull();
    // As after a merge that was undone: the row went with another contact, and its id stays.
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into touch (id, contact_id, sequence, step, channel, at, outcome, state)"
                        + " values (?, 'pull-11', 'standard_five', 1, 'email', now(), 'delivered', 'done')",
                    touch));
    assertThat(people.lease("\"max\":10").path("touches")).isEmpty();
    people.look("pull-10", look -> look.equals("touch step_due,touch_under_way"));
    assertThat(people.confirm(touch, "k-1").path("send").booleanValue()).isFalse();
  }

  @Test
  void trigger_wakesTheParkedWhoseGapItAnswers_andNobodyElse() throws Exception {
    for (String gap : List.of("price", "competitor")) {
      people.contact(
          "pull-" + gap,
          "\"email\":\"%1$s@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\",\"program\":\"b2b_saas\",\"deals\":[{\"id\":\"d-%1$s\",\"stage\":\"proposal\",\"outcome\":\"lost\",\"closedAt\":\"%2$s\",\"lossReason\":\"%1$s\"}]"
              .formatted(gap, People.longAgo()));
      people.look("pull-" + gap, look -> look.startsWith("park"));
    }
    String before = lookedAt("pull-competitor");
    JsonNode reached =
        people.post(
            "/v1/triggers",
            people.operator,
            "{\"kind\":\"pricing_change\",\"topic\":\"annual plans\",\"answers\":[\"price\"]}");
    assertThat(reached.path("woken").intValue()).isPositive();
    JsonNode leased = people.leased("pull-price");
    assertThat(leased.at("/decision/touch/sequence").textValue()).isEqualTo("closed_lost");
    assertThat(lookedAt("pull-competitor")).isEqualTo(before);
  }

  private static String lookedAt(String contact) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select l.looked_at::text from next_look l join contact_person cp using (person_id)"
                            + " where cp.contact_id = :contact")
                    .bind("contact", contact)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void repeatedLease_withOneKey_givesTheSameList() throws Exception {
    people.stalled("pull-7");
    people.look("pull-7", look -> look.startsWith("touch"));
    var request =
        new Object() {
          JsonNode send() throws Exception {
            return RunningService.json(
                SERVICE.send(
                    SERVICE
                        .request("/v1/touches/lease", people.sender)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "lease-7")
                        .POST(
                            java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"channels\":[\"email\"],\"max\":5}"))));
          }
        };
    JsonNode first = request.send();
    assertThat(first.path("touches")).hasSize(1);
    assertThat(request.send()).isEqualTo(first);
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.RunningService;

/** Slips of operators and platforms, and what they are told. */
class OperatorStoriesTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  private static HttpResponse<String> stop(String kind, String name) throws Exception {
    String body = "{\"kind\":\"%s\",\"name\":\"%s\",\"reason\":\"r\"}";
    return SERVICE.post("/v1/schedule/stops", people.operator, body.formatted(kind, name));
  }

  @ParameterizedTest
  @CsvSource({
    "channel, emial, email",
    "sequence, standard_fve, standard_five",
    "program, b2b_sas, b2b_saas"
  })
  void killSwitch_thatIsMistyped_isRefusedWithWhatWasMeant(String kind, String slip, String meant)
      throws Exception {
    HttpResponse<String> refused = stop(kind, slip);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    JsonNode error = RunningService.json(refused).at("/errors/0");
    assertThat(error.path("pointer").textValue()).isEqualTo("/name");
    assertThat(error.path("message").textValue())
        .contains("did you mean \"" + meant + "\"?", "Allowed: ");
    people.post(
        "/v1/schedule/stops/" + set(kind, meant) + "/lift",
        people.operator,
        "{\"reason\":\"tried\"}");
  }

  @Test
  void killSwitch_forAProgramOfContactsAlone_isTaken() throws Exception {
    people.contact("op-1", "\"program\":\"our_own\"");
    assertThat(stop("program", "our_own").statusCode()).isEqualTo(200);
  }

  private static String set(String kind, String name) throws Exception {
    HttpResponse<String> set = stop(kind, name);
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    return RunningService.json(set).path("id").textValue();
  }

  private static void execute(String sql) {
    SERVICE.jdbi().useHandle(handle -> handle.execute(sql));
  }

  /** As a look leaves somebody whose touch is held back by a kill switch. */
  private static void heldBack(String contact) throws Exception {
    people.contact(contact, "\"relationship\":\"lead\"");
    execute(
        """
        update next_look l
           set verdict = 'wait', reasons = '{step_due,stopped}', due_at = now() + interval '1 day', wakes = 0
          from contact_person cp
         where cp.person_id = l.person_id and cp.contact_id = '%s'
        """
            .formatted(contact));
  }

  /** Until a person is looked at because something changed. */
  private static void woken(String contact) {
    Instant end = Instant.now().plusSeconds(30);
    while (!SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select l.due_at <= now() and l.wakes > 0 from next_look l"
                            + " join contact_person cp using (person_id) where cp.contact_id = :contact")
                    .bind("contact", contact)
                    .mapTo(Boolean.class)
                    .one())) {
      assertThat(Instant.now()).as(contact).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void killSwitch_isLifted_howeverBusyThoseAreWhomItHeldBack() throws Exception {
    heldBack("op-40");
    heldBack("op-41");
    String stop = set("channel", "paid_media");
    SERVICE
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("select from next_look where reasons @> array['stopped'] for update");
              people.post(
                  "/v1/schedule/stops/" + stop + "/lift", people.operator, "{\"reason\":\"over\"}");
            });
    woken("op-40");
    woken("op-41");
  }

  @Test
  void killSwitch_whoseLiftingEndedHalfway_isLiftedForTheRest() throws Exception {
    heldBack("op-42");
    heldBack("op-43");
    execute(
        """
        insert into stop (id, kind, name, reason, client, lifted_at, lifted_by, woken_to)
        values (gen_random_uuid(), 'channel', 'phone', 'r', 'c', now(), 'c',
                (select person_id || '!' from contact_person where contact_id = 'op-42'))
        """);
    woken("op-43");
    assertThat(people.look("op-42", look -> look.contains("stopped"))).isNotBlank();
  }

  private static HttpResponse<String> trigger(String topic) throws Exception {
    return trigger(topic, "trigger-1");
  }

  private static HttpResponse<String> trigger(String topic, String key) throws Exception {
    return SERVICE.send(
        SERVICE
            .request("/v1/triggers", people.operator)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(
                BodyPublishers.ofString(
                    "{\"kind\":\"pricing_change\",\"topic\":\"%s\"}".formatted(topic))));
  }

  @Test
  void trigger_thatIsToldAgainWithItsKey_getsTheFirstAnswer() throws Exception {
    people.stalled("op-2");
    HttpResponse<String> first = trigger("price");
    assertThat(RunningService.json(first).path("woken").intValue()).isPositive();
    assertThat(trigger("price").body()).isEqualTo(first.body());
    assertThat(trigger("competitor").statusCode()).isEqualTo(422);
  }

  @Test
  void trigger_whoseFirstTellingHadNoAnswer_isTheSameWhenItIsToldAgain() throws Exception {
    people.stalled("op-44");
    trigger("price", "trigger-2");
    // As if the process had ended before it answered.
    execute("update idempotency_key set status = 0, answer = '' where key = 'trigger-2'");
    HttpResponse<String> again = trigger("price", "trigger-2");
    assertThat(RunningService.json(again).path("matched").intValue()).isPositive();
    assertThat(RunningService.json(again).path("woken").intValue()).isZero();
    assertThat(trigger("price", "trigger-2").body()).isEqualTo(again.body());
    assertThat(trigger("competitor", "trigger-2").statusCode()).isEqualTo(422);
  }

  @Test
  void trigger_isOfTheGap_howeverThatIsSpelt() throws Exception {
    people.contact("op-9", People.stalledFields("op-9").replace("price", "feature_gap"));
    JsonNode told =
        people.post(
            "/v1/triggers",
            people.operator,
            "{\"kind\":\"feature_release\",\"topic\":\"Feature gap\"}");
    assertThat(told.path("woken").intValue()).isPositive();
  }

  @Test
  void outcome_thatIsToCome_countsAsOfNow() throws Exception {
    people.stalled("op-3");
    String touch =
        RunningService.json(SERVICE.get("/v1/contacts/op-3/next-best-touch", people.sender))
            .at("/touch/id")
            .textValue();
    people.confirm(touch, "k-1");
    String line = "{\"touchId\":\"%s\",\"outcome\":\"delivered\",\"at\":\"2031-01-01T00:00:00Z\"}";
    JsonNode told =
        people.post(
            "/v1/touches/outcomes",
            people.sender,
            "{\"outcomes\":[" + line.formatted(touch) + "," + line.formatted("nobodys") + "]}");
    assertThat(told.at("/outcomes/0/result").textValue()).isEqualTo("counted");
    for (JsonNode entry : people.get("/v1/touches/" + touch).path("ledger")) {
      assertThat(Instant.parse(entry.path("at").textValue())).isBefore(Instant.now());
    }
  }

  @ParameterizedTest
  @CsvSource({"stallled, 1, sequence, did you mean", "stalled, 9, step, it has 1"})
  void simulation_ofAResponseToNoStep_isRefused(
      String sequence, int step, String field, String message) throws Exception {
    String body =
        "{\"facts\":{\"contact\":{\"id\":\"x\"}},\"responses\":[{\"day\":1,\"kind\":\"open\"},"
            + "{\"kind\":\"click\",\"sequence\":\"%s\",\"step\":%d}]}";
    HttpResponse<String> refused =
        SERVICE.post("/v1/simulations", people.operator, body.formatted(sequence, step));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    JsonNode error = RunningService.json(refused).at("/errors/0");
    assertThat(error.path("pointer").textValue()).isEqualTo("/responses/1/" + field);
    assertThat(error.path("message").textValue()).contains(message);
  }

  @Test
  void unknownField_isToldEachAllowedNameOnce() throws Exception {
    HttpResponse<String> refused =
        SERVICE.post("/v1/touches/lease", people.sender, "{\"channels\":[],\"maxx\":1}");
    assertThat(refused.body()).contains("Allowed: channels, max, leaseSeconds, waitSeconds");
  }
}

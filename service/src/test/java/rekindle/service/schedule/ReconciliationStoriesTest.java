package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.RunningService;
import rekindle.service.schedule.FakePlatform.Behaviour;
import rekindle.service.store.ReconciliationStore;

/** What a platform's own list says of touches, class by class, and what that settles. */
class ReconciliationStoriesTest {
  private static final FakePlatform PLATFORM = new FakePlatform();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            ((ObjectNode) configuration.get("schedule")).put("running", true);
            PLATFORM.takes(configuration);
          });

  private static People people;

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  @AfterAll
  static void after() throws Exception {
    PLATFORM.close();
  }

  @BeforeEach
  void behaveWell() {
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    PLATFORM.others();
    // What other stories left is none of this platform's.
    SERVICE
        .jdbi()
        .useHandle(handle -> handle.execute("update touch set route = 'of another story'"));
  }

  /** A touch that came to a state some minutes ago. */
  private static String touch(String contact, Behaviour behaviour, String state) throws Exception {
    PLATFORM.behave(request -> behaviour);
    people.stalled(contact);
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals(state));
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set at = at - interval '20 minutes', send_not_after = send_not_after - interval '20 minutes' where id = ?",
                    touch));
    return touch;
  }

  private static String state(String touch) throws Exception {
    return people.get("/v1/touches/" + touch).path("state").textValue();
  }

  private static String entry(String touch) {
    return entry(touch, "");
  }

  private static String entry(String touch, String more) {
    return "{\"touchId\":\"%s\",\"acceptedAt\":\"%s\"%s}"
        .formatted(touch, Instant.now().minusSeconds(1200).truncatedTo(ChronoUnit.SECONDS), more);
  }

  /** The last hour, up to now, by the platform's list. */
  private static JsonNode reconcile(String... entries) throws Exception {
    return reconcile(3600, entries);
  }

  private static JsonNode reconcile(int seconds, String... entries) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return people.post(
        "/v1/reconciliations",
        people.operator,
        "{\"route\":\"esp\",\"from\":\"%s\",\"to\":\"%s\",\"accepted\":[%s]}"
            .formatted(now.minusSeconds(seconds), now, String.join(",", entries)));
  }

  private static String result(JsonNode report, String group, String touch) {
    return StreamSupport.stream(report.path(group).path("touches").spliterator(), false)
        .filter(line -> line.path("touchId").textValue().equals(touch))
        .map(line -> line.path("result").textValue())
        .findFirst()
        .orElse("none");
  }

  @Test
  void doubtful_onTheList_wasHandedOver() throws Exception {
    String touch = touch("rec-1", Behaviour.ACCEPT_AND_CUT, "in_doubt");
    JsonNode report = reconcile(entry(touch), entry(touch));
    assertThat(result(report, "both", touch)).isEqualTo("handed_over");
    assertThat(report.at("/repeated/touchIds/0").textValue()).isEqualTo(touch);
    assertThat(report.path("listed").intValue()).isEqualTo(1);
    assertThat(state(touch)).isEqualTo("handed_over");
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .contains("on the platform's list");
    assertThat(result(reconcile(entry(touch)), "both", touch)).isEqualTo("known");
  }

  @Test
  void unknown_onTheList_wasHandedOver() throws Exception {
    String touch = touch("rec-2", Behaviour.FAIL, "in_doubt");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set state = 'unknown', watch_until = null where id = ?", touch));
    assertThat(result(reconcile(), "oursOnly", touch)).isEqualTo("lost");
    assertThat(state(touch)).isEqualTo("unknown");
    assertThat(result(reconcile(entry(touch)), "both", touch)).isEqualTo("handed_over");
    assertThat(state(touch)).isEqualTo("handed_over");
  }

  @Test
  void doubtful_notOnTheList_wasNotTaken_andIsMadeAgainOnce() throws Exception {
    String touch = touch("rec-3", Behaviour.FAIL, "in_doubt");
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    JsonNode report = reconcile();
    assertThat(result(report, "oursOnly", touch)).isEqualTo("released");
    assertThat(report.at("/oursOnly/results/released").intValue()).isEqualTo(1);
    assertThat(PLATFORM.next().key()).isEqualTo(touch);
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    assertThat(PLATFORM.accepted().get(touch)).hasSize(1);
  }

  @Test
  void accepted_andNotOnTheList_isLost_andNeverMadeAgain() throws Exception {
    String touch = touch("rec-4", Behaviour.ACCEPT, "handed_over");
    assertThat(result(reconcile(), "oursOnly", touch)).isEqualTo("lost");
    // In doubt since, because nobody told more: the platform did say that it has it.
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set state = 'in_doubt', outcome = 'in_doubt' where id = ?",
                    touch));
    assertThat(result(reconcile(), "oursOnly", touch)).isEqualTo("lost");
    assertThat(state(touch)).isEqualTo("in_doubt");
  }

  @Test
  void touch_nearTheEndOfTheSpan_isNotJudged() throws Exception {
    PLATFORM.behave(request -> Behaviour.FAIL);
    people.stalled("rec-5");
    String touch = PLATFORM.next().key();
    people.touch(touch, found -> found.path("state").textValue().equals("in_doubt"));
    JsonNode report = reconcile();
    assertThat(report.path("unjudged").intValue()).isEqualTo(1);
    assertThat(result(report, "oursOnly", touch)).isEqualTo("none");
    assertThat(state(touch)).isEqualTo("in_doubt");
  }

  @Test
  void touch_thatNobodyWasToSend_countsAfterAll() throws Exception {
    String touch = touch("rec-6", Behaviour.FAIL, "in_doubt");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set state = 'withheld', outcome = 'withheld' where id = ?",
                    touch));
    JsonNode report = reconcile(entry(touch));
    assertThat(result(report, "theirsOnly", touch)).isEqualTo("recorded");
    assertThat(report.toString()).contains("nobody was to send it");
    assertThat(state(touch)).isEqualTo("handed_over");
  }

  private static String outcome(String touch) throws Exception {
    return people.get("/v1/touches/" + touch).path("outcome").textValue();
  }

  @Test
  void touch_thatWasRefusedByMistake_countsAfterAll() throws Exception {
    String touch = touch("rec-40", Behaviour.REFUSE, "rejected");
    PLATFORM.behave(request -> Behaviour.ACCEPT);
    while (!PLATFORM.accepted().containsKey(PLATFORM.next().key())) {
      // Another one is made instead.
    }
    JsonNode report = reconcile(entry(touch));
    assertThat(result(report, "theirsOnly", touch)).isEqualTo("recorded");
    assertThat(report.toString()).contains("The ledger had it as failed");
    assertThat(outcome(touch)).isEqualTo("handed_over");
    assertThat(result(reconcile(entry(touch)), "both", touch)).isEqualTo("known");
  }

  @ParameterizedTest
  @CsvSource({"rec-41, released", "rec-42, done"})
  void touch_thatWasNotSentAsWasTold_countsAfterAll(String contact, String state) throws Exception {
    String touch = touch(contact, Behaviour.FAIL, "in_doubt");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set state = ?, outcome = 'not_sent', watch_until = null where id = ?",
                    state,
                    touch));
    assertThat(result(reconcile(entry(touch)), "theirsOnly", touch)).isEqualTo("recorded");
    assertThat(outcome(touch)).isEqualTo("handed_over");
  }

  @Test
  void touch_thatWasAcceptedAndFailed_staysFailed() throws Exception {
    String touch = touch("rec-43", Behaviour.ACCEPT, "handed_over");
    people.post("/v1/touches/" + touch + "/outcome", people.sender, "{\"outcome\":\"failed\"}");
    PLATFORM.next();
    assertThat(result(reconcile(entry(touch)), "both", touch)).isEqualTo("known");
    assertThat(outcome(touch)).isEqualTo("failed");
  }

  @Test
  void touch_ofAnotherRoute_isTold() throws Exception {
    String touch = touch("rec-7", Behaviour.ACCEPT, "handed_over");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update touch set route = 'pull', client = 'crm' where id = ?", touch));
    JsonNode report = reconcile(entry(touch));
    assertThat(result(report, "theirsOnly", touch)).isEqualTo("other_route");
    assertThat(report.toString()).contains("\\\"pull\\\", client \\\"crm\\\"");
  }

  @Test
  void unlogged_countsOnceItsContactIsTold_andIsNeverMadeAgain() throws Exception {
    JsonNode stop =
        people.post(
            "/v1/schedule/stops",
            people.operator,
            "{\"kind\":\"everything\",\"reason\":\"reconciling\"}");
    people.stalled("rec-8");
    people.look("rec-8", look -> look.contains("stopped"));
    JsonNode decision = json(SERVICE.get("/v1/contacts/rec-8/next-best-touch", people.sender));
    String touch = decision.at("/touch/id").textValue();
    assertThat(result(reconcile(entry(touch)), "theirsOnly", touch)).isEqualTo("unresolved");
    String named =
        ",\"contactId\":\"%s\",\"sequence\":\"standard_five\",\"step\":%d,\"channel\":\"email\"";
    JsonNode wrong = reconcile(entry(touch, named.formatted("rec-8", 2)));
    assertThat(result(wrong, "theirsOnly", touch)).isEqualTo("refused");
    assertThat(wrong.toString()).contains("person \\\"p-rec-8\\\" in step 2");
    JsonNode nobody = reconcile(entry(touch, named.formatted("rec-none", 1)));
    assertThat(result(nobody, "theirsOnly", touch)).isEqualTo("unresolved");
    assertThat(nobody.toString()).contains("There is no contact \\\"rec-none\\\"");
    people.until(
        "/v1/schedule", found -> found.path("alarms").toString().contains("unlogged_send"));
    JsonNode right = reconcile(entry(touch, named.formatted("rec-8", 1)));
    assertThat(result(right, "theirsOnly", touch)).isEqualTo("recorded");
    assertThat(state(touch)).isEqualTo("handed_over");
    assertThat(result(reconcile(entry(touch)), "both", touch)).isEqualTo("known");
    people.until(
        "/v1/schedule", found -> !found.path("alarms").toString().contains("unlogged_send"));
    people.post(
        "/v1/schedule/stops/" + stop.path("id").textValue() + "/lift",
        people.operator,
        "{\"reason\":\"reconciled\"}");
    people.look("rec-8", look -> look.startsWith("wait") && look.contains("step_not_due"));
    assertThat(PLATFORM.accepted()).doesNotContainKey(touch);
    assertThat(journeys("rec-8")).isEqualTo(1);
  }

  private static long unlogged() {
    return SERVICE.jdbi().withHandle(ReconciliationStore::unlogged);
  }

  @Test
  void alarm_ofUnloggedTouches_endsOnlyByAListThatCoversThem() throws Exception {
    SERVICE.jdbi().useHandle(handle -> handle.execute("delete from reconciliation"));
    reconcile(entry("rec-44"), entry("rec-45"));
    assertThat(unlogged()).isEqualTo(2);
    reconcile(600);
    assertThat(unlogged()).as("ten minutes, which do not cover what was twenty ago").isEqualTo(2);
    reconcile(entry("rec-44"));
    assertThat(unlogged()).isEqualTo(1);
    reconcile();
    assertThat(unlogged()).isZero();
  }

  private static long journeys(String contact) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from journey where contact_id = :contact and sequence = 'standard_five' and ended_at is null")
                    .bind("contact", contact)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void report_isInTheAuditLog_withoutAnybodysId() throws Exception {
    String touch = touch("rec-9", Behaviour.ACCEPT, "handed_over");
    String id = reconcile(entry(touch)).path("id").textValue();
    String body =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select convert_from(body, 'UTF8') from audit_event"
                                + " where kind = 'reconcile_report' order by id desc limit 1")
                        .mapTo(String.class)
                        .one());
    assertThat(body).contains(id, "\"both\":1", "\"route\":\"esp\"").doesNotContain(touch, "rec-9");
  }

  @Test
  void list_ofAClientThatNobodyKnows_isRefused() throws Exception {
    HttpResponse<String> refused =
        SERVICE.post(
            "/v1/reconciliations",
            people.operator,
            """
            {"route": "pull", "client": "crn", "from": "2026-03-10T15:00:00Z", "to": "2026-03-10T16:00:00Z",
             "accepted": []}
            """);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/errors/0/pointer").textValue()).isEqualTo("/client");
  }

  @Test
  void list_withFaults_isRefused_withAllOfThem() throws Exception {
    HttpResponse<String> refused =
        SERVICE.post(
            "/v1/reconciliations",
            people.operator,
            """
            {"route": "fax", "client": "x", "from": "2026-03-10T16:00:00Z", "to": "2026-03-10T15:00:00Z",
             "accepted": [{"touchId": "a", "acceptedAt": "2026-03-10T17:00:00Z"},
                          {"acceptedAt": "soon", "contactId": "c", "sequence": "s", "channel": "pigeon"}]}
            """);
    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode errors = json(refused).path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .contains(
            "/route",
            "/client",
            "/from",
            "/accepted/0/acceptedAt",
            "/accepted/1/touchId",
            "/accepted/1/acceptedAt",
            "/accepted/1/step",
            "/accepted/1/channel");
    assertThat(errors.toString()).contains("there are esp, pull");
    HttpResponse<String> early =
        SERVICE.post(
            "/v1/reconciliations",
            people.operator,
            "{\"route\":\"pull\",\"from\":\"2026-03-10T16:00:00Z\",\"to\":\"2199-01-01T00:00:00Z\"}");
    assertThat(json(early).path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/client", "/to", "/accepted");
    assertThat(SERVICE.post("/v1/reconciliations", people.sender, "{}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void list_thatIsTooLong_isRefused() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var entries = new StringBuilder();
    for (int i = 0; i <= 20_000; i++) {
      entries.append(i == 0 ? "" : ",").append(entry("long-" + i));
    }
    HttpResponse<String> refused =
        SERVICE.post(
            "/v1/reconciliations",
            people.operator,
            "{\"route\":\"esp\",\"from\":\"%s\",\"to\":\"%s\",\"accepted\":[%s]}"
                .formatted(now.minusSeconds(3600), now, entries));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("20001 touches are too many; send at most 20000 at once");
  }
}

package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;
import static rekindle.service.api.Exchanges.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import rekindle.service.RunningService;

/** Every operation about touches, tasks and the schedule, each in the ways in which it succeeds. */
final class ScheduleOperations {
  private final RunningService service;
  private final Exchanges exchanges;
  private final String operator;
  private final String sender;

  ScheduleOperations(RunningService service, Exchanges exchanges) throws Exception {
    this.service = service;
    this.exchanges = exchanges;
    operator = service.newKey("operator");
    sender = service.newKey("sender");
  }

  void all() throws Exception {
    exchanges.send("PUT", "/v1/contacts/sch-1", operator, JSON, contact());
    service.look();
    touches();
    triggers();
    tasks();
    schedule();
    reconciliation();
  }

  private static String contact() {
    return "{\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],\"email\":\"sch-1@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\",\"program\":\"b2b_saas\",\"funnel\":\"trial\",\"tags\":[\"price\"],\"lastEngagementAt\":\"%s\"}"
        .formatted(Instant.now().minus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
  }

  private void touches() throws Exception {
    String lease = "/v1/touches/lease";
    String order = "{\"channels\":[\"email\"],\"max\":500,\"leaseSeconds\":60,\"waitSeconds\":1}";
    JsonNode leased =
        json(exchanges.sendOnce("POST", lease, exchanges.with("POST", lease, sender, JSON, order)));
    assertThat(leased.path("touches")).isNotEmpty();
    String touch = leased.at("/touches/0/touchId").textValue();
    String path = "/v1/touches/" + touch;
    JsonNode yes =
        json(
            exchanges.sendOnce(
                "POST",
                path + "/confirm",
                service
                    .request(path + "/confirm", sender)
                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody())));
    assertThat(yes.path("send").booleanValue()).as(yes.toString()).isTrue();
    exchanges.post(path + "/confirm", sender);
    String outcome = "{\"outcome\":\"handed_over\",\"detail\":\"queued\"}";
    exchanges.sendOnce(
        "POST",
        path + "/outcome",
        exchanges.with("POST", path + "/outcome", sender, JSON, outcome));
    String outcomes =
        "{\"outcomes\":[{\"touchId\":\"%s\",\"outcome\":\"delivered\",\"at\":\"2026-03-10T15:00:00Z\"},{\"touchId\":\"x\",\"outcome\":\"failed\"}]}"
            .formatted(touch);
    exchanges.sendOnce(
        "POST",
        "/v1/touches/outcomes",
        exchanges.with("POST", "/v1/touches/outcomes", sender, JSON, outcomes));
    assertThat(json(exchanges.get(path, sender)).path("state").textValue()).isEqualTo("done");
  }

  private void triggers() throws Exception {
    JsonNode reached =
        json(
            exchanges.send(
                "POST",
                "/v1/triggers",
                operator,
                JSON,
                "{\"kind\":\"pricing_change\",\"topic\":\"annual plans\",\"answers\":[\"price\"],\"at\":\"2026-03-01T00:00:00Z\"}"));
    assertThat(reached.path("matched").intValue()).isPositive();
  }

  private void tasks() throws Exception {
    service
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into task (id, kind, contact_id, decision_id, channel, reason)
                    values (gen_random_uuid(), 'follow_up', 'sch-1', gen_random_uuid(), null, 'booking')
                    """));
    JsonNode open = json(exchanges.get("/v1/tasks", operator));
    exchanges.get("/v1/tasks?channel=phone", operator);
    String task = "/v1/tasks/" + open.at("/tasks/0/id").textValue();
    exchanges.get(task, operator);
    exchanges.sendOnce(
        "POST",
        task + "/claim",
        service
            .request(task + "/claim", operator)
            .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    String ending = "{\"disposition\":\"opt_out_all\",\"note\":\"said so on the phone\"}";
    JsonNode done =
        json(
            exchanges.sendOnce(
                "POST",
                task + "/done",
                exchanges.with("POST", task + "/done", operator, JSON, ending)));
    assertThat(done.path("accepted").booleanValue()).isTrue();
  }

  private void schedule() throws Exception {
    exchanges.get("/v1/schedule", operator);
    String stops = "/v1/schedule/stops";
    String order = "{\"kind\":\"program\",\"name\":\"b2b_saas\",\"reason\":\"tried\"}";
    JsonNode stop =
        json(
            exchanges.sendOnce(
                "POST", stops, exchanges.with("POST", stops, operator, JSON, order)));
    String lift = stops + "/" + stop.path("id").textValue() + "/lift";
    exchanges.sendOnce(
        "POST", lift, exchanges.with("POST", lift, operator, JSON, "{\"reason\":\"enough\"}"));
    exchanges.get(stops, operator);
    service
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update next_look set parked_at = now(), parked_reason = 'x' where person_id = 'p-sch-1'"));
    JsonNode parked = json(exchanges.get("/v1/schedule/parked", operator));
    assertThat(parked.at("/parked/0/personId").textValue()).isEqualTo("p-sch-1");
    exchanges.post("/v1/schedule/parked/p-sch-1/release", operator);
  }

  private String client() {
    return service
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select min(name) from api_client").mapTo(String.class).one());
  }

  private void reconciliation() throws Exception {
    String path = "/v1/reconciliations";
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String list =
        """
        {"route": "pull", "client": "%4$s", "from": "%1$s", "to": "%2$s", "accepted": [
          {"touchId": "x", "acceptedAt": "%3$s"},
          {"touchId": "y", "acceptedAt": "%3$s", "contactId": "sch-1", "personId": "p-sch-1",
           "sequence": "standard_five", "step": 1, "channel": "email", "incentive": "fee_credit"}]}
        """
            .formatted(now.minusSeconds(3600), now, now.minusSeconds(60), client());
    JsonNode report =
        json(exchanges.sendOnce("POST", path, exchanges.with("POST", path, operator, JSON, list)));
    assertThat(report.at("/theirsOnly/results/unresolved").intValue()).isEqualTo(1);
    assertThat(report.at("/theirsOnly/results/refused").intValue()).isEqualTo(1);
    exchanges.get("/v1/schedule", operator);
  }
}

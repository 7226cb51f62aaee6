package rekindle.service.api;

import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import rekindle.service.RunningService;
import rekindle.service.api.Provocations.Provocation;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.problem.ProblemType;

/** How problems about people come about. */
final class PeopleProvocations {
  private final RunningService service;
  private final String operator;

  PeopleProvocations(RunningService service) throws Exception {
    this.service = service;
    operator = service.newKey("operator", "sender");
  }

  void addTo(Map<ProblemType, Provocation> all) {
    all.put(
        ProblemType.IDENTITY_CHANGE_REFUSED,
        new Provocation("POST /v1/persons/splits", this::splitsAll));
    all.put(
        ProblemType.PERSON_PARKED,
        new Provocation("POST /v1/touches/{id}/confirm", this::confirmsForOneWhoIsParked));
    all.put(
        ProblemType.DECISION_ERASED,
        new Provocation("GET /v1/decisions/{id}", this::looksForAnErasedOne));
  }

  private Answer confirmsForOneWhoIsParked() throws Exception {
    String lastEngagement =
        Instant.now().minus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    service.send(
        service
            .request("/v1/contacts/unreadable", operator)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                        + "\"email\":\"unreadable@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\","
                        + "\"program\":\"b2b_saas\",\"funnel\":\"trial\",\"lastEngagementAt\":\""
                        + lastEngagement
                        + "\"}")));
    String touch =
        json(service.get("/v1/contacts/unreadable/next-best-touch", operator))
            .at("/touch/id")
            .textValue();
    service
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update next_look set parked_at = now(), parked_reason = 'x' where person_id = 'p-unreadable'"));
    return Answer.of(service.post("/v1/touches/" + touch + "/confirm", operator, ""));
  }

  private void contact(String id) throws Exception {
    service.send(
        service
            .request("/v1/contacts/" + id, operator)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"country\":\"US\"}")));
  }

  private Answer splitsAll() throws Exception {
    contact("alone");
    return Answer.of(
        service.post(
            "/v1/persons/splits", operator, "{\"contacts\":[\"alone\"],\"reason\":\"none\"}"));
  }

  private Answer looksForAnErasedOne() throws Exception {
    contact("gone");
    String id =
        json(service.get("/v1/contacts/gone/next-best-touch", operator)).get("id").textValue();
    service.post("/v1/persons/p-gone/erasure", ADMIN_KEY, "{\"basis\":\"request\"}");
    return Answer.of(service.get("/v1/decisions/" + id, operator));
  }
}

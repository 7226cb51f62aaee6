package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;
import static rekindle.service.api.Exchanges.JSON;
import static rekindle.service.api.Exchanges.NDJSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import rekindle.service.RunningService;

/** Every operation about events and people, each in the ways in which it succeeds. */
final class PeopleOperations {
  private final RunningService service;
  private final Exchanges exchanges;
  private final String operator;

  PeopleOperations(RunningService service, Exchanges exchanges) throws Exception {
    this.service = service;
    this.exchanges = exchanges;
    operator = service.newKey("operator");
  }

  void all() throws Exception {
    for (String contact : new String[] {"ev-1", "ev-2"}) {
      exchanges.send(
          "PUT",
          "/v1/contacts/" + contact,
          operator,
          JSON,
          "{\"country\":\"US\",\"region\":\"NY\",\"timeZones\":[\"America/New_York\"],\"email\":\""
              + contact
              + "@example.com\"}");
    }
    events();
    pages();
    persons();
  }

  private void events() throws Exception {
    String path = "/v1/events";
    String array =
        """
        [{"id": "1", "source": "gate", "kind": "reply", "contactId": "ev-1", "channel": "sms",
          "at": "2026-03-10T15:00:00Z", "text": "can you stop", "language": "en"},
         {"id": "2", "source": "gate", "kind": "purchase", "contactId": "ev-1",
          "orders": [{"id": "ev-o", "orderedAt": "2026-03-10T15:00:00Z", "amount": "9.00", "currency": "USD"}]},
         {"id": "1", "source": "gate", "kind": "login", "contactId": "ev-1"},
         {"id": "3", "kind": "click", "contactId": "ev-unknown", "channel": "email"}]
        """;
    var taken =
        exchanges.sendOnce("POST", path, exchanges.with("POST", path, operator, JSON, array));
    assertThat(json(taken).at("/events/0/result").textValue()).isEqualTo("applied");
    assertThat(json(taken).at("/events/2/result").textValue()).isEqualTo("duplicate");
    assertThat(json(taken).at("/events/3/result").textValue()).isEqualTo("set_aside");
    String cloud =
        """
        {"specversion": "1.0", "id": "c-1", "source": "/crm", "type": "com.example.crm.opt-out",
         "subject": "ev-2", "time": "2026-03-10T15:00:00Z", "data": {"channel": "email"}}
        """;
    exchanges.send("POST", path, operator, "application/cloudevents+json", cloud);
    exchanges.send("POST", path, operator, "application/cloudevents-batch+json", "[" + cloud + "]");
    String lines = "{\"id\":\"l-1\",\"kind\":\"login\",\"contactId\":\"ev-2\"}\n";
    exchanges.send("POST", path, operator, NDJSON, lines);
    var bad =
        exchanges.send(
            "POST",
            path,
            service
                .request(path, operator)
                .header("Content-Type", NDJSON)
                .POST(
                    BodyPublishers.ofString(lines + "{\"id\":\"l-2\",\"kind\":\"dance\"}\nno\n")));
    assertThat(bad.body().lines().toList().get(1)).contains("/problems/invalid_input");
    exchanges.get("/v1/revocations", operator);
    JsonNode report =
        json(
            exchanges.get(
                "/v1/revocations?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z", operator));
    assertThat(report.path("received").intValue()).isEqualTo(2);
    JsonNode replies = json(exchanges.get("/v1/replies", operator)).path("replies");
    String review = "/v1/replies/" + replies.at("/0/id").textValue() + "/review";
    var settled =
        exchanges.sendOnce(
            "POST",
            review,
            exchanges.with(
                "POST",
                review,
                operator,
                JSON,
                "{\"outcome\":\"no_opt_out\",\"comment\":\"a stop\"}"));
    assertThat(json(settled).path("suppressionsEnded").intValue()).isPositive();
  }

  private void pages() throws Exception {
    JsonNode decision =
        json(exchanges.get("/v1/contacts/ev-1/next-best-touch", service.newKey("sender")));
    assertThat(decision.has("touch")).isFalse();
    String path = "/u/" + service.token("ev-1", "email");
    assertThat(exchanges.get(path, null).body()).contains("<form method=\"post\">");
    var stopped =
        exchanges.send(
            "POST",
            path,
            service
                .request(path, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
    assertThat(stopped.body()).contains("You are unsubscribed");
  }

  private void persons() throws Exception {
    String merges = "/v1/persons/merges";
    String order = "{\"contacts\":[\"ev-1\",\"ev-2\"],\"reason\":\"one person\"}";
    var merged =
        exchanges.sendOnce("POST", merges, exchanges.with("POST", merges, operator, JSON, order));
    String change = "/v1/persons/changes/" + json(merged).get("id").textValue();
    exchanges.get(change, operator);
    String person = json(merged).at("/persons/ev-1").textValue();
    assertThat(json(merged).at("/persons/ev-2").textValue()).isEqualTo(person);
    exchanges.get("/v1/persons/" + person, operator);
    var split =
        exchanges.send(
            "POST",
            "/v1/persons/splits",
            operator,
            JSON,
            "{\"contacts\":[\"ev-2\"],\"reason\":\"two after all\"}");
    String second = "/v1/persons/changes/" + json(split).get("id").textValue();
    String reason = "{\"reason\":\"a slip\"}";
    exchanges.sendOnce(
        "POST", second + "/undo", exchanges.with("POST", second + "/undo", operator, JSON, reason));
    exchanges.send("POST", change + "/undo", operator, JSON, reason);
    exchanges.get("/v1/persons/p-ev-1/export", operator);
    String erasure = "/v1/persons/p-ev-1/erasure";
    exchanges.sendOnce(
        "POST",
        erasure,
        exchanges.with("POST", erasure, ADMIN_KEY, JSON, "{\"basis\":\"request\"}"));
  }
}

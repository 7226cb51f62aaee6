package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;
import static rekindle.service.api.Exchanges.CSV;
import static rekindle.service.api.Exchanges.JSON;
import static rekindle.service.api.Exchanges.NDJSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.OpenApiDocument;
import rekindle.testing.ContractExamples;

/** Every operation succeeds as the document tells, in all the ways in which it may succeed. */
class OpenApiOperationsTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  private static final String CONTACT =
      """
      {"id": "told-1", "personId": "told-p-1", "program": "b2b_saas", "business": "b2b",
       "subscriberType": "individual", "relationship": "lead", "email": "told.1@example.com",
       "phone": "+1 (212) 555-0101", "linkedin": "connected", "whatsapp": "registered",
       "companyDomain": "acme.example", "country": "US", "region": "NY", "postalCode": "10001",
       "timeZones": ["America/New_York"], "source": "webinar", "statusAtLastTouch": "SQL",
       "lastTouchChannel": "email", "lastEngagementAt": "2025-12-01T10:00:00+01:00",
       "lastInquiryAt": "2025-11-28", "doNotContactScope": ["phone", "sms"],
       "tags": ["price", "timing"], "funnel": "trial", "accountId": "a-9", "lineType": "mobile",
       "emailState": "risky", "globalPrivacyControl": true, "lastLoginAt": "2025-11-02",
       "currency": "USD", "lifetimeValue": "4200.00", "acquisitionCost": "600.00",
       "grossMarginRate": "0.80",
       "consents": [{"channel": "email", "address": "TOLD.1@example.com", "basis": "express",
                     "capturedAt": "2025-05-07", "method": "web_form", "textShown": true,
                     "source": "pricing page", "proofUri": "https://example.com/1",
                     "noticeAtCollection": true, "withdrawnAt": null}],
       "suppressions": [{"scope": "sms", "reason": "opt_out", "since": "2026-01-01"}],
       "subscriptions": [{"id": "told-s-1", "status": "cancelled", "endedAt": "2025-11-20",
                          "reason": "price", "usageLast30Days": 0}],
       "orders": [{"id": "told-o-1", "orderedAt": "2025-01-01T12:00:00Z", "amount": "10.00",
                   "currency": "USD", "cancelled": false}],
       "deals": [{"id": "told-d-1", "stage": "proposal", "outcome": "open",
                  "quotedPrice": "12000.00"}],
       "meetings": [{"id": "told-m-1", "scheduledFor": "2026-02-01T15:00:00Z",
                     "status": "no_show"}],
       "activities": [{"id": "told-x-1", "at": "2026-02-02T10:00:00Z", "channel": "email",
                       "kind": "click", "disposition": "neutral"}],
       "registry": [{"registry": "us_dnc", "answer": "not_listed", "checkedAt": "2026-02-01"}],
       "incentives": [{"code": "fee_credit", "grantedAt": "2025-06-01", "redeemed": true}],
       "winBacks": [{"at": "2024-06-01"}]}
      """;

  private static final String DORMANT =
      """
      {"facts": {"contact": {"id": "told-10", "program": "b2b_saas", "relationship": "lead",
                   "jurisdictions": ["US-NY"], "timeZones": ["America/New_York"],
                   "lastEngagementAt": "2026-01-10T14:00:00Z"},
                 "reach": {"email": "valid", "sms": "mobile"},
                 "lifecycle": {"deal": {"stage": "proposal", "outcome": "open",
                                        "quotedPrice": "12000.00"}},
                 "triggers": [{"kind": "promotion", "at": "2026-03-12T15:00:00Z"}]},
       "asOf": "2026-03-10T15:00:00Z", "days": 20}
      """;

  private final Contract contract = new Contract(OpenApiDocument.read());
  private final Exchanges exchanges = new Exchanges(SERVICE, contract);

  @Test
  void operations_all_succeedAsTheDocumentTells() throws Exception {
    String operator = SERVICE.newKey("operator");
    String sender = SERVICE.newKey("sender");
    String auditor = SERVICE.newKey("auditor");
    contacts(operator);
    imports(operator);
    decisions(sender, auditor);
    calendars(auditor);
    batch(sender);
    clients();
    new MessageOperations(SERVICE, exchanges).all();
    new PeopleOperations(SERVICE, exchanges).all();
    new ScheduleOperations(SERVICE, exchanges).all();
    new PolicyOperations(SERVICE, exchanges).all();
    service();
    var told = new TreeMap<String, Set<Integer>>();
    contract.operations().forEach((name, operation) -> told.put(name, operation.successes()));
    assertThat(exchanges.seen()).isEqualTo(told);
  }

  private void contacts(String operator) throws Exception {
    String path = "/v1/contacts/told-1";
    assertThat(exchanges.send("PUT", path, operator, JSON, CONTACT).statusCode()).isEqualTo(201);
    var again =
        exchanges.sendOnce("PUT", path, exchanges.with("PUT", path, operator, JSON, CONTACT));
    assertThat(json(again).get("result").textValue()).isEqualTo("unchanged");
    exchanges.send(
        "PUT", "/v1/contacts/told-2", operator, JSON, "{\"email\":\"info@example.com\"}");
    JsonNode stored = json(exchanges.get(path, operator));
    assertThat(stored.get("email").textValue()).isEqualTo("told.1@example.com");
    exchanges.get("/v1/contacts/told-2", operator);
    String lines =
        """
        {"id":"told-3","country":"DE","tags":["price"]}
        {"id":"told-4","email":"not an address"}
        """;
    exchanges.send("POST", "/v1/contacts", operator, NDJSON, lines);
    var bad =
        exchanges.send(
            "POST",
            "/v1/contacts",
            SERVICE
                .request("/v1/contacts", operator)
                .header("Content-Type", NDJSON)
                .POST(BodyPublishers.ofString("{\"id\":\"told-5\",\"land\":\"DE\"}\nnonsense\n")));
    assertThat(bad.body().lines()).hasSize(2).allMatch(line -> line.contains("\"error\":{"));
  }

  private void imports(String operator) throws Exception {
    String path = "/v1/imports?type=contacts&fileName=told.csv";
    String csv = "id,country,email\ntold-6,US,told.6@example.com\ntold-7,UK,info@example.com\n";
    var done = exchanges.sendOnce("POST", path, exchanges.with("POST", path, operator, CSV, csv));
    assertThat(json(done).get("state").textValue()).isEqualTo("done");
    assertThat(json(done).get("errors").intValue()).isEqualTo(1);
    var failed = exchanges.send("POST", path, operator, CSV, "name\nx\n");
    assertThat(json(failed).get("state").textValue()).isEqualTo("failed");
    exchanges.send("POST", "/v1/imports/preview?type=contacts&map=Nr:id", operator, CSV, "Nr\nx\n");
    exchanges.send("POST", path + "&dryRun=true&preset=none", operator, CSV, csv);
    exchanges.get("/v1/imports", operator);
    exchanges.get(json(done).at("/links/self").textValue(), operator);
    var errors = exchanges.get(json(done).at("/links/errors").textValue(), operator);
    assertThat(errors.body().lines()).hasSizeGreaterThan(2);
  }

  private void decisions(String sender, String auditor) throws Exception {
    String facts = new String(ContractExamples.facts(), StandardCharsets.UTF_8);
    String path = "/v1/decisions";
    var whatIf =
        exchanges.send(
            "POST",
            path,
            sender,
            JSON,
            "{\"facts\":" + facts + ",\"asOf\":\"2026-03-10T15:00:00Z\"}");
    assertThat(json(whatIf).get("id").isNull()).isTrue();
    String body = "{\"contactId\":\"told-1\"}";
    var kept = exchanges.sendOnce("POST", path, exchanges.with("POST", path, sender, JSON, body));
    String id = json(kept).get("id").textValue();
    assertThat(exchanges.get(path + "/" + id, auditor).body()).isEqualTo(kept.body());
    exchanges.get(path + "/" + id + "/explanation", auditor);
    var replay = exchanges.post(path + "/" + id + "/replay", auditor);
    assertThat(json(replay).get("equal").booleanValue()).isTrue();
    exchanges.get("/v1/contacts/told-1/next-best-touch", sender);
    exchanges.get("/v1/contacts/told-3/next-best-touch?record=false", sender);
    exchanges.send(
        "POST",
        "/v1/resolve",
        sender,
        JSON,
        "{\"country\":\"US\",\"region\":\"TX\",\"postalCode\":\"73301\",\"phone\":\"+493012345678\"}");
    exchanges.send("POST", "/v1/resolve", sender, JSON, "{}");
  }

  private void calendars(String auditor) throws Exception {
    String facts = new String(ContractExamples.facts(), StandardCharsets.UTF_8);
    String path = "/v1/simulations";
    String body =
        "{\"facts\":"
            + facts
            + ",\"asOf\":\"2026-03-10T15:00:00Z\",\"days\":60,\"responses\":["
            + "{\"day\":1,\"kind\":\"open\",\"channel\":\"email\"},"
            + "{\"at\":\"2026-03-20T15:00:00Z\",\"kind\":\"login\"},"
            + "{\"sequence\":\"stalled\",\"step\":2,\"hours\":5,\"kind\":\"click\"}]}";
    JsonNode simulated = json(exchanges.send("POST", path, auditor, JSON, body));
    assertThat(simulated.get("entries")).isNotEmpty();
    exchanges.send("POST", path, auditor, JSON, DORMANT);
    String calendar = "/v1/contacts/told-1/calendar";
    assertThat(json(exchanges.get(calendar, auditor)).get("days").intValue()).isEqualTo(90);
    exchanges.get(calendar + "?days=7", auditor);
  }

  private void batch(String sender) throws Exception {
    String path = "/v1/decisions/batch?record=true";
    String lines =
        """
        {"contactId":"told-1"}
        {"contact":{"id":"told-8"}}
        {"contactId":"none"}
        {"facts":{"contact":{"id":"told-9"}},"record":false}
        """;
    var answers = exchanges.send("POST", path, sender, NDJSON, lines);
    assertThat(answers.body().lines()).hasSize(4);
    assertThat(answers.body().lines().toList().get(2)).contains("/problems/not_found");
  }

  private void clients() throws Exception {
    String path = "/v1/clients";
    String body = "{\"name\":\"told\",\"roles\":[\"sender\"]}";
    exchanges.sendOnce("POST", path, exchanges.with("POST", path, ADMIN_KEY, JSON, body));
    exchanges.get(path, ADMIN_KEY);
    String keys = path + "/told/keys";
    var issued =
        exchanges.sendOnce(
            "POST", keys, SERVICE.request(keys, ADMIN_KEY).POST(BodyPublishers.noBody()));
    exchanges.get(path + "/told", ADMIN_KEY);
    exchanges.send(
        "PUT", path + "/told/roles", ADMIN_KEY, JSON, "{\"roles\":[\"operator\",\"auditor\"]}");
    exchanges.send("PUT", path + "/told/person", ADMIN_KEY, JSON, "{\"person\":\"s-017\"}");
    exchanges.post(path + "/told/disable", ADMIN_KEY);
    exchanges.post(path + "/told/enable", ADMIN_KEY);
    String key = keys + "/" + json(issued).get("id").textValue();
    exchanges.send("DELETE", key, SERVICE.request(key, ADMIN_KEY).DELETE());
    exchanges.get(path + "/told", ADMIN_KEY);
  }

  private void service() throws Exception {
    exchanges.get("/alive", null);
    exchanges.get("/ready", null);
    exchanges.get("/problems/forbidden", null);
    exchanges.get("/openapi.json", null);
  }
}

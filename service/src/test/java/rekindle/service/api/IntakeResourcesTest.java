package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.core.setup.Environment;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.Intakes;

/** Imports and contacts over HTTP, on a real server and a real database. */
class IntakeResourcesTest {
  @TempDir static Path keys = Path.of(".");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @RegisterExtension
  static final TestService SERVICE = new TestService(DATABASE).with(IntakeResourcesTest::register);

  private static @Nullable Intakes intakes;
  private static String operator = "";
  private static String sender = "";

  private static void register(Environment environment) {
    var all = new Intakes(DATABASE.jdbi(), keys.resolve("identity-keys.json"));
    Partitions.extend(all.jdbi);
    var idempotency = new IdempotencyKeys();
    environment
        .jersey()
        .register(
            new ImportsResource(
                all.imports, all.jobs, new StreamedRequests(all.jdbi, idempotency)));
    environment
        .jersey()
        .register(
            new ContactsResource(
                all.jdbi, all.contacts, all.reader, idempotency, all.ids, InstantSource.system()));
    intakes = all;
  }

  @BeforeAll
  static void keys() throws Exception {
    operator = SERVICE.newKey("crm", "operator");
    sender = SERVICE.newKey("platform", "sender");
  }

  private static HttpResponse<String> upload(String query, String csv, Map<String, String> headers)
      throws Exception {
    var request =
        SERVICE.request("/v1/imports" + query, operator).header("Content-Type", "text/csv");
    headers.forEach(request::header);
    return SERVICE.send(request.POST(BodyPublishers.ofString(csv)));
  }

  private static HttpResponse<String> put(String id, String json) throws Exception {
    return SERVICE.send(
        SERVICE
            .request("/v1/contacts/" + id, operator)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  @Test
  void import_uploaded_isAnsweredWithItsJobAndItsErrors() throws Exception {
    HttpResponse<String> answer =
        upload(
            "?type=contacts&fileName=march.csv",
            "id,country,email\nup-1,US,up1@example.com\nup-2,=1+1,up2@example.com\n",
            Map.of());
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode job = TestService.json(answer);
    assertThat(job.path("state").textValue()).isEqualTo("done");
    assertThat(job.path("fileName").textValue()).isEqualTo("march.csv");
    assertThat(job.path("client").textValue()).isEqualTo("crm");
    assertThat(job.path("rows").toString()).isEqualTo("{\"changed\":2,\"read\":2,\"unchanged\":0}");
    assertThat(job.path("errors").longValue()).isEqualTo(1);

    String self = job.path("links").path("self").textValue();
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith(self);
    assertThat(TestService.json(SERVICE.get(self, operator))).isEqualTo(job);
    assertThat(TestService.json(SERVICE.get("/v1/imports", operator)).path("imports"))
        .contains(job);
    HttpResponse<String> errors =
        SERVICE.get(job.path("links").path("errors").textValue(), operator);
    assertThat(errors.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(errors.body())
        .isEqualTo(
            "severity,file,line,column,found,message\r\n"
                + "error,contacts.csv,3,country,'=1+1,That is no ISO 3166-1 code; write it like US"
                + " or DE.\r\n");
  }

  @Test
  void import_withAnIdempotencyKey_isDoneOnce() throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", "import-1");
    HttpResponse<String> first = upload("?type=contacts", "id\nonce-1\n", key);
    HttpResponse<String> again = upload("?type=contacts", "id\nonce-1\n", key);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    HttpResponse<String> other = upload("?type=contacts", "id\nonce-2\n", key);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(get("once-2").statusCode()).as("nothing of it was done").isEqualTo(404);
  }

  @Test
  void import_thatIsNotAsItMustBe_isRefusedWithWhatIsAllowed() throws Exception {
    HttpResponse<String> unknown = upload("?type=contact", "id\n", Map.of());
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("Did you mean contacts?");
    assertThat(upload("", "id\n", Map.of()).statusCode()).isEqualTo(400);
    HttpResponse<String> header = upload("?type=deals", "id\n", Map.of());
    assertThat(header.statusCode()).isEqualTo(201);
    assertThat(TestService.json(header).path("state").textValue()).isEqualTo("failed");
    assertThat(
            SERVICE
                .send(
                    SERVICE
                        .request("/v1/imports?type=contacts", operator)
                        .header("Content-Type", "text/csv;charset=iso-8859-1")
                        .POST(BodyPublishers.ofString("id\n")))
                .statusCode())
        .isEqualTo(415);
    assertThat(SERVICE.get("/v1/imports/0", operator).statusCode()).isEqualTo(404);
  }

  @Test
  void operations_withoutTheRole_areRefused() throws Exception {
    assertThat(SERVICE.get("/v1/imports", sender).statusCode()).isEqualTo(403);
    assertThat(SERVICE.get("/v1/contacts/c-1", sender).statusCode()).isEqualTo(403);
    assertThat(SERVICE.get("/v1/contacts/c-1", null).statusCode()).isEqualTo(401);
  }

  @Test
  void contact_put_isCreatedUpdatedOrUnchangedAndReadAsItIsHeld() throws Exception {
    String json =
        """
        {"email": "Put@Example.com", "phone": "+44 20 7946 0958", "country": "US",
         "region": "NY", "tags": ["price"], "lifetimeValue": "4200.00", "currency": "USD",
         "consents": [{"channel": "email", "basis": "express", "capturedAt": "2025-05-05",
                       "address": "put@example.com", "method": "web_form", "textShown": true}],
         "deals": [{"id": "d-1", "stage": "sql", "outcome": "open"}],
         "winBacks": [{"at": "2024-06-01"}]}
        """;
    HttpResponse<String> created = put("put-1", json);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).isEqualTo("{\"id\":\"put-1\",\"result\":\"created\"}");
    assertThat(put("put-1", json).body()).contains("\"unchanged\"");
    HttpResponse<String> updated = put("put-1", json.replace("\"sql\"", "\"proposal\""));
    assertThat(updated.statusCode()).isEqualTo(200);
    assertThat(updated.body()).contains("\"updated\"");

    JsonNode held = TestService.json(get("put-1"));
    assertThat(held.path("email").textValue()).isEqualTo("put@example.com");
    assertThat(held.path("phone").textValue()).isEqualTo("+442079460958");
    assertThat(held.path("jurisdictions").toString()).isEqualTo("[\"US-NY\",\"GB\"]");
    assertThat(held.path("lifetimeValue").textValue()).isEqualTo("4200.00");
    assertThat(held.path("consents").path(0).path("address").textValue())
        .isEqualTo("put@example.com");
    assertThat(held.path("deals").toString())
        .isEqualTo("[{\"id\":\"d-1\",\"outcome\":\"open\",\"stage\":\"proposal\"}]");
    assertThat(held.path("winBacks").path(0).path("at").textValue())
        .isEqualTo("2024-06-01T00:00:00Z");
  }

  @Test
  void contact_thatIsRead_leavesAnAuditEventWithoutPersonalData() throws Exception {
    put("read-1", "{\"email\": \"read@example.com\"}");
    get("read-1");
    assertThat(get("read-2").statusCode()).isEqualTo(404);
    List<Map<String, Object>> events =
        jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select convert_from(body, 'UTF8') as body, e.subject_ref = p.subject_ref as same
                              from audit_event e
                              join contact_person c on c.contact_id = 'read-1'
                              join person p on p.id = c.person_id
                             where e.kind = 'contact_read' and e.subject_ref = p.subject_ref
                            """)
                        .mapToMap()
                        .list());
    assertThat(events).hasSize(1);
    assertThat(String.valueOf(events.get(0).get("body")))
        .startsWith("{\"actor\":\"crm\",\"kind\":\"contact_read\",\"subject\":\"")
        .doesNotContain("read-1", "@");
  }

  @Test
  void contact_thatIsNotValid_isRefusedWithAllFaultsAndNothingWritten() throws Exception {
    HttpResponse<String> refused =
        put("bad-1", "{\"country\": \"UK\", \"emial\": \"a@example.com\", \"deals\": [{}]}");
    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode errors = TestService.json(refused).path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/country", "/deals/0/id", "/emial");
    assertThat(refused.body()).doesNotContain("a@example.com");
    assertThat(get("bad-1").statusCode()).isEqualTo(404);
  }

  @Test
  void contact_thatContradictsALedger_isRefusedAndNothingWritten() throws Exception {
    String json =
        "{\"tags\": [\"price\"], \"activities\": [{\"id\": \"x\", \"at\": \"2026-01-01\", \"kind\":"
            + " \"click\"}]}";
    put("ledger-1", json);
    HttpResponse<String> refused =
        put("ledger-1", json.replace("click", "reply").replace("price", "timing"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(TestService.json(refused).path("errors").path(0).path("pointer").textValue())
        .isEqualTo("/activities");
    assertThat(TestService.json(get("ledger-1")).path("tags").toString()).isEqualTo("[\"price\"]");
  }

  @Test
  void contacts_asLines_areAnsweredLineByLine() throws Exception {
    HttpResponse<String> answer =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts", operator)
                .header("Content-Type", "application/x-ndjson")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"id": "line-1", "email": "info@example.com"}
                        {"id": "line-2", "country": "UK"}
                        no json

                        {"country": "US"}
                        {"id": "line-1", "email": "info@example.com"}
                        """)));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> lines = answer.body().lines().toList();
    assertThat(lines.get(0))
        .startsWith("{\"id\":\"line-1\",\"line\":1,\"result\":\"created\",\"warnings\":[");
    assertThat(lines.get(1)).contains("\"line\":2", "\"/country\"", "invalid_input");
    assertThat(lines.get(2)).contains("\"line\":3", "not valid JSON");
    assertThat(lines.get(3)).contains("\"line\":5", "\"/id\"");
    assertThat(lines.get(4)).contains("\"line\":6", "\"unchanged\"");
    assertThat(lines).hasSize(5);
  }

  @Test
  void hold_ofAnImport_isLiftedByADocument() throws Exception {
    upload("?type=contacts", "id,country\nlift-1,UK\n", Map.of());
    assertThat(TestService.json(get("lift-1")).path("heldBack").textValue())
        .contains("contacts.csv");
    put("lift-1", "{\"country\": \"GB\"}");
    assertThat(TestService.json(get("lift-1")).has("heldBack")).isFalse();
  }

  @Test
  void manyLines_inOneRequest_areAnsweredInOrder() throws Exception {
    var body = new StringBuilder();
    for (int i = 1; i <= 300; i++) {
      body.append("{\"id\": \"many-%d\", \"email\": \"many%d@example.com\"}\n".formatted(i, i));
    }
    HttpResponse<String> answer =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts", operator)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body.toString())));
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(300);
    for (int i = 1; i <= 300; i++) {
      assertThat(lines.get(i - 1))
          .isEqualTo(
              String.format(
                  Locale.ROOT, "{\"id\":\"many-%d\",\"line\":%d,\"result\":\"created\"}", i, i));
    }
  }

  private static HttpResponse<String> get(String id) throws Exception {
    return SERVICE.get("/v1/contacts/" + id, operator);
  }

  private static org.jdbi.v3.core.Jdbi jdbi() {
    return Objects.requireNonNull(intakes).jdbi;
  }
}

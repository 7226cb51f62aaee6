package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.api.TestService.ADMIN;
import static rekindle.service.api.TestService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;

class ClientsResourceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @RegisterExtension static final TestService SERVICE = new TestService(DATABASE);

  private static HttpResponse<String> create(String name, String idempotencyKey) throws Exception {
    return SERVICE.send(
        SERVICE
            .request("/v1/clients", ADMIN)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"roles\":[\"sender\"]}")));
  }

  @Test
  void client_fromCreationToRevocation() throws Exception {
    HttpResponse<String> created =
        SERVICE.post(
            "/v1/clients", ADMIN, "{\"name\":\"life\",\"roles\":[\"sender\",\"operator\"]}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).get("roles")).hasToString("[\"operator\",\"sender\"]");

    JsonNode issued = json(SERVICE.post("/v1/clients/life/keys", ADMIN, ""));
    String key = issued.get("key").textValue();
    assertThat(key).startsWith("rk_" + issued.get("id").textValue() + "_");
    assertThat(SERVICE.get("/v1/toys/whoami", key).body()).isEqualTo("{\"client\":\"life\"}");

    SERVICE.send(
        SERVICE
            .request("/v1/clients/life/roles", ADMIN)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"roles\":[\"auditor\"]}")));
    assertThat(SERVICE.get("/v1/toys/whoami", key).statusCode()).isEqualTo(403);

    String path = "/v1/clients/life/keys/" + issued.get("id").textValue();
    assertThat(SERVICE.send(SERVICE.request(path, ADMIN).DELETE()).statusCode()).isEqualTo(204);
    assertThat(SERVICE.get("/v1/toys/whoami", key).statusCode()).isEqualTo(401);

    JsonNode listed = json(SERVICE.get("/v1/clients/life", ADMIN));
    assertThat(listed.at("/keys/0/revokedAt").isTextual()).isTrue();
    assertThat(listed.toString()).doesNotContain(key);
  }

  @Test
  void clients_listed_showNoKeys() throws Exception {
    String key = SERVICE.newKey("listed", "sender");
    HttpResponse<String> list = SERVICE.get("/v1/clients", ADMIN);
    assertThat(json(list).get("clients").findValuesAsText("name")).contains("admin", "listed");
    assertThat(list.body()).doesNotContain(key, ADMIN, key.substring(key.lastIndexOf('_')));
  }

  @Test
  void client_disabledAndEnabled_failsAndPasses() throws Exception {
    String key = SERVICE.newKey("switch", "sender");
    assertThat(SERVICE.post("/v1/clients/switch/disable", ADMIN, "").statusCode()).isEqualTo(200);
    assertThat(SERVICE.get("/v1/toys/a", key).statusCode()).isEqualTo(401);
    assertThat(SERVICE.post("/v1/clients/switch/enable", ADMIN, "").statusCode()).isEqualTo(200);
    assertThat(SERVICE.get("/v1/toys/a", key).statusCode()).isEqualTo(200);
  }

  @Test
  void lastAdminKey_andOtherConflicts_are409() throws Exception {
    SERVICE.newKey("full", "sender");
    SERVICE.post("/v1/clients/full/keys", ADMIN, "");
    assertProblem(SERVICE.post("/v1/clients/full/keys", ADMIN, ""), "too_many_keys", 409);
    assertProblem(SERVICE.post("/v1/clients/admin/disable", ADMIN, ""), "last_admin_key", 409);
    assertProblem(
        SERVICE.post("/v1/clients", ADMIN, "{\"name\":\"full\",\"roles\":[\"sender\"]}"),
        "client_exists",
        409);
    assertProblem(SERVICE.post("/v1/clients/none/keys", ADMIN, ""), "not_found", 404);
  }

  @Test
  void creation_repeated_givesTheFirstAnswer() throws Exception {
    HttpResponse<String> first = create("twice", "k-1");
    HttpResponse<String> again = create("twice", "\"k-1\"");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertProblem(create("other", "k-1"), "idempotency_key_reused", 422);
    assertProblem(create("other", "k 1"), "invalid_idempotency_key", 400);
  }

  @Test
  void issuedKey_repeated_isNotShownAgain() throws Exception {
    create("secret", "k-2");
    HttpResponse<String> first = issue("k-3");
    HttpResponse<String> again = issue("k-3");
    assertThat(json(again).get("id")).isEqualTo(json(first).get("id"));
    assertThat(json(again).get("key").isNull()).isTrue();
    String stored =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select convert_from(answer, 'UTF8') from idempotency_key where key = 'k-3'")
                        .mapTo(String.class)
                        .one());
    assertThat(stored).contains("\"key\":null");
  }

  private static HttpResponse<String> issue(String idempotencyKey) throws Exception {
    return SERVICE.send(
        SERVICE
            .request("/v1/clients/secret/keys", ADMIN)
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.noBody()));
  }

  private static void assertProblem(HttpResponse<String> response, String type, int status)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).get("type").textValue()).isEqualTo("/problems/" + type);
  }
}

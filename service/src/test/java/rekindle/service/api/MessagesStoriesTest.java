package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** What messages say of contacts, and their check, as callers see them. */
class MessagesStoriesTest {
  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            var brand = configuration.putObject("publicPages").putObject("brand");
            brand.put("name", "Acme").put("postalAddress", "1 Main Street, Springfield");
            configuration.putObject("messages").putArray("attested").add("registered_sender");
          });

  private String operator = "";

  @BeforeEach
  void keys() throws Exception {
    operator = SERVICE.newKey("operator");
  }

  private HttpResponse<String> put(String path, String json) throws Exception {
    return SERVICE.send(
        SERVICE
            .request(path, operator)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  private JsonNode check(String json) throws Exception {
    HttpResponse<String> answer = SERVICE.post("/v1/preflight", operator, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private long stored(String contact) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from contact_content where contact_id = ?")
                    .bind(0, contact)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void content_ofAContact_isReplacedReadExportedAndForgotten() throws Exception {
    put("/v1/contacts/mc-1", "{\"country\":\"US\",\"email\":\"mc1@example.com\"}");
    String path = "/v1/contacts/mc-1/content";
    assertThat(SERVICE.get(path, operator).body()).isEqualTo("{}");
    put(path, "{\"first_name\":\"Zoë\",\"company\":\"Acme\"}");
    assertThat(
            json(put(path, "{\"first_name\":\"Zoë\",\"calendar_link\":\"https://c.example/x\"}")))
        .hasToString("{\"fields\":[\"calendar_link\",\"first_name\"],\"id\":\"mc-1\"}");
    HttpResponse<String> read = SERVICE.get(path, operator);
    assertThat(read.body())
        .isEqualTo("{\"calendar_link\":\"https://c.example/x\",\"first_name\":\"Zoë\"}");
    assertThat(read.headers().firstValue("Cache-Control")).contains("no-store");
    String raw =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select string_agg(encode(value, 'escape'), '') from contact_content")
                        .mapTo(String.class)
                        .one());
    assertThat(raw).doesNotContain("Zo", "c.example");
    assertThat(
            json(SERVICE.get("/v1/persons/p-mc-1/export", operator))
                .at("/contents/1/text")
                .textValue())
        .isEqualTo("Zoë");
    assertThat(
            SERVICE
                .post("/v1/persons/p-mc-1/erasure", ADMIN_KEY, "{\"basis\":\"request\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(stored("mc-1")).isZero();
    assertThat(SERVICE.get(path, operator).statusCode()).isEqualTo(404);
    assertThat(put(path, "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void content_withFaults_isRefusedWithAllOfThem_andNothingChanges() throws Exception {
    put("/v1/contacts/mc-2", "{\"country\":\"US\"}");
    String path = "/v1/contacts/mc-2/content";
    put(path, "{\"first_name\":\"Ann\"}");
    HttpResponse<String> refused =
        put(path, "{\"firstname\":\"Ann\",\"product\":\"\",\"account_link\":\"http://x.example\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/firstname", "/product", "/account_link");
    assertThat(SERVICE.get(path, operator).body()).isEqualTo("{\"first_name\":\"Ann\"}");
  }

  @Test
  void preflight_tellsWhatIsMissingByTheActiveTables() throws Exception {
    JsonNode sms =
        check(
            "{\"channel\":\"sms\",\"jurisdictions\":[\"US-FL\"],\"message\":{\"text\":\"Acme: last chance!\\nhttps://bit.ly/x\"}}");
    assertThat(sms.path("passes").booleanValue()).isFalse();
    assertThat(sms.path("findings").findValuesAsText("code"))
        .containsExactly("missing_element", "sham_urgency", "link_shortener");
    assertThat(sms.at("/findings/0/element").textValue()).isEqualTo("stop_notice");
    assertThat(sms.at("/findings/0/row").textValue()).isEqualTo("eligibility/Elements!14");
    assertThat(sms.at("/findings/0/citation").textValue()).contains("47 CFR 64.1200");
    assertThat(sms.at("/segments/count").intValue()).isEqualTo(1);
    JsonNode good =
        check(
            "{\"channel\":\"sms\",\"jurisdictions\":[\"US\"],\"message\":{\"text\":\"Acme: hello. Reply STOP to end.\"}}");
    assertThat(good.path("passes").booleanValue()).as("%s", good).isTrue();
    JsonNode nowhere = check("{\"channel\":\"email\",\"message\":{\"text\":\"Acme\"}}");
    assertThat(nowhere.path("findings").findValuesAsText("rule"))
        .contains("EL-EMAIL", "EL-XX-EMAIL");
  }

  @Test
  void preflight_ofWhatIsNoMessage_isRefusedWithAllFaults() throws Exception {
    HttpResponse<String> refused =
        SERVICE.post(
            "/v1/preflight",
            operator,
            "{\"channel\":\"fax\",\"jurisdictions\":[\"UK\"],\"message\":{\"body\":\"x\",\"text\":5,\"headers\":{\"a b\":\"x\",\"c\":1}}}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/channel",
            "/jurisdictions/0",
            "/message/body",
            "/message/text",
            "/message/headers/a b",
            "/message/headers/c");
    assertThat(SERVICE.post("/v1/preflight", operator, "{}").statusCode()).isEqualTo(400);
    assertThat(SERVICE.post("/v1/preflight", SERVICE.newKey("auditor"), "{}").statusCode())
        .isEqualTo(403);
  }
}

package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.api.TestService.ADMIN;
import static rekindle.service.api.TestService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rekindle.service.database.TestDatabase;
import rekindle.service.problem.ProblemType;

class ProblemsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @RegisterExtension static final TestService SERVICE = new TestService(DATABASE);

  private static String sender = "";

  @BeforeAll
  static void makeASender() throws Exception {
    sender = SERVICE.newKey("sender", "sender");
  }

  @Test
  void key_missingOrWrong_is401WithTheScheme() throws Exception {
    var responses = new ArrayList<HttpResponse<String>>();
    responses.add(SERVICE.get("/v1/toys/a", null));
    responses.add(
        SERVICE.get("/v1/toys/a", "rk_abcdefghjkmn_0123456789012345678901234567890123456789012"));
    responses.add(
        SERVICE.send(SERVICE.request("/v1/toys/a", null).header("Authorization", "Basic YTpi")));
    responses.add(
        SERVICE.send(SERVICE.request("/v1/toys/a", null).header("Authorization", "Bearer ")));
    for (HttpResponse<String> response : responses) {
      assertProblem(response, "unauthenticated", 401);
      assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
    }
  }

  @Test
  void role_missing_is403NamingIt() throws Exception {
    JsonNode problem = assertProblem(SERVICE.get("/v1/clients", sender), "forbidden", 403);
    assertThat(problem.get("detail").textValue())
        .isEqualTo("The operation takes role admin; the client \"sender\" has sender.");
  }

  @Test
  void path_unknown_is404() throws Exception {
    for (String path : new String[] {"/v1/none", "/", "/v1/toys/a/b/c", "/favicon.ico"}) {
      assertProblem(SERVICE.get(path, sender), "not_found", 404);
    }
    assertProblem(SERVICE.get("/v1/toys/by-uuid/x", sender), "not_found", 404);
  }

  @Test
  void method_notOfThePath_is405WithAllow() throws Exception {
    HttpResponse<String> response = SERVICE.send(SERVICE.request("/v1/toys", sender).DELETE());
    assertProblem(response, "method_not_allowed", 405);
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource({"TRACE", "PROPFIND", "BREW"})
  void method_unknown_is405(String method) throws Exception {
    HttpResponse<String> response =
        SERVICE.send(SERVICE.request("/v1/toys/a", sender).method(method, BodyPublishers.noBody()));
    assertProblem(response, "method_not_allowed", 405);
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void accept_ofAnotherFormat_is406() throws Exception {
    assertProblem(
        SERVICE.send(SERVICE.request("/v1/toys/a", sender).header("Accept", "image/png")),
        "not_acceptable",
        406);
  }

  @Test
  void contentType_notRead_is415NamingWhatIs() throws Exception {
    HttpResponse<String> response =
        SERVICE.send(
            SERVICE
                .request("/v1/toys", sender)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
    JsonNode problem = assertProblem(response, "unsupported_media_type", 415);
    assertThat(problem.get("detail").textValue()).contains("application/json");
  }

  @Test
  void charset_thatIsNotUtf8_is415() throws Exception {
    HttpResponse<String> response =
        SERVICE.send(
            SERVICE
                .request("/v1/toys", sender)
                .header("Content-Type", "application/json; charset=utf-16")
                .POST(BodyPublishers.ofString("{}")));
    assertProblem(response, "unsupported_media_type", 415);
  }

  @Test
  void json_withFaults_is400WithAllOfThem() throws Exception {
    HttpResponse<String> response =
        SERVICE.post("/v1/clients", ADMIN, "{\"name\":\"Ä\",\"roles\":[\"boss\"],\"rolls\":1}");
    JsonNode problem = assertProblem(response, "invalid_input", 400);
    assertThat(problem.get("errors").findValuesAsText("pointer"))
        .containsExactly("/name", "/roles/0", "/rolls");
  }

  @Test
  void parameter_ofTheWrongType_is400NamingIt() throws Exception {
    JsonNode problem =
        assertProblem(SERVICE.get("/v1/toys/a?count=x", sender), "invalid_input", 400);
    assertThat(problem.at("/errors/0/message").textValue()).contains("\"count\"");
  }

  @Test
  void service_overloaded_is503WithRetryAfter() throws Exception {
    HttpResponse<String> response = SERVICE.post("/v1/toys/fail/overloaded", sender, "");
    assertProblem(response, "overloaded", 503);
    assertThat(response.headers().firstValue("Retry-After")).contains("3");
  }

  @ParameterizedTest
  @CsvSource({"timeout", "unreachable"})
  void store_thatDoesNotAnswer_is503WithoutItsWords(String how) throws Exception {
    HttpResponse<String> response = SERVICE.post("/v1/toys/fail/" + how, sender, "");
    assertProblem(response, "store_unavailable", 503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).doesNotContain("pg_sleep", "select", "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"unexpected", "constraint", "error"})
  void fault_ofTheService_is500AndLoggedUnderTheSameId(String how) throws Exception {
    HttpResponse<String> response =
        SERVICE.post("/v1/toys/fail/" + how + "?secret=zaphod", sender, "");
    JsonNode problem = assertProblem(response, "internal_error", 500);
    String id = problem.get("requestId").textValue();
    assertThat(response.headers().firstValue("X-Request-Id")).contains(id);
    assertThat(response.body()).doesNotContain("zaphod", "Exception", "Error\"", "insert");
    assertThat(SERVICE.log().events())
        .anySatisfy(
            event -> {
              assertThat(event.getMDCPropertyMap()).containsEntry("requestId", id);
              assertThat(event.getFormattedMessage()).startsWith("Unexpected: ");
            });
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void type_ofAnyProblem_isExplainedAtItsAddress(ProblemType type) throws Exception {
    HttpResponse<String> response = SERVICE.get("/problems/" + type.code(), null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(type.title(), type.meaning(), type.remedy());
  }

  @Test
  void type_unknown_is404() throws Exception {
    assertProblem(SERVICE.get("/problems/none", null), "not_found", 404);
  }

  private static JsonNode assertProblem(HttpResponse<String> response, String type, int status)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().firstValue("Server")).isEmpty();
    JsonNode problem = json(response);
    assertThat(problem.get("type").textValue()).isEqualTo("/problems/" + type);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    return problem;
  }
}

package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** Calendars over HTTP: what is refused, and that nothing is kept. */
class CalendarsResourceTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  @Test
  void simulation_wrongInManyWays_isToldAllAtOnceWithPointers() throws Exception {
    HttpResponse<String> answer =
        SERVICE.post(
            "/v1/simulations",
            SERVICE.newKey("sender"),
            """
            {"facts": {"contact": {"id": "c-1", "timeZones": ["Mars/Olympus"]}},
             "days": 0, "release": "latest",
             "responses": [{"day": 400, "kind": "dance"}, {"kind": "open", "chanel": "sms"}]}
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(
            StreamSupport.stream(json(answer).get("errors").spliterator(), false)
                .map(error -> error.get("pointer").textValue()))
        .containsExactlyInAnyOrder(
            "/facts/contact/timeZones/0",
            "/days",
            "/release",
            "/responses/0/day",
            "/responses/0/kind",
            "/responses/1/day",
            "/responses/1/chanel");
  }

  @Test
  void simulation_withoutFacts_saysWhatIsMissing() throws Exception {
    HttpResponse<String> answer =
        SERVICE.post("/v1/simulations", SERVICE.newKey("operator"), "{\"days\": 3}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/errors/0/pointer").textValue()).isEqualTo("/facts");
  }

  @Test
  void calendar_daysOutOfBounds_areRefused() throws Exception {
    String auditor = SERVICE.newKey("auditor");
    for (String days : new String[] {"0", "401", "soon", "-1", ""}) {
      HttpResponse<String> answer =
          SERVICE.get("/v1/contacts/nobody/calendar?days=" + days, auditor);
      assertThat(answer.statusCode()).as("days=%s", days).isEqualTo(400);
      assertThat(answer.body()).contains("a whole number from 1 to 400");
    }
  }

  @Test
  void calendar_ofNobody_isNotFound() throws Exception {
    HttpResponse<String> answer =
        SERVICE.get("/v1/contacts/nobody/calendar", SERVICE.newKey("sender"));
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void calendars_forOtherRoles_areForbidden() throws Exception {
    String author = SERVICE.newKey("author");
    assertThat(SERVICE.get("/v1/contacts/nobody/calendar", author).statusCode()).isEqualTo(403);
    assertThat(SERVICE.post("/v1/simulations", author, "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void calendar_ofAStoredContact_beginsWithTheDecisionForNowAndKeepsNothing() throws Exception {
    String key = SERVICE.newKey("operator", "sender");
    SERVICE.send(
        SERVICE
            .request("/v1/contacts/planned", key)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    """
                    {"program": "b2b_saas", "relationship": "lead", "country": "US",
                     "region": "NY", "timeZones": ["America/New_York"],
                     "email": "planned@example.com", "lastEngagementAt": "2026-01-10",
                     "funnel": "trial"}
                    """)));
    HttpResponse<String> answer = SERVICE.get("/v1/contacts/planned/calendar?days=30", key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode first = json(answer).at("/entries/0");
    JsonNode decided = json(SERVICE.get("/v1/contacts/planned/next-best-touch?record=false", key));
    assertThat(first.get("verdict")).isEqualTo(decided.get("verdict"));
    assertThat(first.get("segment")).isEqualTo(decided.get("segment"));
    assertThat(json(answer).get("release")).isEqualTo(decided.get("release"));
    JsonNode again = json(SERVICE.get("/v1/contacts/planned/calendar?days=30", key));
    assertThat(again.at("/entries/0/touch/step")).isEqualTo(first.at("/touch/step"));
  }
}

package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** What people say and what becomes of it, as a sending platform and an operator see it. */
class OptOutStoriesTest {
  @RegisterExtension static final RunningService SERVICE = RunningService.shared();

  private static String operator = "";
  private static String sender = "";

  @BeforeAll
  static void keys() throws Exception {
    operator = SERVICE.newKey("operator", "sender");
    sender = SERVICE.newKey("sender");
  }

  private static void contact(String id, String fields) throws Exception {
    HttpResponse<String> put =
        SERVICE.send(
            SERVICE
                .request("/v1/contacts/" + id, operator)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"]"
                            + fields
                            + "}")));
    assertThat(put.statusCode()).as(put.body()).isLessThan(300);
  }

  private static String event(String fields) throws Exception {
    HttpResponse<String> answer = SERVICE.post("/v1/events", sender, "{" + fields + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/events/0/result").textValue();
  }

  private static JsonNode decision(String contact) throws Exception {
    return json(SERVICE.get("/v1/contacts/" + contact + "/next-best-touch", sender));
  }

  private static List<String> denials(String contact, String channel) throws Exception {
    return decision(contact)
        .path("channels")
        .path(channel)
        .path("denials")
        .findValuesAsText("code");
  }

  private static HttpResponse<String> page(String token, @Nullable String form) throws Exception {
    var request = SERVICE.request("/u/" + token, null);
    return SERVICE.send(
        form == null
            ? request.GET()
            : request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
  }

  @Test
  void stopToOne_stopsTheOtherWithTheSamePhone_beforeTheAnswer() throws Exception {
    contact("two-a", ",\"phone\":\"+12125550161\",\"lineType\":\"mobile\"");
    contact(
        "two-b",
        ",\"personId\":\"p-two-b\",\"phone\":\"+1 212 555 0161\",\"lineType\":\"mobile\",\"email\":\"two.b@example.com\"");
    assertThat(denials("two-b", "sms")).doesNotContain("suppressed");
    assertThat(
            event(
                "\"id\":\"two\",\"kind\":\"reply\",\"contactId\":\"two-a\",\"channel\":\"sms\",\"text\":\"STOP PLEASE\""))
        .isEqualTo("applied");
    assertThat(denials("two-b", "sms")).contains("suppressed");
    assertThat(denials("two-b", "phone")).contains("suppressed");
    assertThat(denials("two-a", "whatsapp")).contains("suppressed");
    assertThat(denials("two-b", "email")).doesNotContain("suppressed");
  }

  @Test
  void stopFromANumberOfNobody_waitsForWhoeverHasIt() throws Exception {
    assertThat(
            event(
                "\"id\":\"nobody\",\"kind\":\"reply\",\"phone\":\"+12125550162\",\"channel\":\"sms\",\"text\":\"stop texting me\""))
        .isEqualTo("set_aside");
    contact("later", ",\"phone\":\"+12125550162\",\"lineType\":\"mobile\"");
    SERVICE.matchEvents();
    assertThat(denials("later", "sms")).contains("suppressed");
    JsonNode report = json(SERVICE.get("/v1/revocations", operator)).path("revocations");
    assertThat(report.findValuesAsText("contactId")).contains("later");
  }

  @Test
  void eventsInAnyOrder_andTwice_comeToTheSame() throws Exception {
    contact("order", ",\"email\":\"order@example.com\"");
    String purchase =
        "{\"id\":\"buy\",\"source\":\"shop\",\"kind\":\"purchase\",\"contactId\":\"order\",\"at\":\"2026-01-02T00:00:00Z\"}";
    String stop =
        "{\"id\":\"no\",\"source\":\"shop\",\"kind\":\"opt_out\",\"contactId\":\"order\",\"channel\":\"email\",\"at\":\"2026-01-01T00:00:00Z\"}";
    SERVICE.post("/v1/events", sender, "[" + purchase + "," + stop + "]");
    SERVICE.post("/v1/events", sender, "[" + stop + "," + purchase + "]");
    JsonNode stored = json(SERVICE.get("/v1/contacts/order", operator));
    assertThat(stored.path("orders")).hasSize(1);
    assertThat(stored.path("suppressions").findValuesAsText("scope"))
        .containsExactlyInAnyOrder("email", "paid_media");
  }

  @Test
  void arrayWithASlip_losesNoNo() throws Exception {
    contact("slip", ",\"email\":\"slip@example.com\"");
    HttpResponse<String> answer =
        SERVICE.post(
            "/v1/events",
            sender,
            "[{\"id\":\"s1\",\"kind\":\"jump\",\"contactId\":\"slip\"},"
                + "{\"id\":\"s2\",\"kind\":\"complaint\",\"contactId\":\"slip\",\"channel\":\"email\"}]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/errors/0/pointer").textValue()).isEqualTo("/0/kind");
    assertThat(json(answer).path("detail").textValue()).startsWith("The 1 valid events");
    assertThat(decision("slip").path("verdict").textValue()).isEqualTo("suppress");
  }

  @Test
  void link_ofADecision_showsAndActsOnlyByPost_andResumesWithAProof() throws Exception {
    contact("link", ",\"email\":\"link@example.com\",\"relationship\":\"lead\"");
    String token = SERVICE.token("link", "email");
    HttpResponse<String> shown = page(token, null);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(shown.body()).doesNotContain("<script", "link@example.com", "http://", "https://");
    assertThat(denials("link", "email")).doesNotContain("suppressed");
    assertThat(page(token, "List-Unsubscribe=One-Click").body()).contains("Done.");
    assertThat(denials("link", "email")).contains("suppressed");
    assertThat(denials("link", "sms")).doesNotContain("suppressed");
    assertThat(page(token, "resume=channel").body()).contains("sends you no e-mail");
    assertThat(denials("link", "email")).contains("suppressed");
    assertThat(page(token, "resume=channel&agreed=yes").body()).contains("Welcome back");
    assertThat(denials("link", "email")).doesNotContain("suppressed");
    JsonNode consent = json(SERVICE.get("/v1/contacts/link", operator)).at("/consents/0");
    assertThat(consent.path("basis").textValue()).isEqualTo("express");
    JsonNode proofs = json(SERVICE.get("/v1/persons/p-link/export", operator)).path("proofs");
    assertThat(proofs.at("/0/hash").textValue()).isEqualTo(consent.path("proofHash").textValue());
    assertThat(proofs.at("/0/text").textValue()).contains("may send me e-mail");
    assertThat(page(token, "stop=all").body()).contains("unsubscribed from everything");
    assertThat(decision("link").path("verdict").textValue()).isEqualTo("suppress");
    assertThat(page(token, "resume=channel&agreed=yes").body()).contains("Welcome back");
    assertThat(denials("link", "email")).doesNotContain("suppressed");
    assertThat(denials("link", "sms")).contains("suppressed");
  }

  @Test
  void link_onARecordedTouch_opensThePage_andTheDecisionIsMadeAgainAlike() throws Exception {
    contact(
        "touched",
        ",\"email\":\"touched@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\","
            + "\"program\":\"b2b_saas\",\"funnel\":\"trial\",\"tags\":[\"price\"],"
            + "\"lastEngagementAt\":\"2026-09-05T10:00:00Z\"");
    JsonNode decision = decision("touched");
    String link = decision.at("/touch/unsubscribeUrl").asText();
    assertThat(link).contains("/u/");
    assertThat(page(link.substring(link.indexOf("/u/") + 3), null).statusCode()).isEqualTo(200);
    JsonNode replay =
        json(
            SERVICE.post(
                "/v1/decisions/" + decision.path("id").textValue() + "/replay", operator, ""));
    assertThat(replay.path("equal").booleanValue()).isTrue();
  }

  @Test
  void link_thatWasTamperedWith_isRefusedPolitely() throws Exception {
    String token = SERVICE.token("link", "email");
    char other = token.charAt(40) == 'A' ? 'B' : 'A';
    String tampered = token.substring(0, 40) + other + token.substring(41);
    for (String bad : List.of(tampered, token.substring(1), "x", "AA", token + token)) {
      for (HttpResponse<String> answer :
          List.of(page(bad, null), page(bad, "List-Unsubscribe=One-Click"))) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("This link does not work", "STOP");
      }
    }
  }

  @Test
  void page_inAnotherLanguage_isReadThere() throws Exception {
    var request =
        SERVICE
            .request("/u/" + SERVICE.token("link", "email"), null)
            .header("Accept-Language", "de-AT,de;q=0.9,en;q=0.5");
    HttpResponse<String> german = SERVICE.send(request.GET());
    assertThat(german.headers().firstValue("Content-Language")).contains("de");
    assertThat(german.body()).contains("<html lang=\"de\">");
  }

  @Test
  void personThatIsErased_andComesAgain_staysSuppressedOnEveryChannel() throws Exception {
    contact(
        "er-1",
        ",\"email\":\"Er.As.Ed+x@gmail.com\",\"phone\":\"+12125550163\",\"lineType\":\"mobile\"");
    String id = decision("er-1").path("id").textValue();
    assertThat(SERVICE.get("/v1/persons/p-er-1/export", operator).body())
        .contains("er.as.ed+x@gmail.com", id);
    JsonNode erased =
        json(SERVICE.post("/v1/persons/p-er-1/erasure", ADMIN_KEY, "{\"basis\":\"request\"}"));
    assertThat(erased.path("decisions").intValue()).isEqualTo(1);
    assertThat(SERVICE.get("/v1/contacts/er-1", operator).statusCode()).isEqualTo(404);
    assertThat(SERVICE.get("/v1/decisions/" + id, operator).statusCode()).isEqualTo(410);
    contact("er-2", ",\"email\":\"erased@googlemail.com\"");
    JsonNode again = decision("er-2");
    assertThat(again.path("verdict").textValue()).isEqualTo("suppress");
    assertThat(again.path("channels").findValuesAsText("allowed")).containsOnly("false");
    contact("er-3", ",\"phone\":\"+12125550163\",\"lineType\":\"mobile\"");
    assertThat(decision("er-3").path("verdict").textValue()).isEqualTo("suppress");
  }

  @Test
  void personsThatAreMerged_shareEveryNo_andAreApartAgainAfterwards() throws Exception {
    contact("me-1", ",\"email\":\"me1@example.com\"");
    contact("me-2", ",\"email\":\"me2@example.com\"");
    event(
        "\"id\":\"me\",\"kind\":\"opt_out\",\"contactId\":\"me-1\",\"channel\":\"email\",\"scope\":[\"all\"]");
    assertThat(denials("me-2", "email")).doesNotContain("suppressed");
    JsonNode change =
        json(
            SERVICE.post(
                "/v1/persons/merges",
                operator,
                "{\"contacts\":[\"me-1\",\"me-2\"],\"reason\":\"married\"}"));
    assertThat(decision("me-2").path("verdict").textValue()).isEqualTo("suppress");
    assertThat(decision("me-2").path("personId").textValue())
        .isEqualTo(decision("me-1").path("personId").textValue());
    SERVICE.post(
        "/v1/persons/changes/" + change.path("id").textValue() + "/undo",
        operator,
        "{\"reason\":\"divorced\"}");
    assertThat(denials("me-2", "email")).doesNotContain("suppressed");
    assertThat(decision("me-1").path("verdict").textValue()).isEqualTo("suppress");
  }

  @Test
  void bounce_closesTheAddress_andNotTheNextOne() throws Exception {
    contact("bo", ",\"email\":\"bounce1@example.com\"");
    event("\"id\":\"bo\",\"kind\":\"hard_bounce\",\"contactId\":\"bo\",\"channel\":\"email\"");
    assertThat(denials("bo", "email")).contains("suppressed");
    JsonNode stored = json(SERVICE.get("/v1/contacts/bo", operator));
    assertThat(stored.path("suppressions")).isEmpty();
  }

  @Test
  void clock_ofANo_hasItsDeadlines() throws Exception {
    contact(
        "cl",
        ",\"email\":\"clock@example.com\",\"phone\":\"+12125550164\",\"lineType\":\"mobile\"");
    event(
        "\"id\":\"clock\",\"kind\":\"reply\",\"contactId\":\"cl\",\"channel\":\"sms\",\"text\":\"stop\",\"at\":\"2026-11-21T04:58:00Z\"");
    JsonNode report =
        json(
            SERVICE.get(
                "/v1/revocations?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z", operator));
    JsonNode row = report.at("/revocations/0");
    assertThat(row.path("contactId").textValue()).isEqualTo("cl");
    // Ten business days after Friday 2026-11-20, with and without Thanksgiving.
    assertThat(row.path("legalDeadline").textValue()).isEqualTo("2026-12-08T05:00:00Z");
    assertThat(row.path("strictDeadline").textValue()).isEqualTo("2026-12-05T05:00:00Z");
    assertThat(row.path("rule").textValue()).isEqualTo("OUT-SMS");
  }

  @Test
  void touches_thatAreReserved_areWithheld_andThoseHandedOverLaterAreReported() throws Exception {
    contact("to-1", ",\"email\":\"touch@example.com\"");
    contact("to-2", ",\"email\":\"touch@example.com\"");
    String insert =
        "insert into touch (id, contact_id, sequence, step, channel, at, outcome) values (?, ?, 'stalled', 1, ?, ?::timestamptz, ?)";
    SERVICE
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(insert, "w-1", "to-1", "email", "2026-05-01T10:00:00Z", "reserved");
              handle.execute(insert, "w-2", "to-2", "email", "2026-05-01T10:00:00Z", "reserved");
              handle.execute(insert, "w-3", "to-2", "sms", "2026-05-01T10:00:00Z", "reserved");
              handle.execute(insert, "w-4", "to-2", "email", "2026-05-03T10:00:00Z", "handed_over");
            });
    event(
        "\"id\":\"to\",\"kind\":\"opt_out\",\"contactId\":\"to-1\",\"channel\":\"email\",\"at\":\"2026-05-02T00:00:00Z\"");
    List<String> outcomes =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select t.id || ' ' || t.outcome || ' ' || count(e.id) from touch t left join touch_event e on e.touch_id = t.id where t.contact_id like 'to-%' group by t.id order by 1")
                        .mapTo(String.class)
                        .list());
    assertThat(outcomes)
        .containsExactly("w-1 withheld 1", "w-2 withheld 1", "w-3 reserved 0", "w-4 handed_over 0");
    JsonNode sent =
        json(SERVICE.get(
                "/v1/revocations?from=2026-05-01T00:00:00Z&to=2026-05-03T00:00:00Z", operator))
            .path("sentAfter");
    assertThat(sent.findValuesAsText("touchId")).containsExactly("w-4");
  }
}

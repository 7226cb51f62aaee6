package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** Of a person with several contacts one counts, and the others wait for it. */
class OtherContactFirstTest {
  @RegisterExtension
  static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  private static String key = "";

  /** Two contacts of one person, both stalled trials, and one that stands alone. */
  @BeforeAll
  static void before() throws Exception {
    key = SERVICE.newKey("operator", "sender", "auditor", "author");
    for (var contact : Map.of("twin-1", "twin", "twin-2", "twin", "alone", "alone").entrySet()) {
      HttpResponse<String> put =
          SERVICE.send(
              SERVICE
                  .request("/v1/contacts/" + contact.getKey(), key)
                  .header("Content-Type", "application/json")
                  .PUT(
                      BodyPublishers.ofString(
                          """
                          {"program": "b2b_saas", "business": "b2b", "relationship": "lead",
                           "country": "US", "region": "OH", "timeZones": ["America/New_York"],
                           "email": "%s@example.com", "lastEngagementAt": "%s", "funnel": "trial"}
                          """
                              .formatted(
                                  contact.getValue(),
                                  Instant.now()
                                      .minus(60, ChronoUnit.DAYS)
                                      .truncatedTo(ChronoUnit.SECONDS)))));
      assertThat(put.statusCode()).as(put.body()).isLessThan(300);
    }
  }

  private static JsonNode next(String contact) throws Exception {
    return json(SERVICE.get("/v1/contacts/" + contact + "/next-best-touch", key));
  }

  @Test
  void smallerId_isTouched() throws Exception {
    assertThat(next("twin-1").path("verdict").textValue()).isEqualTo("touch");
    assertThat(next("alone").path("verdict").textValue()).isEqualTo("touch");
  }

  @Test
  void other_waitsForIt_untilItIsToBeAskedAgain() throws Exception {
    JsonNode first = next("twin-1");
    JsonNode other = next("twin-2");
    assertThat(other.path("verdict").textValue()).isEqualTo("wait");
    assertThat(other.path("reasons")).hasSize(1);
    assertThat(other.at("/reasons/0/code").textValue()).isEqualTo("other_contact_first");
    assertThat(other.at("/reasons/0/text").textValue()).contains("twin-1");
    assertThat(other.at("/touch/sequence")).isEqualTo(first.at("/touch/sequence"));
    assertThat(other.path("recheckAt").textValue()).isNotNull();
    assertThat(Instant.parse(other.path("recheckAt").textValue()))
        .isBetween(
            Instant.parse(first.path("recheckAt").textValue()),
            Instant.parse(first.path("recheckAt").textValue()).plusSeconds(60));
  }

  @Test
  void recordedWait_isReplayedAndExplained() throws Exception {
    String decision = "/v1/decisions/" + next("twin-2").path("id").textValue();
    JsonNode replay = json(SERVICE.post(decision + "/replay", key, ""));
    assertThat(replay.path("equal").booleanValue()).as(replay.toString()).isTrue();
    assertThat(SERVICE.get(decision + "/explanation", key).body())
        .contains("twin-1 of the same person comes first");
  }

  @Test
  void impactOfTheSameTables_onWhatWasRecorded_isNone() throws Exception {
    JsonNode recorded = next("twin-2");
    String release = "/v1/policies/releases/" + recorded.path("release").textValue() + "/impacts";
    JsonNode job = json(SERVICE.post(release, key, "{\"population\":false}"));
    String self = job.at("/links/self").textValue();
    while (job.path("finishedAt").isMissingNode()) {
      LockSupport.parkNanos(20_000_000);
      job = json(SERVICE.get(self, key));
    }
    assertThat(job.path("state").textValue()).as(job.toString()).isEqualTo("done");
    assertThat(job.at("/report/recorded/unchanged").intValue()).as(job.toString()).isPositive();
    assertThat(job.at("/report/recorded/changed").intValue()).as(job.toString()).isZero();
  }

  @Test
  void calendar_isOfThePerson() throws Exception {
    JsonNode calendar = json(SERVICE.get("/v1/contacts/twin-2/calendar", key));
    assertThat(calendar.path("contactId").textValue()).isEqualTo("twin-1");
  }
}

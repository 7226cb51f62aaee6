package rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.plan.AssumedResponse.After;
import rekindle.plan.AssumedResponse.At;

class AssumptionsTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");

  private final JsonProblems problems = new JsonProblems();

  private Assumptions read(String json) {
    JsonFields fields =
        JsonFields.of(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)), "", problems);
    Assumptions read = Assumptions.read(fields, NOW);
    fields.end();
    return read;
  }

  @Test
  void assumptions_nothingSaid_areNinetySilentDaysFromNow() {
    assertThat(read("{}")).isEqualTo(Assumptions.silence(NOW, 90));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void responses_byDayInstantAndTouch_areRead() {
    Assumptions read =
        read(
            """
            {"asOf": "2026-12-02T00:00:00Z", "days": 30, "responses": [
              {"day": 12, "kind": "reply", "disposition": "positive", "channel": "email"},
              {"at": "2026-12-05T09:00:00Z", "kind": "login"},
              {"sequence": "stalled", "step": 2, "hours": 5, "kind": "opt_out"},
              {"sequence": "stalled", "step": 1, "kind": "open"}]}
            """);
    assertThat(problems.list()).isEmpty();
    assertThat(read.until()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(read.responses())
        .containsExactly(
            new AssumedResponse(
                new At(Instant.parse("2026-12-14T00:00:00Z")), "reply", "positive", Channel.EMAIL),
            new AssumedResponse(new At(Instant.parse("2026-12-05T09:00:00Z")), "login", null, null),
            new AssumedResponse(
                new After("stalled", 2, Duration.ofHours(5)), "opt_out", null, null),
            new AssumedResponse(new After("stalled", 1, Duration.ofHours(1)), "open", null, null));
  }

  @Test
  void responses_wrongInManyWays_areAllToldAtOnce() {
    read(
        """
        {"days": 500, "responses": [
          {"kind": "reply"},
          {"day": 90, "kind": "dance"},
          {"day": 1, "at": "2026-12-05T09:00:00Z", "kind": "open"},
          {"sequence": "stalled", "kind": "open"},
          {"at": "2026-11-05T09:00:00Z", "kind": "open", "chanel": "sms"}]}
        """);
    assertThat(problems.list().stream().map(JsonProblem::pointer))
        .containsExactlyInAnyOrder(
            "/days",
            "/responses/0/day",
            "/responses/1/day",
            "/responses/1/kind",
            "/responses/2/day",
            "/responses/3/step",
            "/responses/4/at",
            "/responses/4/chanel");
  }

  @Test
  void responses_moreThanAllowed_areRefused() {
    String one = "{\"day\":1,\"kind\":\"open\"}";
    read("{\"responses\":[" + String.join(",", java.util.Collections.nCopies(101, one)) + "]}");
    assertThat(problems.list().stream().map(JsonProblem::pointer)).containsExactly("/responses");
  }

  @Test
  void days_outOfBounds_areRefused() {
    for (int days : List.of(0, 401)) {
      assertThatThrownBy(() -> Assumptions.silence(NOW, days))
          .hasMessage("days must lie between 1 and 400, but were " + days);
    }
  }
}

package rekindle.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;

/** The sixty days without a call (Code conso D.223-9), which random facts meet too seldom. */
class RefusalInFranceTest {
  private static final String REFUSED =
      """
      {"contact": {"id": "c-1", "jurisdictions": ["FR"], "timeZones": ["Europe/Paris"]},
       "suppressions": [{"scope": "phone", "reason": "not_interested",
                         "since": "2027-02-01T10:00:00Z", "until": "2027-03-01T00:00:00Z"}]}
      """;

  @Test
  void refusalWithAnEnd_afterItsEnd_stillPausesCallsForSixtyDays() throws Exception {
    Instant asOf = Instant.parse("2027-03-02T10:00:00Z");
    var question = new Question((ObjectNode) new ObjectMapper().readTree(REFUSED), asOf);

    var answer =
        Objects.requireNonNull(EngineAnswers.decide(question).channels().get(Channel.PHONE));

    assertThat(answer.denials())
        .filteredOn(denial -> Difference.sheet(denial).equals("Caps"))
        .extracting(Denial::until)
        .containsExactly(Instant.parse("2027-04-02T10:00:00Z"));
  }
}

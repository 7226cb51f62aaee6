package rekindle.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision;
import rekindle.decision.DecisionWriter;
import rekindle.engine.ShippedEngine;
import rekindle.testing.RandomFacts;

class OutcomeReaderTest {
  @Test
  void document_ofManyDecisions_readsAsTheDecision() {
    var verdicts = new HashSet<String>();
    for (int seed = 0; seed < 1000; seed++) {
      Decision decision = ShippedEngine.get().decide(RandomFacts.of(seed), RandomFacts.AS_OF);
      byte[] document = DecisionWriter.write(decision, "id", "touch", null);
      Outcome read = OutcomeReader.read(document);
      assertThat(read).isEqualTo(Outcome.of(decision));
      assertThat(Sources.read(document)).isEqualTo(Sources.of(decision));
      verdicts.add(read.verdict());
    }
    assertThat(verdicts).hasSizeGreaterThan(6);
  }

  @Test
  void document_thatIsNone_isRefused() {
    for (String text :
        new String[] {
          "",
          "{}",
          "[1]",
          "{\"channels\":{\"fax\":{}},\"verdict\":\"touch\"}",
          "{\"verdict",
          "\"verdict\":\"touch\"}",
          "{\"channels\":1,\"verdict\":\"touch\"}"
        }) {
      assertThatThrownBy(() -> OutcomeReader.read(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

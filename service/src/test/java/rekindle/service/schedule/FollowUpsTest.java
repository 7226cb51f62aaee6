package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Verdict;

class FollowUpsTest {
  @Test
  void nothingDecided_isNoPermission() {
    assertThat(FollowUps.of(List.of()).reasons()).containsExactly("no_longer_known");
  }

  @Test
  void decisionThatSaysNothingOfChannels_isNoPermission() {
    var decision =
        new Decision(
            null,
            "c-1",
            "p-1",
            Instant.parse("2026-03-10T15:00:00Z"),
            "sha256:0",
            Verdict.OUT_OF_SCOPE,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            List.of(),
            null,
            List.of());
    var objections = FollowUps.of(List.of(decision));
    assertThat(objections.reasons()).containsExactly("no_longer_known");
    assertThat(objections.forGood()).isFalse();
  }
}

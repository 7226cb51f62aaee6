package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.engine.DecisionEngine;
import rekindle.table.Finding;

/** The shipped policy holds against its own scenarios. */
final class ShippedScenariosTest {
  @Test
  void workbooks_asShipped_haveNoFinding() {
    assertThat(ShippedPolicy.read().findings()).isEmpty();
  }

  @Test
  void scenarios_asShipped_allHold() {
    var release = Objects.requireNonNull(ShippedPolicy.read().release());
    try (var engine = DecisionEngine.of(release)) {
      var findings =
          ScenarioCheck.findings(release.table(ScenarioTables.SCENARIOS), engine::decide);
      assertThat(findings.stream().map(Finding::message)).isEmpty();
    }
  }
}

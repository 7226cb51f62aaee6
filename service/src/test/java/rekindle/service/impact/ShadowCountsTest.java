package rekindle.service.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;
import rekindle.impact.Change;
import rekindle.impact.Impact;
import rekindle.service.database.TestDatabase;
import rekindle.service.policy.ActivePolicy;
import rekindle.testing.RandomFacts;

class ShadowCountsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final int PEOPLE = 300;

  @Test
  void shadow_ofTwoProcesses_countsWhatItWouldChangeWithoutEffect() {
    try (var stage = new ImpactStage(DATABASE.jdbi())) {
      String draft = stage.draftWithout("eligibility", "US-E-1");
      UUID shadow = shadow(stage, draft);
      var policy = new ActivePolicy(stage.jdbi);
      for (int process = 0; process < 2; process++) {
        try (var counts = new ShadowCounts(stage.jdbi, stage.engines, policy)) {
          tell(stage, counts, stage.shipped);
          tell(stage, counts, draft);
        }
      }
      try (var reader = new ShadowCounts(stage.jdbi, stage.engines, policy)) {
        Impact impact = reader.report(shadow);
        assertThat(impact.decided() + impact.skipped()).isEqualTo(2L * PEOPLE);
        assertThat(impact.skipped()).isZero();
        assertThat(impact.changed()).isPositive();
        assertThat(impact.changed(Change.Kind.NEWLY_NOT_CONTACTABLE)).isPositive();
      }
    }
  }

  /** Decisions of a release that is not active are none of a shadow's business. */
  private static void tell(ImpactStage stage, ShadowCounts counts, String release) {
    try (var lease = stage.engines.lease(release)) {
      for (int seed = 0; seed < PEOPLE; seed++) {
        ContactFacts facts = RandomFacts.of(seed);
        Decision decision = lease.engine().decide(facts, ImpactStage.AS_OF);
        counts.decided(facts, ImpactStage.AS_OF, decision);
      }
    }
  }

  private static UUID shadow(ImpactStage stage, String release) {
    var id = UUID.randomUUID();
    stage.jdbi.useTransaction(
        handle -> {
          for (String statement :
              List.of(
                  "insert into release_state (release_id, base_id, state, findings, errors, warnings) select '%s', release_id, 'draft', '[]', 0, 0 from active_release"
                      .formatted(release),
                  "insert into shadow (id, release_id, client, person) values ('%s', '%s', 'x', 's-1')"
                      .formatted(id, release))) {
            handle.execute(statement);
          }
        });
    return id;
  }
}

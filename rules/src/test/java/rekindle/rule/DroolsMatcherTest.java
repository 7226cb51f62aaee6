package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DroolsMatcherTest {
  @Test
  void rules_randomTablesAndInputs_hitLikePlainJava() {
    for (long seed = 1; seed <= 3; seed++) {
      var sample = new SampleTables(seed);
      RulePlan plan =
          RulePlan.of(List.of(sample.table("Keyed", true, 60), sample.table("Plain", false, 20)));
      try (CompiledRules drools = DroolsCompiler.compile(plan, "oracle-" + seed);
          CompiledRules plain = new PlainRules(plan, Map.of())) {
        int hits = 0;
        for (int i = 0; i < 2_000; i++) {
          SampleInput one = sample.input();
          SampleInput other = sample.input();
          SampleInput onePlain = one.copy();
          SampleInput otherPlain = other.copy();
          try (RuleMatcher matcher = drools.matcher()) {
            matcher.match(one, other);
          }
          plain.matcher().match(onePlain, otherPlain);
          assertThat(one.hits()).as("seed %d, %s", seed, one).isEqualTo(onePlain.hits());
          assertThat(other.hits()).as("seed %d, %s", seed, other).isEqualTo(otherPlain.hits());
          hits += one.hits().length + other.hits().length;
        }
        assertThat(hits).isGreaterThan(2_000);
      }
    }
  }
}

package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DroolsMatcherTest {
  private static RulePlan plan = RulePlan.of(List.of());
  private static CompiledRules drools = new PlainRules(plan, Map.of());

  @BeforeAll
  static void compile() {
    var sample = new SampleTables(4);
    plan = RulePlan.of(List.of(sample.table("Keyed", true, 20), sample.table("Plain", false, 10)));
    drools = DroolsCompiler.compile(plan, "matcher", 3);
  }

  @AfterAll
  static void close() {
    drools.close();
  }

  /** Fails while its rules are evaluated. */
  public static final class BrokenInput extends SampleInput {
    public BrokenInput() {
      super("US", null, null, Set.of(), 0, 0, List.of());
    }
  }

  @Test
  void rules_randomTablesAndInputs_hitLikePlainJava() {
    for (long seed = 1; seed <= 2; seed++) {
      var sample = new SampleTables(seed);
      RulePlan random =
          RulePlan.of(List.of(sample.table("Keyed", true, 40), sample.table("Plain", false, 15)));
      try (CompiledRules compiled = DroolsCompiler.compile(random, "oracle-" + seed)) {
        int hits = compare(seed, sample, random, compiled);
        assertThat(hits).as("seed %d", seed).isGreaterThan(2_000);
      }
    }
  }

  private static int compare(
      long seed, SampleTables sample, RulePlan random, CompiledRules compiled) {
    CompiledRules plain = new PlainRules(random, Map.of());
    int hits = 0;
    for (int i = 0; i < 2_000; i++) {
      SampleInput one = sample.input();
      SampleInput other = sample.input();
      SampleInput onePlain = one.copy();
      SampleInput otherPlain = other.copy();
      match(compiled, one, other);
      match(plain, onePlain, otherPlain);
      assertThat(one.hits()).as("seed %d, %s", seed, one).isEqualTo(onePlain.hits());
      assertThat(other.hits()).as("seed %d, %s", seed, other).isEqualTo(otherPlain.hits());
      hits += one.hits().length + other.hits().length;
    }
    return hits;
  }

  @Test
  void matcher_manyThreads_hitsLikeOne() throws Exception {
    var sample = new SampleTables(5);
    List<SampleInput> inputs = new ArrayList<>();
    List<int[]> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      SampleInput input = sample.input();
      inputs.add(input.copy());
      match(drools, input);
      expected.add(input.hits());
    }
    Callable<Void> all =
        () -> {
          for (int i = 0; i < inputs.size(); i++) {
            SampleInput input = inputs.get(i).copy();
            match(drools, input);
            assertThat(input.hits()).isEqualTo(expected.get(i));
          }
          return null;
        };
    var pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> done : pool.invokeAll(java.util.Collections.nCopies(8, all))) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void matcher_callsOfOneDecision_hitsOfEachInputOnce() {
    var sample = new SampleTables(6);
    try (RuleMatcher matcher = drools.matcher()) {
      SampleInput first = sample.input();
      matcher.match(first);
      int[] hits = first.hits();
      matcher.match(sample.input());
      matcher.match();
      assertThat(first.hits()).isEqualTo(hits);
    }
  }

  @Test
  void session_afterMatching_holdsNoMoreThanOneInputForEachRule() {
    var sample = new SampleTables(7);
    var session = ((DroolsMatcher) drools.matcher());
    List<WeakReference<SampleInput>> references = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      SampleInput input = sample.input();
      session.match(input);
      references.add(new WeakReference<>(input));
    }
    session.close();
    System.gc();
    assertThat(references.stream().filter(r -> r.get() != null).count())
        .isLessThanOrEqualTo(plan.rules().size());
  }

  @Test
  void sessions_ofOneRelease_shareNoRule() {
    try (var one = (DroolsMatcher) drools.matcher();
        var other = (DroolsMatcher) drools.matcher()) {
      assertThat(consequence(one)).isNotSameAs(consequence(other));
    }
  }

  private static Object consequence(DroolsMatcher matcher) {
    var session = java.util.Objects.requireNonNull(matcher.session()).session();
    assertThat(session.getFactCount()).isZero();
    var rule =
        (RuleImpl) session.getKieBase().getRule(RuleSheet.PACKAGE, RuleSheet.name(plan.rule(0)));
    return rule.getConsequence();
  }

  @Test
  void matcher_inputThatThrows_isReplacedAndOthersGoOn() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> match(drools, new BrokenInput())).isInstanceOf(Exception.class);
    }
    var sample = new SampleTables(8);
    SampleInput input = sample.input();
    SampleInput copy = input.copy();
    match(drools, input);
    match(new PlainRules(plan, Map.of()), copy);
    assertThat(input.hits()).isEqualTo(copy.hits());
  }

  @Test
  void matcher_givenBack_refusesWork() {
    RuleMatcher matcher = drools.matcher();
    matcher.close();
    matcher.close();
    assertThatThrownBy(matcher::match).isInstanceOf(IllegalStateException.class);
  }

  private static void match(CompiledRules rules, StageInput... inputs) {
    try (RuleMatcher matcher = rules.matcher()) {
      matcher.match(inputs);
    }
  }
}

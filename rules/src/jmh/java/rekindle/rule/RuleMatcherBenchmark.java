package rekindle.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision's worth of matching: eight calls, twelve inputs, about 40 hits among about 300
 * rules; Drools and plain Java, whose hits are compared first.
 *
 * <p>{@code mvn -Pjmh -pl rules test-compile exec:exec -Djmh.args="RuleMatcherBenchmark -prof gc"};
 * add {@code -t 2} for two threads, and start it twice at the same time for two JVMs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class RuleMatcherBenchmark {
  private static final int PEOPLE = 4_096;

  @Param({"drools", "plain"})
  public String engine = "drools";

  private CompiledRules rules = new PlainRules(RulePlan.of(List.of()), Map.of());
  private final StageTables.Values[] people = new StageTables.Values[PEOPLE];

  /** Which person comes next, for each thread. */
  @State(Scope.Thread)
  public static class Turn {
    int next = 17;
  }

  @Setup(Level.Trial)
  public void compile() {
    var random = new Random(11);
    for (int i = 0; i < PEOPLE; i++) {
      people[i] = StageTables.values(random);
    }
    RulePlan plan = RulePlan.of(StageTables.tables());
    CompiledRules plain = new PlainRules(plan, Map.of());
    CompiledRules drools =
        DroolsCompiler.compile(plan, "benchmark");
    long hits = 0;
    for (StageTables.Values person : people) {
      int[] expected = hits(plain, person);
      int[] actual = hits(drools, person);
      if (!Arrays.equals(expected, actual)) {
        throw new IllegalStateException("Drools and plain Java differ for " + person);
      }
      hits += actual.length;
    }
    System.out.println(
        plan.rules().size() + " rules, " + (double) hits / PEOPLE + " hits a decision");
    rules = engine.equals("drools") ? drools : plain;
  }

  @TearDown(Level.Trial)
  public void close() {
    rules.close();
  }

  private static int[] hits(CompiledRules rules, StageTables.Values person) {
    StageInput[] inputs = inputs(person);
    decide(rules, inputs);
    return Arrays.stream(inputs).flatMapToInt(i -> Arrays.stream(i.hits())).toArray();
  }

  private static StageInput[] inputs(StageTables.Values person) {
    return new StageInput[] {
      new StageTables.Noes(person),
      new StageTables.Dormancy(person),
      new StageTables.Segment(person),
      new StageTables.Place(person),
      new StageTables.Place(person.at("US")),
      new StageTables.Place(person.at("US-TX")),
      new StageTables.Place(person.at("US-FL")),
      new StageTables.Place(person.at("EU")),
      new StageTables.Person(person),
      new StageTables.Step(person.at("US")),
      new StageTables.Fallback(person),
      new StageTables.Guard(person)
    };
  }

  private static void decide(CompiledRules rules, StageInput[] in) {
    try (RuleMatcher matcher = rules.matcher()) {
      matcher.match(in[0]);
      matcher.match(in[1]);
      matcher.match(in[2]);
      matcher.match(in[3], in[4], in[5], in[6], in[7]);
      matcher.match(in[8]);
      matcher.match(in[9]);
      matcher.match(in[10]);
      matcher.match(in[11]);
    }
  }

  @Benchmark
  public StageInput[] match(Turn turn) {
    turn.next = (turn.next + 1) & (PEOPLE - 1);
    StageInput[] inputs = inputs(people[turn.next]);
    decide(rules, inputs);
    return inputs;
  }
}

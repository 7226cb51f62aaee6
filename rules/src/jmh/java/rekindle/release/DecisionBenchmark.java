package rekindle.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
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
import rekindle.decision.Decision;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.CompiledRules;
import rekindle.rule.PlainRules;
import rekindle.rule.RulePlan;
import rekindle.testing.RandomFacts;

/**
 * Whole decisions with full trace, with the shipped release or its federal rows of the United
 * States alone, for people of anywhere or of the United States; rows matched by Drools or by plain
 * Java; both engines must agree on everybody first.
 *
 * <p>{@code mvn -Pjmh -pl rules test-compile exec:exec -Djmh.args="DecisionBenchmark -prof gc"};
 * add {@code -t 2} for two threads, and start it twice at the same time for two JVMs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class DecisionBenchmark {
  private static final int PEOPLE = 4_096;
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");

  @Param({"drools", "plain"})
  public String engine = "drools";

  @Param({"full", "us_federal"})
  public String policy = "full";

  @Param({"anywhere", "us"})
  public String place = "anywhere";

  private final ContactFacts[] people = new ContactFacts[PEOPLE];
  private DecisionEngine deciding = emptyEngine();

  /** Which person comes next, for each thread. */
  @State(Scope.Thread)
  public static class Turn {
    int next = 17;
  }

  @Setup(Level.Trial)
  public void compile() throws IOException {
    long seed = 0;
    for (int i = 0; i < PEOPLE; seed++) {
      ContactFacts person = RandomFacts.of(seed, AS_OF);
      if (place.equals("anywhere") || isOfUnitedStates(person)) {
        people[i++] = person;
      }
    }
    Release release = policy.equals("full") ? release() : UsFederalRows.of(release());
    CompiledRules plainRules =
        new PlainRules(RulePlan.of(release.tables()), PlainTogether.BY_SHEET);
    var plain = new DecisionEngine(release, plainRules);
    var drools = DecisionEngine.of(release);
    for (ContactFacts person : people) {
      if (!drools.decide(person, AS_OF).equals(plain.decide(person, AS_OF))) {
        throw new IllegalStateException("the engines differ on " + person);
      }
    }
    deciding = engine.equals("drools") ? drools : plain;
    (engine.equals("drools") ? plain : drools).close();
  }

  @TearDown(Level.Trial)
  public void close() {
    deciding.close();
  }

  @Benchmark
  public Decision decide(Turn turn) {
    turn.next = (turn.next + 1) & (PEOPLE - 1);
    return deciding.decide(people[turn.next], AS_OF);
  }

  private static boolean isOfUnitedStates(ContactFacts person) {
    var places = person.contact().jurisdictions();
    return !places.isEmpty()
        && places.stream().allMatch(where -> where.equals("US") || where.startsWith("US-"));
  }

  private static DecisionEngine emptyEngine() {
    try {
      Release release = release();
      return new DecisionEngine(
          release, new PlainRules(RulePlan.of(release.tables()), PlainTogether.BY_SHEET));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Release release() throws IOException {
    var workbooks = new TreeMap<String, byte[]>();
    Path folder = Files.isDirectory(Path.of("decision-tables")) ? Path.of("decision-tables") : Path.of("..", "decision-tables");
    for (String name : PolicyTables.workbooks()) {
      workbooks.put(name, Files.readAllBytes(folder.resolve(name + ".xlsx")));
    }
    return Objects.requireNonNull(ReleaseReader.read(workbooks).release());
  }
}

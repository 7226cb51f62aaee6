package rekindle.check;

import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import rekindle.table.Finding;
import rekindle.table.TypedTable;

/**
 * All checks of a table of 1,000 rows and 12 condition columns: a first run as {@code tables check}
 * makes it, and warm.
 *
 * <p>{@code mvn -Pjmh -pl rules test-compile exec:exec -Djmh.args=TableCheckBenchmark}
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class TableCheckBenchmark {
  private static final int ROWS = 1_000;
  private static final long SEED = 8;

  @Param({"policy", "open", "dense"})
  public String shape = "policy";

  private TypedTable table = LargeTables.of("policy", 1, SEED);

  @Setup(Level.Trial)
  public void draw() {
    table = LargeTables.of(shape, ROWS, SEED);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  @Fork(5)
  public List<Finding> first() {
    return TableCheck.findings(table, TableMeaning.plain());
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 5, time = 2)
  @Fork(1)
  public List<Finding> warm() {
    return TableCheck.findings(table, TableMeaning.plain());
  }
}

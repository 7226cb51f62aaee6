package rekindle.service.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.decision.DecisionWriter;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.service.database.TestDatabase;
import rekindle.testing.RandomFacts;

/**
 * Prints what an impact over recorded decisions costs beside deciding them once, in the same
 * process by the same threads: reading the recorded facts from the store, deciding and writing the
 * decision; the same without writing it; and deciding facts that lie in memory. {@code
 * -Drekindle.decisions=} says how many. {@code mvn -pl service -am -Dtest=ImpactCostTest
 * -Dtest.excluded=none -Dsurefire.failIfNoSpecifiedTests=false test}
 */
@Tag("proof")
class ImpactCostTest {
  private static final int DECISIONS = Integer.getInteger("rekindle.decisions", 100_000);
  private static final int DISTINCT = 10_000;
  private static final int ROUNDS = 5;
  private static final int WORKERS = 2;
  private static final int PAGE = 200;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** Keeps what is written from being optimised away. */
  private final LongAdder written = new LongAdder();

  private final ExecutorService threads = Executors.newFixedThreadPool(WORKERS);

  @Test
  void impact_ofRecordedDecisions_costs() {
    try (var stage = new ImpactStage(DATABASE.jdbi())) {
      String draft = stage.draftWithout("eligibility", "US-E-1");
      stage.record(stage.shipped, DECISIONS);
      stage.jdbi.useHandle(handle -> handle.execute("vacuum analyze"));
      List<ContactFacts> people = new ArrayList<>();
      for (int seed = 0; seed < DISTINCT; seed++) {
        people.add(RandomFacts.of(seed));
      }
      try (var lease = stage.engines.lease(draft)) {
        var costs = new double[4][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
          double[] each = {
            impact(stage, draft),
            read(stage, lease.engine(), true),
            read(stage, lease.engine(), false),
            decide(people, lease.engine())
          };
          for (int kind = 0; round >= 0 && kind < each.length; kind++) {
            costs[kind][round] = each[kind];
          }
        }
        print(costs);
      }
    }
    threads.shutdown();
  }

  private static void print(double[][] costs) {
    double impact = median(costs[0]);
    double written = median(costs[1]);
    double read = median(costs[2]);
    double decide = median(costs[3]);
    System.out.printf(
        Locale.ROOT,
        "%d recorded decisions, %d threads: impact %.2f s (%s); reading, deciding and writing once"
            + " %.2f s, ratio %.2f; without writing %.2f s, ratio %.2f; deciding once from memory %.2f s, ratio %.2f%n",
        DECISIONS,
        WORKERS,
        impact,
        Arrays.toString(costs[0]),
        written,
        impact / written,
        read,
        impact / read,
        decide,
        impact / decide);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private double impact(ImpactStage stage, String draft) {
    ImpactJob job = stage.job(draft, stage.shipped, 30, Integer.MAX_VALUE, false);
    var run = new ImpactRun(job, stage.jobs, stage.engines, stage.jdbi, threads, WORKERS);
    long start = System.nanoTime();
    assertThat(run.run()).isTrue();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(stage.find(job).done()).isEqualTo(DECISIONS);
    System.gc();
    var runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "impact in %.2f s; heap after a collection, report and all engines held: %d MB%n",
        seconds,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    return seconds;
  }

  /** Recorded facts alone, page by page, each page read by one worker while others decide. */
  private double read(ImpactStage stage, DecisionEngine engine, boolean writes) {
    var after = new UUID[] {new UUID(0, 0)};
    try (Handle handle = stage.jdbi.open()) {
      return timed(
          () -> {
            for (var page = facts(handle, after); !page.isEmpty(); page = facts(handle, after)) {
              for (byte[] facts : page) {
                var decision = engine.decide(FactsReader.read(facts), ImpactStage.AS_OF);
                if (writes) {
                  written.add(DecisionWriter.write(decision).length);
                }
              }
            }
          });
    }
  }

  private static List<byte[]> facts(Handle handle, UUID[] after) {
    synchronized (after) {
      return handle
          .createQuery("select id, facts from decision where id > :after order by id limit :most")
          .bind("after", after[0])
          .bind("most", PAGE)
          .map(
              (row, context) -> {
                after[0] = row.getObject("id", UUID.class);
                return row.getBytes("facts");
              })
          .list();
    }
  }

  private double decide(List<ContactFacts> people, DecisionEngine engine) {
    var next = new AtomicInteger();
    return timed(
        () -> {
          for (int from = next.getAndAdd(PAGE); from < DECISIONS; from = next.getAndAdd(PAGE)) {
            for (int i = from; i < Math.min(DECISIONS, from + PAGE); i++) {
              engine.decide(people.get(i % DISTINCT), ImpactStage.AS_OF);
            }
          }
        });
  }

  private double timed(Runnable work) {
    var ended = new CountDownLatch(WORKERS);
    long start = System.nanoTime();
    for (int i = 0; i < WORKERS; i++) {
      threads.execute(
          () -> {
            try {
              work.run();
            } finally {
              ended.countDown();
            }
          });
    }
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}

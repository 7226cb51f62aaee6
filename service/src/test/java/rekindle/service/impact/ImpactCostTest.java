package rekindle.service.impact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.PackedDocument;
import rekindle.testing.RandomFacts;

/**
 * Prints what an impact over recorded decisions costs beside deciding them once, in the same
 * process by the same threads: reading the recorded facts from the store and deciding, and deciding
 * facts that lie in memory. {@code -Drekindle.decisions=} says how many. {@code mvn -pl service -am
 * -Dtest=ImpactCostTest -Dtest.excluded=none -Dsurefire.failIfNoSpecifiedTests=false test}
 */
@Tag("proof")
class ImpactCostTest {
  private static final int DECISIONS = Integer.getInteger("rekindle.decisions", 100_000);
  private static final int DISTINCT = 10_000;
  private static final int ROUNDS = 5;
  private static final int WORKERS = 2;
  private static final int PAGE = 200;
  private static final List<String> KINDS =
      List.of("impact: ", "reading and deciding once: ", "deciding once from memory: ");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

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
        var costs = new Cost[KINDS.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
          Cost[] each = {
            impact(stage, draft), read(stage, lease.engine()), decide(stage, people, lease.engine())
          };
          for (int kind = 0; kind < each.length; kind++) {
            System.out.println((round < 0 ? "warming up, " : "") + KINDS.get(kind) + each[kind]);
            if (round >= 0) {
              costs[kind][round] = each[kind];
            }
          }
        }
        print(costs);
      }
    }
    threads.shutdown();
  }

  private static void print(Cost[][] costs) {
    System.out.printf(
        "medians of %d rounds, %d decisions, %d threads%n", ROUNDS, DECISIONS, WORKERS);
    for (int kind = 0; kind < costs.length; kind++) {
      System.out.printf(
          Locale.ROOT,
          "%s%s; impact is %.2f times that, %.2f times by processor time%n",
          KINDS.get(kind),
          new Cost(median(costs[kind], Cost::wall), median(costs[kind], Cost::processor)),
          median(costs[0], Cost::wall) / median(costs[kind], Cost::wall),
          median(costs[0], Cost::processor) / median(costs[kind], Cost::processor));
    }
  }

  private static double median(Cost[] costs, ToDoubleFunction<Cost> of) {
    double[] sorted = Arrays.stream(costs).mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Seconds by the clock, and of processors: of this process and of the database's. */
  private record Cost(double wall, double processor) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f s, %.2f s of processors", wall, processor);
    }
  }

  private Cost impact(ImpactStage stage, String draft) {
    ImpactJob job = stage.job(draft, stage.shipped, 30, Integer.MAX_VALUE, false);
    var run = new ImpactRun(job, stage.jobs, stage.engines, stage.jdbi, threads, WORKERS);
    Cost cost = timed(stage, () -> assertThat(run.run()).isTrue());
    assertThat(stage.find(job).done()).isEqualTo(DECISIONS);
    System.gc();
    var runtime = Runtime.getRuntime();
    System.out.printf(
        "heap after a collection, all engines and the report held: %d MB%n",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    return cost;
  }

  /** Recorded facts alone, page by page, each page read by one worker while others decide. */
  private Cost read(ImpactStage stage, DecisionEngine engine) {
    var after = new UUID[] {new UUID(0, 0)};
    return timed(
        stage,
        () -> {
          try (Handle handle = stage.jdbi.open()) {
            byAll(
                () -> {
                  for (var page = facts(handle, after);
                      !page.isEmpty();
                      page = facts(handle, after)) {
                    for (byte[] facts : page) {
                      engine.decide(FactsReader.read(facts), ImpactStage.AS_OF);
                    }
                  }
                });
          }
        });
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
                return PackedDocument.unpack(row.getBytes("facts"));
              })
          .list();
    }
  }

  private Cost decide(ImpactStage stage, List<ContactFacts> people, DecisionEngine engine) {
    var next = new AtomicInteger();
    return timed(
        stage,
        () ->
            byAll(
                () -> {
                  for (int i = next.getAndIncrement(); i < DECISIONS; i = next.getAndIncrement()) {
                    engine.decide(people.get(i % DISTINCT), ImpactStage.AS_OF);
                  }
                }));
  }

  private void byAll(Runnable work) {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < WORKERS; i++) {
      all.add(threads.submit(work));
    }
    try {
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Cost timed(ImpactStage stage, Runnable work) {
    int server = server(stage);
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double processors = process.getProcessCpuTime() / 1e9 + ofEndedSessions(server);
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1e9;
    return new Cost(wall, process.getProcessCpuTime() / 1e9 + ofEndedSessions(server) - processors);
  }

  /** The process that starts the database's sessions; this test's end with their connections. */
  private static int server(ImpactStage stage) {
    int session =
        stage.jdbi.withHandle(
            handle -> handle.createQuery("select pg_backend_pid()").mapTo(Integer.class).one());
    return ProcessHandle.of(session)
        .flatMap(ProcessHandle::parent)
        .map(p -> (int) p.pid())
        .orElse(0);
  }

  /** Seconds, on Linux, else 0. */
  private static double ofEndedSessions(int server) {
    try {
      String[] fields = Files.readString(Path.of("/proc/" + server + "/stat")).split(" ");
      return (Long.parseLong(fields[15]) + Long.parseLong(fields[16])) / 100.0;
    } catch (IOException noLinux) {
      return 0;
    }
  }
}

package rekindle.service.impact;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.engine.DecisionEngine;
import rekindle.impact.Impact;
import rekindle.json.CanonicalJson;
import rekindle.service.decide.Engines;
import rekindle.service.store.RecordedDecisions;
import rekindle.service.store.RecordedDecisions.Selection;
import rekindle.service.store.StoredPopulation;

/**
 * One job under way: recorded decisions, then the population. Memory holds a page for each worker
 * and the report.
 */
final class ImpactRun {
  /** Lines of each kind in a report. */
  private static final int LINES_MAX = 50;

  private static final long PROGRESS_MILLIS = 1_000;

  private final ImpactJob job;
  private final ImpactJobs jobs;
  private final Engines engines;
  private final Jdbi jdbi;
  private final Executor workers;
  private final int workersMax;
  private volatile boolean stopped;
  private long total;
  private long available;

  // Guarded by this.
  private final Impact ofRecorded = new Impact();
  private final Impact ofPopulation = new Impact();
  private long done;
  private @Nullable Throwable failure;

  ImpactRun(
      ImpactJob job,
      ImpactJobs jobs,
      Engines engines,
      Jdbi jdbi,
      Executor workers,
      int workersMax) {
    this.job = job;
    this.jobs = jobs;
    this.engines = engines;
    this.jdbi = jdbi;
    this.workers = workers;
    this.workersMax = workersMax;
  }

  /** Lets it end at the next page. */
  void stop() {
    stopped = true;
  }

  /** Whether it ends at the next page. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * Compares; called once.
   *
   * @return false if it was stopped, or cancelled by whomever
   */
  boolean run() {
    ImpactOrder order = job.order();
    try (var draft = engines.lease(order.release());
        var against = engines.lease(order.against());
        var reading = jdbi.open()) {
      run(draft.engine(), against.engine(), reading);
    }
    return !stopped;
  }

  /**
   * @param reading read by one worker at a time; one connection for all pages, which then learns
   *     how to send them fast
   */
  private void run(DecisionEngine draft, DecisionEngine against, Handle reading) {
    ImpactOrder order = job.order();
    Selection all =
        RecordedDecisions.between(
            order.asOf().minus(Duration.ofDays(order.recordedDays())), order.asOf());
    available = order.recordedDays() == 0 ? 0 : RecordedDecisions.count(reading, all);
    Selection sample = RecordedDecisions.sample(all, available, order.sample());
    total =
        (available > order.sample() ? RecordedDecisions.count(reading, sample) : available)
            + (order.population() ? StoredPopulation.count(reading) : 0);
    progress();
    if (available > 0) {
      drain(new RecordedPages(reading, sample, draft, against), ofRecorded);
    }
    if (order.population()) {
      drain(new PopulationPages(reading, order.asOf(), draft, against), ofPopulation);
    }
    progress();
  }

  /** Has all workers take page after page, and tells how far they are. */
  private void drain(Pages pages, Impact into) {
    var ended = new CountDownLatch(workersMax);
    for (int i = 0; i < workersMax; i++) {
      workers.execute(
          () -> {
            attempt(() -> work(pages, into));
            ended.countDown();
          });
    }
    while (!isEnded(ended)) {
      attempt(this::progress);
    }
    Throwable failed = failure();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  private boolean isEnded(CountDownLatch ended) {
    try {
      return ended.await(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      // The workers use engines that must not be given back before they have ended.
      stopped = true;
      return false;
    }
  }

  /** Whatever fails must end the other workers too. */
  @SuppressWarnings("CatchingUnchecked")
  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error failed) {
      synchronized (this) {
        failure = failure == null ? failed : failure;
      }
      stopped = true;
    }
  }

  private synchronized @Nullable Throwable failure() {
    return failure;
  }

  private void work(Pages pages, Impact into) {
    while (!stopped) {
      Optional<Pages.Page> page;
      synchronized (pages) {
        page = pages.next();
      }
      if (page.isEmpty()) {
        return;
      }
      var part = new Impact();
      page.get().tally(part);
      synchronized (this) {
        into.merge(part);
        done += page.get().size();
      }
    }
  }

  private void progress() {
    long soFar;
    byte[] report;
    synchronized (this) {
      soFar = done;
      report = report();
    }
    if (!jobs.progress(job.id(), soFar, total, report)) {
      stopped = true;
    }
  }

  private byte[] report() {
    var json = new CanonicalJson().startObject();
    json.key("available").integer(available);
    json.key("population");
    write(job.order().population(), ofPopulation, json);
    json.key("recorded");
    write(job.order().recordedDays() > 0, ofRecorded, json);
    return json.endObject().toBytes();
  }

  private static void write(boolean wanted, Impact impact, CanonicalJson json) {
    if (wanted) {
      impact.write(json, LINES_MAX);
    } else {
      json.nothing();
    }
  }
}

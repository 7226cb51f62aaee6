package rekindle.service.impact;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.decide.Engines;
import rekindle.service.impact.ImpactJob.State;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * Runs jobs on threads of their own, which give way to those that answer callers. One job runs at a
 * time. Thread-safe.
 */
public final class ImpactRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImpactRuns.class);
  private static final int WORKERS_MAX = 2;
  private static final int RETRY_AFTER_SECONDS = 60;
  private static final int CLOSE_SECONDS = 30;

  private final Jdbi jdbi;
  private final Engines engines;
  private final ImpactJobs jobs;
  private final int workersMax;
  private final Semaphore free = new Semaphore(1);
  private final ExecutorService leader = Executors.newCachedThreadPool(threads("impact"));
  private final ExecutorService workers = Executors.newCachedThreadPool(threads("impact-worker"));
  private volatile boolean closing;
  private volatile @Nullable ImpactRun running;

  public ImpactRuns(Jdbi jdbi, Engines engines, ImpactJobs jobs) {
    this.jdbi = jdbi;
    this.engines = engines;
    this.jobs = jobs;
    workersMax = Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors());
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY);
      return thread;
    };
  }

  /**
   * Takes the place of a job that is about to be created.
   *
   * @throws ProblemException {@code overloaded} if one runs
   */
  public void reserve() {
    if (closing || !free.tryAcquire()) {
      throw new ProblemException(
          ProblemType.OVERLOADED.problem(
              "One impact is computed at a time, and one is being computed; nothing of this one was"
                  + " done. Cancel that one, or send this again after the time in Retry-After.",
              RETRY_AFTER_SECONDS));
    }
  }

  /** Gives the place back that was taken for a job which was not created after all. */
  public void release() {
    free.release();
  }

  /** Starts a job that is committed, in the place that was taken for it. */
  public void start(ImpactJob job) {
    var run = new ImpactRun(job, jobs, engines, jdbi, workers, workersMax);
    running = run;
    if (closing) {
      run.stop();
    }
    leader.execute(() -> run(job, run));
  }

  /** A job that fails is a state of the job, which its readers see; the log says where. */
  @SuppressWarnings("CatchingUnchecked")
  private void run(ImpactJob job, ImpactRun run) {
    try {
      if (run.run()) {
        jobs.finish(job, State.DONE, null);
      } else {
        // Nothing happens to one that somebody cancelled.
        jobs.finish(job, State.INTERRUPTED, "The service was stopped. Start another one.");
      }
    } catch (ProblemException known) {
      fail(job, String.valueOf(known.problem().detail()));
    } catch (RuntimeException | Error failed) {
      LOG.warn("impact {} failed: {}", job.id(), failed.getClass().getName());
      fail(job, "The service failed; its log says where. Start another one.");
    } finally {
      running = null;
      free.release();
    }
  }

  private void fail(ImpactJob job, String message) {
    try {
      jobs.finish(job, State.FAILED, message);
    } catch (RuntimeException lost) {
      LOG.warn(
          "impact {} could not be ended and will show as interrupted: {}",
          job.id(),
          lost.getClass().getName());
    }
  }

  /** What runs now; null if nothing does. */
  @Nullable ImpactRun running() {
    return running;
  }

  /** Stops what runs; its job shows as interrupted. */
  @Override
  public void close() {
    closing = true;
    ImpactRun run = running;
    if (run != null) {
      run.stop();
    }
    leader.shutdown();
    try {
      if (!leader.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        leader.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      leader.shutdownNow();
      Thread.currentThread().interrupt();
    }
    workers.shutdown();
  }
}

package rekindle.service.decide;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/**
 * Runs batches beside the threads that answer them, so that reading lines never waits for a caller
 * to read answers. Only so many run at once. Thread-safe.
 */
public final class BatchRunner implements AutoCloseable {
  private static final int RETRY_AFTER_SECONDS = 5;
  private static final int IDLE_SECONDS = 60;
  private static final int CLOSE_SECONDS = 30;

  private final ExecutorService threads;

  /**
   * @param batchesMax how many may run at once; the next one is refused
   */
  public BatchRunner(int batchesMax) {
    var number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            batchesMax,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "batch-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The answers of a batch under way. */
  public static final class Answers {
    private final Spool spool = new Spool();
    private volatile @Nullable Throwable failure;

    /**
     * Copies the answers as they come.
     *
     * @throws IOException if the lines or the answers broke off; the caller must see that
     */
    public void copyTo(OutputStream out) throws IOException {
      try (spool) {
        spool.copyTo(out);
        Throwable broken = failure;
        if (broken != null) {
          throw new IOException("the batch broke off", broken);
        }
      }
    }
  }

  /**
   * Starts a batch.
   *
   * @throws ProblemException with status 503 if too many run
   */
  public Answers start(DecisionBatch batch, InputStream in) {
    var answers = new Answers();
    try {
      threads.execute(() -> run(batch, in, answers));
    } catch (RejectedExecutionException full) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    return answers;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever broke a batch must end its answers
  private static void run(DecisionBatch batch, InputStream in, Answers answers) {
    try {
      batch.run(in, answers.spool);
    } catch (IOException | RuntimeException | Error broken) {
      answers.failure = broken;
    } finally {
      try {
        answers.spool.end();
      } catch (IOException lost) {
        answers.failure = lost;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

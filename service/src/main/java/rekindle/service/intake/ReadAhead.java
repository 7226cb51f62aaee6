package rekindle.service.intake;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Does a step of reading in a thread of its own while the one before is being written. At most one
 * step is ahead, so that memory stays bounded. Confined to one thread.
 *
 * @param <T> what a step reads
 */
final class ReadAhead<T> implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var reader = new Thread(task, "import-reader");
            reader.setDaemon(true);
            return reader;
          });
  private final Callable<T> step;
  private final Predicate<T> isLast;
  private Future<T> next;

  /**
   * @param isLast after which nothing is to be read any more
   */
  ReadAhead(Callable<T> step, Predicate<T> isLast) {
    this.step = step;
    this.isLast = isLast;
    this.next = thread.submit(step);
  }

  /**
   * What the present step has read; the next one begins. The last is handed out again and again.
   *
   * @throws IOException that the step threw
   */
  T take() throws IOException {
    try {
      T taken = next.get();
      if (!isLast.test(taken)) {
        next = thread.submit(step);
      }
      return taken;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      if (failed.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the file was being read", interrupted);
    }
  }

  /** Waits for the step at hand: whoever closes the stream must be the last to touch it. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

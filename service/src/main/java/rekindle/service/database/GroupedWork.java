package rekindle.service.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Does what many callers want in groups, on one connection: whatever comes while one group is
 * worked on goes into the next. Many callers then share one statement or one commit, and one
 * session of the database stays warm instead of all of them. The queue is bounded. Thread-safe.
 *
 * @param <E> what one caller wants, with the way in which the caller gets it
 */
public final class GroupedWork<E> implements AutoCloseable {
  private static final long IDLE_MILLIS = 100;
  private static final long CLOSE_SECONDS = 30;

  private final Jdbi jdbi;
  private final int groupMax;
  private final long lingerMillis;
  private final Work<E> work;
  private final Failure<E> failure;
  private final BlockingQueue<E> queue;
  private final Thread worker;
  private volatile boolean closing;

  /** Works on one group. */
  public interface Work<E> {
    void of(Handle handle, List<E> group) throws Exception;
  }

  /** Tells the callers of a group that it failed, or works on it in another way. */
  public interface Failure<E> {
    void of(List<E> group, Exception cause);
  }

  /**
   * @param name of the thread
   * @param work called from that thread alone
   * @param failure called from that thread, for groups whose work threw, and from the closing one
   *     with a {@link RejectedExecutionException} for what came too late
   */
  public GroupedWork(
      String name, Jdbi jdbi, int queueMax, int groupMax, Work<E> work, Failure<E> failure) {
    this(name, jdbi, queueMax, groupMax, 0, work, failure);
  }

  /**
   * @param lingerMillis how long a group waits for others after its first: for work that costs much
   *     less in larger groups, and that nobody waits for
   */
  public GroupedWork(
      String name,
      Jdbi jdbi,
      int queueMax,
      int groupMax,
      long lingerMillis,
      Work<E> work,
      Failure<E> failure) {
    this.lingerMillis = lingerMillis;
    this.jdbi = jdbi;
    this.groupMax = groupMax;
    this.work = work;
    this.failure = failure;
    queue = new ArrayBlockingQueue<>(queueMax);
    worker = new Thread(this::run, name);
    worker.setDaemon(true);
    worker.start();
  }

  /** Puts something into the next group; false if too much waits. */
  public boolean offer(E one) {
    return !closing && queue.offer(one);
  }

  /** Puts something into the next group, and waits for a place; false if it closes instead. */
  public boolean offerPatiently(E one) throws InterruptedException {
    while (!closing) {
      if (queue.offer(one, IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** How much waits for its group. */
  public int waiting() {
    return queue.size();
  }

  private void run() {
    var group = new ArrayList<E>(groupMax);
    while (!closing || !queue.isEmpty()) {
      try {
        if (next(group)) {
          jdbi.useHandle(handle -> runOn(handle, group));
        }
      } catch (InterruptedException stopped) {
        closing = true;
      } catch (Exception failed) {
        failure.of(List.copyOf(group), failed);
      } finally {
        group.clear();
      }
    }
  }

  /** Keeps the connection for as long as there is something to do. */
  private void runOn(Handle handle, List<E> group) throws Exception {
    do {
      work.of(handle, group);
      group.clear();
    } while (next(group));
  }

  private boolean next(List<E> group) throws InterruptedException {
    E first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    if (first == null) {
      return false;
    }
    group.add(first);
    if (lingerMillis > 0 && !closing && queue.size() < groupMax) {
      linger();
    }
    queue.drainTo(group, groupMax - 1);
    return true;
  }

  private void linger() {
    try {
      TimeUnit.MILLISECONDS.sleep(lingerMillis);
    } catch (InterruptedException stopped) {
      closing = true;
    }
  }

  /** Takes nothing more, works on what waits, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      worker.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // Whoever slipped in while the worker ended must not wait for ever.
    for (E late = queue.poll(); late != null; late = queue.poll()) {
      failure.of(List.of(late), new RejectedExecutionException("closed"));
    }
  }
}

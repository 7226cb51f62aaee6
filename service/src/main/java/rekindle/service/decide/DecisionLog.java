package rekindle.service.decide;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.DecisionStore;

/**
 * Commits decisions in groups: whatever waits while one transaction is written goes into the next
 * one, so that many callers share one flush to disk. A decision counts once its future is complete,
 * and not before. The queue is bounded; full, it refuses at once. Thread-safe.
 */
public final class DecisionLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
  private static final int QUEUE_MAX = 4_000;
  private static final int GROUP_MAX = 500;
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final int OK = 200;
  private static final long IDLE_MILLIS = 100;

  private final Jdbi jdbi;
  private final IdempotencyKeys keys;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread writer = new Thread(this::write, "decision-log");
  private volatile boolean closing;

  /**
   * What the caller may be told.
   *
   * @param answer the decision that is committed: this one, or the first one of its idempotency key
   * @param repeated whether it is an earlier one
   */
  public record Committed(byte[] answer, boolean repeated) {}

  private record Entry(
      Recording recording, @Nullable Request once, CompletableFuture<Committed> committed) {
    Answer answer() {
      return new Answer(OK, "application/json", recording.decision().outcome());
    }
  }

  public DecisionLog(Jdbi jdbi, IdempotencyKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Hands over a decision.
   *
   * @param once the request whose repetition must get the same answer, or null
   * @throws ProblemException with status 503 if too many wait
   */
  CompletableFuture<Committed> append(Recording recording, @Nullable Request once) {
    var entry = new Entry(recording, once, new CompletableFuture<>());
    if (closing || !queue.offer(entry)) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    return entry.committed();
  }

  /** Hands over a decision, and waits for a place if too many wait. */
  CompletableFuture<Committed> appendPatiently(Recording recording, @Nullable Request once) {
    var entry = new Entry(recording, once, new CompletableFuture<>());
    try {
      while (!closing) {
        if (queue.offer(entry, IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
          return entry.committed();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
  }

  /** How many decisions wait to be committed. */
  public int waiting() {
    return queue.size();
  }

  private void write() {
    var group = new ArrayList<Entry>(GROUP_MAX);
    while (!closing || !queue.isEmpty()) {
      try {
        Entry first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          group.add(first);
          queue.drainTo(group, GROUP_MAX - 1);
          commit(group);
        }
      } catch (InterruptedException stopped) {
        closing = true;
      } finally {
        group.clear();
      }
    }
  }

  private void commit(List<Entry> group) {
    try {
      Set<Integer> won = jdbi.inTransaction(handle -> insert(handle, group));
      IntStream.range(0, group.size())
          .forEach(
              i -> {
                if (won.contains(i)) {
                  Entry entry = group.get(i);
                  entry.committed().complete(new Committed(entry.answer().body(), false));
                } else {
                  settle(group.get(i), this::repeat);
                }
              });
    } catch (Exception failed) {
      if (group.size() == 1) {
        LOG.warn("a decision could not be recorded: {}", failed.getClass().getSimpleName());
        group.get(0).committed().completeExceptionally(failed);
      } else {
        // One bad member must not cost the others their answer.
        group.forEach(entry -> commit(List.of(entry)));
      }
    }
  }

  /** Writes a group and tells which of its members were new. */
  private Set<Integer> insert(Handle handle, List<Entry> group) throws SQLException {
    Set<Integer> won = winners(handle, group);
    List<Recording> recordings =
        won.stream().sorted().map(group::get).map(Entry::recording).toList();
    DecisionStore.insertDecisions(handle, recordings.stream().map(Recording::decision).toList());
    DecisionStore.insertEvents(handle, recordings.stream().map(Recording::event).toList());
    return won;
  }

  /** Members without an idempotency key, and those whose key nobody used before. */
  private Set<Integer> winners(Handle handle, List<Entry> group) {
    var won = new java.util.HashSet<Integer>();
    var places = new ArrayList<Integer>();
    var requests = new ArrayList<Request>();
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < group.size(); i++) {
      Request once = group.get(i).once();
      if (once == null) {
        won.add(i);
      } else {
        places.add(i);
        requests.add(once);
        answers.add(group.get(i).answer());
      }
    }
    if (!requests.isEmpty()) {
      keys.record(handle, requests, answers).forEach(i -> won.add(places.get(i)));
    }
    return won;
  }

  private void repeat(Entry entry) {
    Optional<Answer> first =
        jdbi.withHandle(
            handle -> keys.find(handle, java.util.Objects.requireNonNull(entry.once())));
    Answer answer =
        first.orElseThrow(() -> new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS)));
    entry.committed().complete(new Committed(answer.body(), true));
  }

  private static void settle(Entry entry, Consumer<Entry> step) {
    try {
      step.accept(entry);
    } catch (RuntimeException failed) {
      entry.committed().completeExceptionally(failed);
    }
  }

  /** Takes nothing more, commits what waits, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // Whoever slipped in while the writer ended must not wait for ever.
    for (Entry late = queue.poll(); late != null; late = queue.poll()) {
      late.committed()
          .completeExceptionally(new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS)));
    }
  }
}

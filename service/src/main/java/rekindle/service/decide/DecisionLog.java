package rekindle.service.decide;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.database.GroupedWork;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.Restrictions;

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

  private final Jdbi jdbi;
  private final IdempotencyKeys keys;
  private final GroupedWork<Entry> groups;

  /**
   * What the caller may be told.
   *
   * @param answer the decision that is committed: this one, or the first one of its idempotency key
   * @param repeated whether it is an earlier one
   */
  public record Committed(byte[] answer, boolean repeated) {}

  /** Something that may forbid came after the facts were read: the decision must be made anew. */
  static final class FactsOutdated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FactsOutdated() {
      super("facts are outdated", null, false, false);
    }
  }

  /** Members of a group that were new, and those whose facts no longer hold. */
  private record Written(Set<Integer> won, Set<Integer> outdated) {}

  private record Entry(
      Recording recording, @Nullable Request once, CompletableFuture<Committed> committed) {
    Answer answer() {
      return new Answer(OK, "application/json", recording.decision().outcome());
    }
  }

  public DecisionLog(Jdbi jdbi, IdempotencyKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
    groups =
        new GroupedWork<>("decision-log", jdbi, QUEUE_MAX, GROUP_MAX, this::commit, this::fail);
  }

  /**
   * Hands over a decision.
   *
   * @param once the request whose repetition must get the same answer, or null
   * @throws ProblemException with status 503 if too many wait
   */
  CompletableFuture<Committed> append(Recording recording, @Nullable Request once) {
    var entry = new Entry(recording, once, new CompletableFuture<>());
    if (!groups.offer(entry)) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    return entry.committed();
  }

  /** Hands over a decision, and waits for a place if too many wait. */
  CompletableFuture<Committed> appendPatiently(Recording recording, @Nullable Request once) {
    var entry = new Entry(recording, once, new CompletableFuture<>());
    try {
      if (groups.offerPatiently(entry)) {
        return entry.committed();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
  }

  /** How many decisions wait to be committed. */
  public int waiting() {
    return groups.waiting();
  }

  private void commit(Handle handle, List<Entry> group) throws Exception {
    Written written = handle.inTransaction(same -> insert(same, group));
    for (int i = 0; i < group.size(); i++) {
      Entry entry = group.get(i);
      if (written.outdated().contains(i)) {
        entry.committed().completeExceptionally(new FactsOutdated());
      } else if (written.won().contains(i)) {
        entry.committed().complete(new Committed(entry.answer().body(), false));
      } else {
        settle(entry, this::repeat);
      }
    }
  }

  private void fail(List<Entry> group, Exception cause) {
    if (cause instanceof RejectedExecutionException) {
      var refusal = new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
      group.forEach(entry -> entry.committed().completeExceptionally(refusal));
    } else if (group.size() == 1) {
      LOG.warn("a decision could not be recorded: {}", cause.getClass().getSimpleName());
      group.get(0).committed().completeExceptionally(cause);
    } else {
      // One bad member must not cost the others their answer.
      group.forEach(this::commitAlone);
    }
  }

  private void commitAlone(Entry entry) {
    List<Entry> alone = List.of(entry);
    try {
      jdbi.useHandle(handle -> commit(handle, alone));
    } catch (Exception failed) {
      fail(alone, failed);
    }
  }

  private Written insert(Handle handle, List<Entry> group) throws SQLException {
    Set<Integer> outdated = outdated(handle, group);
    Set<Integer> won = winners(handle, group, outdated);
    List<Recording> recordings =
        won.stream().sorted().map(group::get).map(Entry::recording).toList();
    DecisionStore.insertDecisions(handle, recordings.stream().map(Recording::decision).toList());
    DecisionStore.insertEvents(handle, recordings.stream().map(Recording::event).toList());
    return new Written(won, outdated);
  }

  private static Set<Integer> outdated(Handle handle, List<Entry> group) {
    var places = new ArrayList<Integer>();
    var seen = new ArrayList<Restrictions.Seen>();
    for (int i = 0; i < group.size(); i++) {
      Recording recording = group.get(i).recording();
      String mark = recording.mark();
      if (mark != null) {
        places.add(i);
        seen.add(new Restrictions.Seen(recording.decision().contactId(), mark));
      }
    }
    Set<Integer> holding = Restrictions.holding(handle, seen);
    var outdated = new HashSet<Integer>();
    for (int i = 0; i < places.size(); i++) {
      if (!holding.contains(i)) {
        outdated.add(places.get(i));
      }
    }
    return outdated;
  }

  /** Members without an idempotency key, and those whose key nobody used before. */
  private Set<Integer> winners(Handle handle, List<Entry> group, Set<Integer> outdated) {
    var won = new HashSet<Integer>();
    var places = new ArrayList<Integer>();
    var requests = new ArrayList<Request>();
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < group.size(); i++) {
      Request once = group.get(i).once();
      if (outdated.contains(i)) {
        continue;
      }
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
    groups.close();
  }
}

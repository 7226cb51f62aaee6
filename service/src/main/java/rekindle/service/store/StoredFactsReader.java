package rekindle.service.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.database.GroupedWork;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/**
 * The facts of stored contacts for many callers at once: those who ask while one statement runs
 * share the next one. Each gets what the database knew after it had asked. Thread-safe.
 */
public final class StoredFactsReader implements AutoCloseable {
  private static final int QUEUE_MAX = 4_000;
  private static final int GROUP_MAX = 64;
  private static final int RETRY_AFTER_SECONDS = 1;

  private final GroupedWork<Ask> asks;

  private record Ask(String contactId, CompletableFuture<Optional<FactsRow>> found) {}

  public StoredFactsReader(Jdbi jdbi) {
    asks =
        new GroupedWork<>(
            "facts-reader",
            jdbi,
            QUEUE_MAX,
            GROUP_MAX,
            StoredFactsReader::read,
            StoredFactsReader::fail);
  }

  /**
   * The facts of a contact; empty if the store does not know it.
   *
   * @throws ProblemException with status 503 if too many wait
   */
  public Optional<StoredFacts> find(String contactId, Instant asOf) {
    var ask = new Ask(contactId, new CompletableFuture<>());
    if (!asks.offer(ask)) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    try {
      // The rows are read in the caller's thread.
      return ask.found().join().map(row -> row.facts(asOf));
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private static void read(Handle handle, List<Ask> group) {
    Map<String, FactsRow> found = new HashMap<>();
    FactsRow.of(handle, group.stream().map(Ask::contactId).distinct().toList())
        .forEach(row -> found.put(row.contactId(), row));
    group.forEach(ask -> ask.found().complete(Optional.ofNullable(found.get(ask.contactId()))));
  }

  private static void fail(List<Ask> group, Exception cause) {
    Exception told =
        cause instanceof RejectedExecutionException
            ? new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS))
            : cause;
    group.forEach(ask -> ask.found().completeExceptionally(told));
  }

  @Override
  public void close() {
    asks.close();
  }
}

package rekindle.service.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
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

  /** So far ahead of ours the clocks of others may be whose times are told. */
  public static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(10);

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
    return row(contactId).map(row -> row.facts(asOf, null));
  }

  /**
   * Facts, and the instant that they are for.
   *
   * @param asOf after the facts were read, and not before anything that happened by them
   */
  public record Current(StoredFacts stored, Instant asOf) {}

  /**
   * The facts of a contact as they are now; empty if the store does not know it. Now is after they
   * were read: for an earlier instant, a no that was received meanwhile would not be in force yet.
   *
   * @throws ProblemException as {@link #find}
   */
  public Optional<Current> findNow(String contactId, InstantSource clock) {
    return row(contactId).map(row -> now(row, clock, null));
  }

  /**
   * @param exceptTouch a touch that is left out of the facts; null for none
   */
  static Current now(FactsRow row, InstantSource clock, @Nullable String exceptTouch) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StoredFacts facts = row.facts(now, exceptTouch);
    Instant asOf = notBeforeWhatIsKnown(facts.facts(), now);
    return new Current(asOf.equals(now) ? facts : row.facts(asOf, exceptTouch), asOf);
  }

  /**
   * A no that another process received is in force, and a reply or a touch counts, though the clock
   * that told its time may be ahead of ours.
   */
  private static Instant notBeforeWhatIsKnown(ContactFacts facts, Instant now) {
    return FactTimes.of(facts)
        .filter(time -> time.isAfter(now) && time.isBefore(now.plus(CLOCKS_DIFFER_MAX)))
        .max(Instant::compareTo)
        .orElse(now);
  }

  private Optional<FactsRow> row(String contactId) {
    var ask = new Ask(contactId, new CompletableFuture<>());
    if (!asks.offer(ask)) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    try {
      // The rows are read in the caller's thread.
      return ask.found().join();
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

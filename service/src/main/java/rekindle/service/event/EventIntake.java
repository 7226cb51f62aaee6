package rekindle.service.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.service.database.GroupedWork;
import rekindle.service.event.EventWriter.Result;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.ContactIntake;
import rekindle.service.intake.EventDocument;
import rekindle.service.optout.OptOutRules;
import rekindle.service.optout.OptOuts;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.ContactStore;
import rekindle.service.store.EventStore;
import rekindle.service.store.Identities;

/**
 * Takes in events of many callers in groups that share one commit; whoever waits for the answer
 * gets it after the commit. Events whose contact is not known are applied once it is. Thread-safe.
 */
public final class EventIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
  private static final int QUEUE_MAX = 1_000;
  private static final int GROUP_MAX = 16;
  private static final int MATCHED_MAX = 200;
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final long LOOK_MILLIS = 500;

  private final Jdbi jdbi;
  private final OptOutRules rules;
  private final EventStore store;
  private final EventWriter writer;
  private final InstantSource clock;
  private final GroupedWork<Batch> groups;
  private final ScheduledExecutorService matching =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "events-aside");
            thread.setDaemon(true);
            return thread;
          });

  private record Batch(List<Event> events, CompletableFuture<List<Result>> results) {}

  public EventIntake(
      Jdbi jdbi,
      Identities identities,
      ContactStore contacts,
      OptOuts optOuts,
      OptOutRules rules,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.rules = rules;
    this.clock = clock;
    store = new EventStore(identities);
    writer = new EventWriter(identities, contacts, store, optOuts, ids);
    groups =
        new GroupedWork<>("event-intake", jdbi, QUEUE_MAX, GROUP_MAX, this::commit, this::fail);
  }

  /** Applies events that waited for their contacts, now and then until closed. */
  public void start() {
    matching.scheduleWithFixedDelay(
        this::matchQuietly, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Writes events and waits for the commit.
   *
   * @return what became of each: {@code applied}, {@code duplicate} or {@code set_aside}
   * @throws ProblemException with status 503 if too many wait
   */
  public List<String> take(List<EventDocument> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<Event> events = documents.stream().map(document -> Event.of(document, rules)).toList();
    var batch = new Batch(events, new CompletableFuture<>());
    if (!groups.offer(batch)) {
      throw new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
    }
    try {
      return batch.results().join().stream().map(Result::code).toList();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /**
   * Writes events in the caller's transaction.
   *
   * @return as {@link #take}
   */
  public List<String> write(Handle handle, List<EventDocument> documents) {
    List<Event> events = documents.stream().map(document -> Event.of(document, rules)).toList();
    return writer.write(handle, events).stream().map(Result::code).toList();
  }

  private void commit(Handle handle, List<Batch> group) {
    List<Event> all = group.stream().flatMap(batch -> batch.events().stream()).toList();
    List<Result> results = handle.inTransaction(same -> writer.write(same, all));
    int from = 0;
    for (Batch batch : group) {
      int to = from + batch.events().size();
      batch.results().complete(List.copyOf(results.subList(from, to)));
      from = to;
    }
  }

  private void fail(List<Batch> group, Exception cause) {
    if (cause instanceof RejectedExecutionException) {
      var refusal = new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS));
      group.forEach(batch -> batch.results().completeExceptionally(refusal));
      return;
    }
    // One that cannot be written must not keep the others out.
    group.forEach(this::commitSingly);
  }

  private void commitSingly(Batch batch) {
    var results = new ArrayList<Result>();
    RuntimeException failure = null;
    for (Event event : batch.events()) {
      try {
        results.addAll(
            ContactIntake.patiently(
                () -> jdbi.inTransaction(handle -> writer.write(handle, List.of(event)))));
      } catch (RuntimeException failed) {
        LOG.warn(
            "{} could not be written: {}", event.document(), failed.getClass().getSimpleName());
        failure = failed;
      }
    }
    if (failure == null) {
      batch.results().complete(results);
    } else {
      batch.results().completeExceptionally(failure);
    }
  }

  private void matchQuietly() {
    try {
      match();
    } catch (RuntimeException failed) {
      LOG.warn("events that wait were not applied: {}", failed.getClass().getSimpleName());
    }
  }

  /**
   * Applies events whose contacts have come, and lets those be decided for.
   *
   * @return how many
   */
  public int match() {
    if (!jdbi.withHandle(store::isAnyHeld)) {
      return 0;
    }
    int all = 0;
    int some;
    do {
      some = ContactIntake.patiently(() -> jdbi.inTransaction(this::matchSome));
      all += some;
    } while (some == MATCHED_MAX);
    return all;
  }

  private int matchSome(Handle handle) {
    var events = new ArrayList<Event>();
    for (Map.Entry<Instant, String> aside : store.takeMatched(handle, MATCHED_MAX)) {
      var problems = new JsonProblems();
      EventDocument document =
          EventDocument.read(
              StrictJson.read(aside.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
              "",
              "",
              aside.getKey(),
              problems);
      problems.throwIfAny();
      events.add(Event.of(document, rules));
    }
    writer.apply(handle, events);
    store.liftHolds(handle);
    return events.size();
  }

  /** When an event is received now. */
  public Instant now() {
    return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    matching.shutdownNow();
    groups.close();
  }
}

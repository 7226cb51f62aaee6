package rekindle.service.decide;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.DecisionWriter;
import rekindle.facts.ContactFacts;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.decide.DecisionLog.Committed;
import rekindle.service.decide.DecisionLog.FactsOutdated;
import rekindle.service.decide.Recording.Known;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.Restrictions;
import rekindle.service.store.StoredFacts;
import rekindle.service.store.StoredFactsReader;

/**
 * Decides and records, in one place: facts in one statement, decision, canonical bytes once, group
 * commit, answer after the commit. Thread-safe.
 */
public final class Decider {
  private static final int ATTEMPTS_MAX = 20;
  private static final int RETRY_AFTER_SECONDS = 1;

  private final StoredFactsReader people;
  private final Engines engines;
  private final DecisionLog log;
  private final Jdbi jdbi;
  private final IdempotencyKeys keys;
  private final TimeOrderedIds ids;
  private final InstantSource clock;
  private final DecisionObserver observer;
  private final TouchLinks links;

  public Decider(
      StoredFactsReader people,
      Engines engines,
      DecisionLog log,
      Jdbi jdbi,
      IdempotencyKeys keys,
      TimeOrderedIds ids,
      InstantSource clock,
      DecisionObserver observer,
      TouchLinks links) {
    this.people = people;
    this.engines = engines;
    this.log = log;
    this.jdbi = jdbi;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
    this.observer = observer;
    this.links = links;
  }

  /** How a decision goes to the log. */
  private interface Append {
    CompletableFuture<Committed> append(Recording recording, @Nullable Request once);
  }

  /**
   * Decides, and waits for the commit if the decision is recorded.
   *
   * @param client who asks
   * @param once the request whose repetition must get the same answer, or null
   * @throws ProblemException if there is no such contact or release, if the contact is held back,
   *     or if the service has too much to do
   */
  public Committed decide(DecisionRequest request, String client, @Nullable Request once) {
    Optional<Answer> earlier =
        once == null ? Optional.empty() : jdbi.withHandle(handle -> keys.find(handle, once));
    if (earlier.isPresent()) {
      return new Committed(earlier.get().body(), true);
    }
    try {
      return start(request, client, once, log::append).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** Decides, and gives the answer once it may be told; waits where the log has too much to do. */
  public CompletableFuture<Committed> startPatiently(
      DecisionRequest request, String client, @Nullable Request once) {
    return start(request, client, once, log::appendPatiently);
  }

  private CompletableFuture<Committed> start(
      DecisionRequest request, String client, @Nullable Request once, Append append) {
    return attempt(request, client, once, append, 1);
  }

  /** Decides again for as long as a no comes in between reading the facts and the commit. */
  private CompletableFuture<Committed> attempt(
      DecisionRequest request, String client, @Nullable Request once, Append append, int number) {
    return decideOnce(request, client, once, append)
        .exceptionallyComposeAsync(
            failed -> {
              if (!(failed instanceof FactsOutdated) || number == ATTEMPTS_MAX) {
                return CompletableFuture.failedFuture(
                    failed instanceof FactsOutdated
                        ? new ProblemException(Problem.overloaded(RETRY_AFTER_SECONDS))
                        : failed);
              }
              jdbi.useTransaction(handle -> Restrictions.await(handle, request.subject()));
              return attempt(request, client, once, append, number + 1);
            });
  }

  private CompletableFuture<Committed> decideOnce(
      DecisionRequest request, String client, @Nullable Request once, Append append) {
    Asked asked = asked(request);
    Known known = asked.known();
    Instant asOf = known.asOf();
    Decision own;
    Decision decision;
    try (var lease = lease(request, known)) {
      own = lease.engine().decide(known.facts(), asOf);
      decision = OtherContactFirst.among(own, lease.engine(), asked.others(), asOf);
    }
    if (request.contactId() != null && request.release() == null) {
      observer.decided(known.facts(), asOf, own);
    }
    if (!request.isRecorded()) {
      return CompletableFuture.completedFuture(
          new Committed(DecisionWriter.write(decision), false));
    }
    var recording = Recording.of(ids.next(), known, decision, client, links);
    return append.append(recording, once);
  }

  /** Facts that a caller brings belong to nobody with whom a release could be tried. */
  private Engines.Lease lease(DecisionRequest request, Known known) {
    return request.release() == null && request.facts() == null
        ? engines.leaseFor(known.facts().contact().personId())
        : engines.lease(request.release());
  }

  /**
   * What is known of whom a request asks about.
   *
   * @param others facts of the person's other contacts
   */
  private record Asked(Known known, List<ContactFacts> others) {}

  private Asked asked(DecisionRequest request) {
    Instant asOf = request.asOf();
    if (request.facts() != null) {
      var known = new Known(request.facts(), asOf == null ? now() : asOf, null, null);
      return new Asked(known, List.of());
    }
    String contactId = request.subject();
    var current =
        (asOf == null
                ? people.findNow(contactId, clock)
                : people
                    .find(contactId, asOf)
                    .map(stored -> new StoredFactsReader.Current(stored, asOf)))
            .orElseThrow(() -> new ProblemException(Problem.notFound("contact", contactId)));
    StoredFacts stored = current.stored();
    String reason = stored.heldBack();
    if (reason != null) {
      throw new ProblemException(ProblemType.CONTACT_HELD_BACK.problem(reason));
    }
    return new Asked(
        new Known(stored.facts(), current.asOf(), stored.subjectRef(), stored.mark()),
        stored.others());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

package rekindle.service.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Explanation;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.JsonProblem;
import rekindle.json.StrictJson;
import rekindle.service.decide.Recording.Known;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.RecordedDecision;

/**
 * Makes a recorded decision again from its stored facts, release and instant, and compares the
 * canonical bytes. Thread-safe.
 */
public final class Replay {
  private final DecisionStore decisions;
  private final Engines engines;

  public Replay(DecisionStore decisions, Engines engines) {
    this.decisions = decisions;
    this.engines = engines;
  }

  /** What came of deciding again. */
  public record Outcome(RecordedDecision recorded, List<Difference> differences) {
    public Outcome {
      differences = List.copyOf(differences);
    }

    public boolean isEqual() {
      return differences.isEmpty();
    }
  }

  /**
   * One place where two documents differ.
   *
   * @param pointer RFC 6901
   * @param recorded null where the recorded document has nothing there
   * @param replayed null where the new one has nothing there
   */
  public record Difference(
      String pointer, @Nullable JsonNode recorded, @Nullable JsonNode replayed) {}

  /** A recorded decision. */
  public RecordedDecision find(UUID id) {
    return decisions
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    decisions.wasErased(id)
                        ? ProblemType.DECISION_ERASED.problem()
                        : Problem.notFound("recorded decision", id.toString())));
  }

  /**
   * A recorded decision with what it was made from.
   *
   * @param known without who it is about
   */
  public record Made(Known known, Decision decision) {}

  /** A recorded decision, made again; empty if it is not there any more. */
  public Optional<Made> again(Handle handle, UUID id) {
    return DecisionStore.find(handle, id)
        .map(
            recorded -> {
              ContactFacts facts = FactsReader.read(recorded.facts());
              return new Made(
                  new Known(facts, recorded.asOf(), null, null), decide(recorded, facts));
            });
  }

  /** Decides again and compares. */
  public Outcome replay(UUID id) {
    RecordedDecision recorded = find(id);
    ContactFacts facts = FactsReader.read(recorded.facts());
    byte[] again = Recording.outcome(id, facts, decide(recorded, facts), unsubscribeUrl(recorded));
    return new Outcome(
        recorded,
        Arrays.equals(again, recorded.outcome()) ? List.of() : differences(recorded, again));
  }

  /**
   * A recorded decision as text that a person reads.
   *
   * @throws ProblemException if deciding again gives another decision, which the text would be of
   */
  public String explanation(UUID id) {
    RecordedDecision recorded = find(id);
    ContactFacts facts = FactsReader.read(recorded.facts());
    Decision again = decide(recorded, facts);
    if (!Arrays.equals(
        Recording.outcome(id, facts, again, unsubscribeUrl(recorded)), recorded.outcome())) {
      throw new ProblemException(
          ProblemType.REPLAY_DIFFERS.problem(
              "Decision " + id + " comes out differently now; POST its replay to see where."));
    }
    return Explanation.of(again);
  }

  /** It names the person alone and is no part of the decision: taken over, not compared. */
  private static @Nullable String unsubscribeUrl(RecordedDecision recorded) {
    return StrictJson.read(recorded.outcome()).path("touch").path("unsubscribeUrl").textValue();
  }

  private Decision decide(RecordedDecision recorded, ContactFacts facts) {
    try (var lease = engines.lease(recorded.release())) {
      return OtherContactFirst.asRecorded(
          lease.engine().decide(facts, recorded.asOf()), recorded.outcome());
    }
  }

  private static List<Difference> differences(RecordedDecision recorded, byte[] again) {
    var differences = new ArrayList<Difference>();
    compare("", StrictJson.read(recorded.outcome()), StrictJson.read(again), differences);
    return differences;
  }

  private static void compare(
      String pointer,
      @Nullable JsonNode recorded,
      @Nullable JsonNode replayed,
      List<Difference> differences) {
    if (recorded != null && replayed != null && recorded.isObject() && replayed.isObject()) {
      var names = new TreeSet<String>();
      recorded.fieldNames().forEachRemaining(names::add);
      replayed.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name ->
              compare(
                  JsonProblem.child(pointer, name),
                  recorded.get(name),
                  replayed.get(name),
                  differences));
    } else if (recorded != null && replayed != null && recorded.isArray() && replayed.isArray()) {
      for (int i = 0; i < Math.max(recorded.size(), replayed.size()); i++) {
        compare(pointer + "/" + i, recorded.get(i), replayed.get(i), differences);
      }
    } else if (recorded == null || !recorded.equals(replayed)) {
      differences.add(new Difference(pointer, recorded, replayed));
    }
  }
}

package rekindle.service.decide;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.json.CanonicalJson;
import rekindle.json.InvalidJson;
import rekindle.json.LineReader;
import rekindle.json.StrictJson;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.decide.DecisionLog.Committed;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemJson;

/**
 * Decides line by line: one line of NDJSON in, one out, in order, each told once it is committed. A
 * line that cannot be decided gets an error line in its place and stops nothing. Memory does not
 * grow with the number of lines.
 */
public final class DecisionBatch {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionBatch.class);

  /** So many lines may wait for their commit at once; one commit takes a few hundred. */
  private static final int WINDOW_LINES = 1_000;

  private final Decider decider;
  private final String client;
  private final boolean recorded;
  private final BiFunction<Long, byte[], @Nullable Request> onceOf;

  /**
   * @param recorded whether lines that do not say so are recorded
   * @param onceOf the request that a line is, by its number and bytes, or null
   */
  public DecisionBatch(
      Decider decider,
      String client,
      boolean recorded,
      BiFunction<Long, byte[], @Nullable Request> onceOf) {
    this.decider = decider;
    this.client = client;
    this.recorded = recorded;
    this.onceOf = onceOf;
  }

  /** A line under way: its answer, or what became of it. */
  private record Pending(
      long line, @Nullable String contactId, CompletableFuture<Committed> answer) {}

  /** Reads until the end and writes all answers; stops early if nobody reads them any more. */
  void run(InputStream in, Spool out) throws IOException {
    var lines = new LineReader(in);
    Deque<Pending> window = new ArrayDeque<>();
    for (Optional<LineReader.Line> line = lines.next();
        line.isPresent() && !out.isAbandoned();
        line = lines.next()) {
      window.add(start(line.get()));
      while (!window.isEmpty()
          && (window.size() > WINDOW_LINES || window.peek().answer().isDone())) {
        out.write(answer(window.remove()));
      }
      if (in.available() == 0) {
        // The caller may be waiting for this answer before sending the next line.
        drain(window, out);
        out.flush();
      }
    }
    drain(window, out);
  }

  private void drain(Deque<Pending> window, Spool out) throws IOException {
    while (!window.isEmpty()) {
      out.write(answer(window.remove()));
    }
  }

  private Pending start(LineReader.Line line) {
    String contactId = null;
    try {
      DecisionRequest request = DecisionRequest.read(line).orRecorded(recorded);
      contactId = request.subject();
      byte[] bytes = line.bytes();
      Request once =
          request.isRecorded() && bytes != null ? onceOf.apply(line.number(), bytes) : null;
      return new Pending(line.number(), contactId, decider.startPatiently(request, client, once));
    } catch (InvalidJson | ProblemException bad) {
      return new Pending(
          line.number(),
          contactId == null ? contactIn(line) : contactId,
          CompletableFuture.failedFuture(bad));
    }
  }

  /** Whom a line that is not valid is about, as far as it tells. */
  private static @Nullable String contactIn(LineReader.Line line) {
    byte[] bytes = line.bytes();
    if (bytes == null) {
      return null;
    }
    try {
      JsonNode node = StrictJson.read(bytes);
      JsonNode facts = node.has("facts") ? node.path("facts") : node;
      JsonNode id =
          node.has("contactId") ? node.path("contactId") : facts.path("contact").path("id");
      return id.isTextual() ? id.textValue() : null;
    } catch (InvalidJson unreadable) {
      return null;
    }
  }

  private static byte[] answer(Pending pending) {
    byte[] answer;
    try {
      answer = pending.answer().join().answer();
    } catch (CompletionException failed) {
      answer = error(pending, problem(failed.getCause()));
    }
    byte[] line = java.util.Arrays.copyOf(answer, answer.length + 1);
    line[answer.length] = '\n';
    return line;
  }

  private static Problem problem(@Nullable Throwable failure) {
    if (failure instanceof InvalidJson invalid) {
      return Problem.invalidInput(invalid.problems());
    }
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    LOG.warn("a line of a batch could not be recorded: {}", String.valueOf(failure));
    return Problem.overloaded(1);
  }

  private static byte[] error(Pending pending, Problem problem) {
    var json = new CanonicalJson().startObject();
    json.key("contactId").text(pending.contactId());
    json.key("error").node(ProblemJson.of(problem));
    return json.key("line").integer(pending.line()).endObject().toBytes();
  }
}

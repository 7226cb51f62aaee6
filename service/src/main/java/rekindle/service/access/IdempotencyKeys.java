package rekindle.service.access;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * The first answers to requests that carry an {@code Idempotency-Key}: a repeat gets the same
 * bytes, and its effect is had once. Only successes are kept; a request that failed may be
 * corrected and sent again with the same key. Thread-safe.
 */
public final class IdempotencyKeys {
  /** Says of an answer that it was given before. */
  public static final String REPLAYED = "Idempotency-Replayed";

  private static final int LONGEST_KEY = 255;

  private static final String FIND =
      """
      select fingerprint, status, content_type, answer
        from idempotency_key
       where client = :client and operation = :operation and key = :key and status > 0
      """;

  // Sorted, so that two writers of overlapping keys cannot wait for each other.
  private static final String RECORD =
      """
      insert into idempotency_key as k (client, operation, key, fingerprint, status, content_type, answer)
      select * from unnest(:clients, :operations, :keys, :fingerprints, :statuses, :types, :answers)
       order by 1, 2, 3
      on conflict (client, operation, key) do update
         set fingerprint = excluded.fingerprint, status = excluded.status, content_type = excluded.content_type,
             answer = excluded.answer
       where k.status = 0
      returning client, operation, key
      """;

  // Without an answer yet, which its status says. Of another request it has begun just now.
  private static final String BEGIN =
      """
      insert into idempotency_key as k (client, operation, key, fingerprint, status, content_type, answer, created_at)
      values (:client, :operation, :key, :fingerprint, 0, '', '', :now)
      on conflict (client, operation, key) do update
         set fingerprint = case when k.status = 0 then excluded.fingerprint else k.fingerprint end,
             created_at = case when k.status = 0 and k.fingerprint <> excluded.fingerprint then excluded.created_at
                               else k.created_at end
      returning created_at
      """;

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended(:client || chr(10) || :operation || chr(10) || :key, 7))";

  /**
   * A request that may be repeated.
   *
   * @param operation method and path template
   * @param fingerprint SHA-256 of all that tells it from another request
   */
  // Fingerprints are compared by their bytes, where they are.
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(String client, String operation, String key, byte[] fingerprint) {
    /** The same request about something that began anew, as its n-th time: no repetition. */
    public Request time(int n) {
      return n <= 1 ? this : new Request(client, operation + " " + n, key, fingerprint);
    }
  }

  /** What was answered, to the byte. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(int status, String contentType, byte[] body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  private record Name(String client, String operation, String key) {
    static Name of(Request request) {
      return new Name(request.client, request.operation, request.key);
    }
  }

  /** Somebody else answered the same request in the meantime: what was done here is undone. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
      super(null, null, false, false);
    }
  }

  /**
   * The key in a header's value: the text itself, or the quoted form of the IETF draft.
   *
   * @throws ProblemException {@code invalid_idempotency_key}
   */
  public static String key(String header) {
    String text = header.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> visible(c))) {
      throw new ProblemException(ProblemType.INVALID_IDEMPOTENCY_KEY.problem());
    }
    return key;
  }

  private static boolean visible(int c) {
    return c > ' ' && c < 0x7F && c != '"';
  }

  /**
   * The first answer, if the request was answered before.
   *
   * @throws ProblemException {@code idempotency_key_reused} if the key came with another request
   */
  public Optional<Answer> find(Handle handle, Request request) {
    @SuppressWarnings("ArrayRecordComponent")
    record Found(byte[] fingerprint, Answer answer) {}
    Optional<Found> found =
        handle
            .createQuery(FIND)
            .bind("client", request.client)
            .bind("operation", request.operation)
            .bind("key", request.key)
            .map(
                (row, context) ->
                    new Found(
                        row.getBytes("fingerprint"),
                        new Answer(
                            row.getInt("status"),
                            row.getString("content_type"),
                            row.getBytes("answer"))))
            .findOne();
    if (found.isPresent() && !Arrays.equals(found.get().fingerprint, request.fingerprint)) {
      throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED.problem());
    }
    return found.map(Found::answer);
  }

  /**
   * Keeps an answer, in the transaction of its effect.
   *
   * @return false if the same key was recorded already: the effect must be rolled back
   */
  public boolean record(Handle handle, Request request, Answer answer) {
    return !record(handle, List.of(request), List.of(answer)).isEmpty();
  }

  /**
   * Keeps many answers in one statement.
   *
   * @return the indexes of those that were recorded; of requests with the same key the first
   */
  public Set<Integer> record(Handle handle, List<Request> requests, List<Answer> answers) {
    if (requests.size() != answers.size()) {
      throw new IllegalArgumentException(
          requests.size() + " requests cannot have " + answers.size() + " answers");
    }
    var first = new HashMap<Name, Integer>();
    for (int i = 0; i < requests.size(); i++) {
      first.putIfAbsent(Name.of(requests.get(i)), i);
    }
    List<Integer> indexes = first.values().stream().sorted().toList();
    List<Request> unique = indexes.stream().map(requests::get).toList();
    List<Answer> theirs = indexes.stream().map(answers::get).toList();
    var recorded = new HashSet<Integer>();
    for (Name name : insert(handle, unique, theirs)) {
      recorded.add(first.get(name));
    }
    return recorded;
  }

  private static List<Name> insert(Handle handle, List<Request> requests, List<Answer> answers) {
    if (requests.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(RECORD)
        .bind("clients", texts(requests, Request::client))
        .bind("operations", texts(requests, Request::operation))
        .bind("keys", texts(requests, Request::key))
        .bind("fingerprints", bytes(requests, Request::fingerprint))
        .bind(
            "statuses",
            array("integer", answers.stream().map(Answer::status).toArray(Integer[]::new)))
        .bind("types", texts(answers, Answer::contentType))
        .bind("answers", bytes(answers, Answer::body))
        .map((row, context) -> new Name(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  private static <T> Argument texts(List<T> from, Function<T, String> text) {
    return array("text", from.stream().map(text).toArray(String[]::new));
  }

  private static <T> Argument bytes(List<T> from, Function<T, byte[]> bytes) {
    return array("bytea", from.stream().map(bytes).toArray(byte[][]::new));
  }

  private static Argument array(String type, Object[] values) {
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }

  /**
   * Has an effect once and gives its answer each time: effect and key are written in one
   * transaction, and of requests with the same key that come together one has its effect and the
   * others wait for it.
   *
   * @param request null if the caller sent no key: then the effect is had each time
   * @param effect what to do; whatever it throws undoes it and keeps nothing; what it answers is
   *     committed, and kept if its status is a success
   * @throws ProblemException {@code idempotency_key_reused} if the key came with another request
   */
  public Response once(Jdbi jdbi, @Nullable Request request, Function<Handle, Answer> effect) {
    if (request == null) {
      return response(jdbi.inTransaction(effect::apply));
    }
    try {
      return jdbi.inTransaction(handle -> once(handle, request, effect));
    } catch (Overtaken e) {
      // Only a writer that takes no lock, as the group commit, can be faster.
      return jdbi.withHandle(handle -> find(handle, request))
          .map(IdempotencyKeys::replayed)
          .orElseThrow(
              () -> new IllegalStateException("A key that was recorded is not there any more"));
    }
  }

  /**
   * Has an effect that is harmless when it is repeated, and takes too long for one transaction: the
   * key is written after it. Of two requests with one key that come together both may have it, and
   * both get the same answer.
   *
   * @param request null if the caller sent no key: then the effect is had each time
   * @throws ProblemException {@code idempotency_key_reused} if the key came with another request
   */
  public Response onceAfter(Jdbi jdbi, @Nullable Request request, Supplier<Answer> effect) {
    if (request == null) {
      return response(effect.get());
    }
    return jdbi.withHandle(handle -> find(handle, request))
        .map(IdempotencyKeys::replayed)
        .orElseGet(
            () -> {
              Answer answer = effect.get();
              boolean isFirst = jdbi.inTransaction(handle -> record(handle, request, answer));
              return isFirst
                  ? response(answer)
                  : jdbi.withHandle(handle -> find(handle, request))
                      .map(IdempotencyKeys::replayed)
                      .orElseThrow();
            });
  }

  /**
   * The same for an effect that depends on when it was asked for. A repetition of a request that
   * was received and not answered, since its process ended, has the instant of the first.
   *
   * @param now with milliseconds at most
   */
  public Response onceAfter(
      Jdbi jdbi, @Nullable Request request, Instant now, Function<Instant, Answer> effect) {
    return onceAfter(
        jdbi,
        request,
        () -> effect.apply(request == null ? now : jdbi.withHandle(h -> begin(h, request, now))));
  }

  private static Instant begin(Handle handle, Request request, Instant now) {
    return handle
        .createQuery(BEGIN)
        .bind("client", request.client)
        .bind("operation", request.operation)
        .bind("key", request.key)
        .bind("fingerprint", request.fingerprint)
        .bind("now", now)
        .mapTo(Instant.class)
        .one();
  }

  private Response once(Handle handle, Request request, Function<Handle, Answer> effect) {
    // Without it the loser of two effects could fail for their conflict, instead of repeating.
    handle
        .createQuery(LOCK)
        .bind("client", request.client)
        .bind("operation", request.operation)
        .bind("key", request.key)
        .mapTo(String.class)
        .findFirst();
    Optional<Answer> before = find(handle, request);
    if (before.isPresent()) {
      return replayed(before.get());
    }
    Answer answer = effect.apply(handle);
    if (answer.isSuccess() && !record(handle, request, answer)) {
      throw new Overtaken();
    }
    return response(answer);
  }

  /** The answer to a request that was answered before. */
  public static Response replayed(Answer answer) {
    return Response.fromResponse(response(answer)).header(REPLAYED, "true").build();
  }

  /** The answer to a request that comes for the first time. */
  public static Response response(Answer answer) {
    var response = Response.status(answer.status);
    return answer.body.length == 0
        ? response.build()
        : response.type(answer.contentType).entity(answer.body).build();
  }
}

package rekindle.service.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.problem.ProblemException;

/**
 * Requests with an {@code Idempotency-Key} whose bodies are too long to be held: they are told
 * apart by a hash that is made while they stream by. For effects that are harmless when repeated:
 * of two requests with one key that come together both may have it, and both get the same answer.
 */
public final class StreamedRequests {
  private final Jdbi jdbi;
  private final IdempotencyKeys keys;

  public StreamedRequests(Jdbi jdbi, IdempotencyKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  /** What is done with a body. */
  interface Effect {
    Answer of(InputStream body) throws IOException;
  }

  /**
   * Has the effect, or reads the body and repeats the first answer.
   *
   * @throws ProblemException {@code idempotency_key_reused} if the key came with another request
   */
  Response once(ContainerRequestContext context, Caller caller, InputStream body, Effect effect)
      throws IOException {
    Request head = IdempotentRequest.of(context, caller, new byte[0]);
    if (head == null) {
      return IdempotencyKeys.response(effect.of(body));
    }
    var hashed = new DigestInputStream(body, sha256(head));
    if (isKnown(head)) {
      hashed.transferTo(OutputStream.nullOutputStream());
      Optional<Answer> first = find(whole(head, hashed));
      if (first.isPresent()) {
        return IdempotencyKeys.replayed(first.get());
      }
    }
    Answer answer = effect.of(hashed);
    // What the effect left unread belongs to the request all the same.
    hashed.transferTo(OutputStream.nullOutputStream());
    Request whole = whole(head, hashed);
    boolean recorded = jdbi.inTransaction(handle -> keys.record(handle, whole, answer));
    return recorded
        ? IdempotencyKeys.response(answer)
        : find(whole).map(IdempotencyKeys::replayed).orElse(IdempotencyKeys.response(answer));
  }

  private Optional<Answer> find(Request request) {
    return jdbi.withHandle(handle -> keys.find(handle, request));
  }

  /** Whether the key came before, with whatever body. */
  private boolean isKnown(Request head) {
    try {
      return find(head).isPresent();
    } catch (ProblemException withAnotherBody) {
      return true;
    }
  }

  private static MessageDigest sha256(Request head) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.fingerprint());
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }

  private static Request whole(Request head, DigestInputStream body) {
    return new Request(
        head.client(), head.operation(), head.key(), body.getMessageDigest().digest());
  }
}

package rekindle.service.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.hash.Sha256;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Reads the header {@code Idempotency-Key} of a request. */
public final class IdempotentRequest {
  public static final String HEADER = "Idempotency-Key";

  private IdempotentRequest() {}

  /**
   * The request as {@link IdempotencyKeys} knows it; null if it carries no key. Its fingerprint is
   * over path, query, format and body.
   *
   * @throws ProblemException {@code invalid_idempotency_key}
   */
  public static IdempotencyKeys.@Nullable Request of(
      ContainerRequestContext request, Caller caller, byte[] body) {
    return of(request, caller, String.valueOf(request.getMediaType()), body);
  }

  /**
   * The same for a body whose bytes, and whose format, differ each time that it is sent.
   *
   * @param content what stays the same
   */
  static IdempotencyKeys.@Nullable Request ofContent(
      ContainerRequestContext request, Caller caller, byte[] content) {
    return of(request, caller, "", content);
  }

  private static IdempotencyKeys.@Nullable Request of(
      ContainerRequestContext request, Caller caller, String format, byte[] body) {
    List<String> headers = request.getHeaders().get(HEADER);
    if (headers == null || headers.isEmpty()) {
      return null;
    }
    if (headers.size() > 1) {
      throw new ProblemException(ProblemType.INVALID_IDEMPOTENCY_KEY.problem());
    }
    String key = IdempotencyKeys.key(headers.get(0));
    String operation = request.getMethod() + " " + RouteNotes.route(request);
    String head =
        request.getUriInfo().getRequestUri().getRawPath()
            + '\n'
            + request.getUriInfo().getRequestUri().getRawQuery()
            + '\n'
            + format
            + '\n';
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return new IdempotencyKeys.Request(caller.client(), operation, key, Sha256.of(all));
  }
}

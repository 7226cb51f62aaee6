package rekindle.service.api;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemJson;
import rekindle.service.problem.ProblemType;

/** Problem documents for requests that never came to an operation. */
final class ServerErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServerErrors.class);
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int SERVER_ERROR = 500;
  private static final int LEAST_ERROR = 400;

  static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  /** Jetty would leave the bodies of errors to PUT and DELETE empty. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Problem problem = problem(status(request, response));
    if (request.getAttribute(ERROR_EXCEPTION) instanceof Throwable thrown
        && Problems.of(thrown).type().equals(ProblemType.INTERNAL_ERROR.code())) {
      LOG.error("Unexpected, outside of operations: {}", ThrownTypes.places(thrown));
    }
    Object id = request.getAttribute(RequestNotes.ID);
    String requestId = id == null ? RequestIds.idOf(null) : id.toString();
    response.setStatus(problem.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(RequestIds.HEADER, requestId);
    describe(headers);
    // Most of these requests could not be read to their end, so the server closes, and must say so.
    headers.put(HttpHeader.CONNECTION, "close");
    if (problem.status() == METHOD_NOT_ALLOWED && !headers.contains(HttpHeader.ALLOW)) {
      headers.put(HttpHeader.ALLOW, METHODS);
    }
    byte[] body = ProblemJson.bytes(problem, problem.status() >= SERVER_ERROR ? requestId : null);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static int status(Request request, Response response) {
    Object status = request.getAttribute(ERROR_STATUS);
    return status instanceof Integer known ? known : response.getStatus();
  }

  private static Problem problem(int status) {
    Problem kind = ProblemType.ofStatus(status < LEAST_ERROR ? SERVER_ERROR : status).problem();
    // Of the rarer statuses, such as 417 and 505, only the number tells them from their kind.
    return new Problem(
        kind.type(),
        Math.max(status, LEAST_ERROR),
        kind.title(),
        kind.detail(),
        kind.errors(),
        null);
  }

  private static void describe(HttpFields.Mutable headers) {
    headers.put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
    ResponseHeaders.DEFAULTS.forEach(headers::put);
  }
}

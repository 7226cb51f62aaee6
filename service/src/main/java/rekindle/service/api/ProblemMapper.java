package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemJson;
import rekindle.service.problem.ProblemType;

/** Ends every request that threw something with a problem document. */
// Before any mapper that comes with a library.
@Priority(1)
final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  private static final int SERVER_ERROR = 500;

  @Context @Nullable HttpServletRequest request;
  @Context @Nullable ExtendedUriInfo uri;

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException redirect
        && redirect.getResponse().getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
      return redirect.getResponse();
    }
    Problem problem =
        thrown instanceof NotSupportedException ? notSupported() : Problems.of(thrown);
    log(thrown, problem);
    Response.ResponseBuilder response = response(problem, id());
    if (thrown instanceof NotAllowedException refused) {
      response.allow(refused.getResponse().getAllowedMethods());
    }
    return response.build();
  }

  /** A response with the problem as its body. */
  static Response.ResponseBuilder response(Problem problem, @Nullable String requestId) {
    boolean ours = problem.status() >= SERVER_ERROR;
    var response =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(ProblemJson.bytes(problem, ours ? requestId : null));
    if (problem.retryAfterSeconds() != null) {
      response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
    }
    if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response;
  }

  private @Nullable String id() {
    return request == null ? null : (String) request.getAttribute(RequestNotes.ID);
  }

  private static void log(Throwable thrown, Problem problem) {
    if (problem.type().equals(ProblemType.INTERNAL_ERROR.code())) {
      LOG.error("Unexpected: {}", ThrownTypes.places(thrown));
    } else if (problem.status() >= SERVER_ERROR && !(thrown instanceof ProblemException)) {
      LOG.warn("{}: {}", problem.type(), ThrownTypes.names(thrown));
    }
  }

  /** Names what the operation would have read. */
  private Problem notSupported() {
    if (uri == null || request == null) {
      return ProblemType.UNSUPPORTED_MEDIA_TYPE.problem();
    }
    String read =
        uri.getMatchedRuntimeResources().stream()
            .limit(1)
            .flatMap(resource -> resource.getResourceMethods().stream())
            .filter(method -> method.getHttpMethod().equals(request.getMethod()))
            .flatMap(method -> method.getConsumedTypes().stream())
            .map(MediaType::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" or "));
    return read.isEmpty()
        ? ProblemType.UNSUPPORTED_MEDIA_TYPE.problem()
        : ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(
            "The operation reads " + read + ". Set Content-Type to that.");
  }
}

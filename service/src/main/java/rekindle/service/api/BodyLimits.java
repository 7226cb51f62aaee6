package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Holds every body to the limit of its operation, whatever its Content-Length says. */
final class BodyLimits implements DynamicFeature {
  private final long standard;

  /**
   * @param standard bytes for operations that do not say otherwise
   */
  BodyLimits(long standard) {
    this.standard = standard;
  }

  @Override
  public void configure(ResourceInfo operation, FeatureContext context) {
    BodyLimit own = operation.getResourceMethod().getAnnotation(BodyLimit.class);
    context.register(new Filter(own == null ? standard : own.value()));
  }

  /** After authentication: nothing is spent on a body whose sender may not send it. */
  @Priority(Priorities.ENTITY_CODER)
  private static final class Filter implements ContainerRequestFilter {
    private final long limit;

    Filter(long limit) {
      this.limit = limit;
    }

    @Override
    public void filter(ContainerRequestContext request) {
      String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
      if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
        throw new ProblemException(
            ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(
                "This Content-Encoding is not supported. Send the body as it is, or with gzip."));
      }
      if (length(request) > limit) {
        throw LimitedBody.tooLarge(limit);
      }
      request.setEntityStream(new LimitedBody(request.getEntityStream(), limit));
    }

    /** Jersey reads it as an int; that it is a number has been seen to before. */
    private static long length(ContainerRequestContext request) {
      String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
      return length == null ? -1 : Long.parseLong(length);
    }
  }
}

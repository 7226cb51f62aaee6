package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;

/**
 * Refuses a request that has neither body nor Content-Type where the operation needs a body: no
 * reader is asked for such a one, and the operation would be handed null.
 */
final class MissingBodies implements DynamicFeature {
  private static final Set<Class<?>> BODIES = Set.of(JsonBody.class, FormDataMultiPart.class);

  @Override
  public void configure(ResourceInfo operation, FeatureContext context) {
    Arrays.stream(operation.getResourceMethod().getParameterTypes())
        .filter(BODIES::contains)
        .findFirst()
        .ifPresent(type -> context.register(new Filter(type == JsonBody.class)));
  }

  /** Once the body is held to its limit. */
  @Priority(Priorities.ENTITY_CODER + 1)
  private static final class Filter implements ContainerRequestFilter {
    private final boolean isJson;

    Filter(boolean isJson) {
      this.isJson = isJson;
    }

    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getMediaType() != null || request.hasEntity()) {
        return;
      }
      if (!isJson) {
        throw new NotSupportedException();
      }
      throw new InvalidJson(
          List.of(
              new JsonProblem(
                  "",
                  "the body is missing; send a JSON document with Content-Type"
                      + " application/json")));
    }
  }
}

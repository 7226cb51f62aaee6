package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.RuntimeResource;

/** Notes which route a request takes: the template of its path, never the path. */
@Priority(1)
final class RouteNotes implements ContainerRequestFilter, ContainerResponseFilter {
  static final String UNMATCHED = "unmatched";

  /** As many as there are paths of operations. */
  private static final Map<RuntimeResource, String> ROUTES = new ConcurrentHashMap<>();

  private static final Pattern SLASHES = Pattern.compile("/{2,}");

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(RequestNotes.ROUTE, route(request));
  }

  /** Requests that were refused while their operation was sought did not come by above. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(RequestNotes.ROUTE) == null) {
      request.setProperty(RequestNotes.ROUTE, route(request));
    }
  }

  /** Such as {@code /v1/contacts/{id}}. */
  static String route(ContainerRequestContext request) {
    // Unlike the matched templates they are known where the path is right and the method is not.
    List<RuntimeResource> matched =
        ((ExtendedUriInfo) request.getUriInfo()).getMatchedRuntimeResources();
    return matched.isEmpty()
        ? UNMATCHED
        : ROUTES.computeIfAbsent(matched.get(0), innermost -> route(matched));
  }

  private static String route(List<RuntimeResource> innermostFirst) {
    var route = new StringBuilder();
    for (RuntimeResource resource : innermostFirst) {
      route.insert(0, '/' + resource.getPathPattern().getTemplate().getTemplate());
    }
    String path = SLASHES.matcher(route).replaceAll("/");
    if (path.equals("/")) {
      return UNMATCHED;
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

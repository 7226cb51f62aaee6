package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.ArrayList;
import java.util.Collections;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** Notes which route a request takes: the template of its path, never the path. */
@Priority(1)
final class RouteNotes implements ContainerRequestFilter, ContainerResponseFilter {
  static final String UNMATCHED = "unmatched";

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
    var templates = new ArrayList<>(((ExtendedUriInfo) request.getUriInfo()).getMatchedTemplates());
    if (templates.isEmpty()) {
      return UNMATCHED;
    }
    Collections.reverse(templates);
    var route = new StringBuilder();
    for (UriTemplate template : templates) {
      route.append('/').append(template.getTemplate());
    }
    String path = route.toString().replaceAll("/{2,}", "/");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

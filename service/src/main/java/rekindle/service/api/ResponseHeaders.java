package rekindle.service.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Headers of every response, unless an operation sets its own: not stored, not guessed, not framed.
 */
final class ResponseHeaders implements ContainerResponseFilter {
  static final Map<String, String> DEFAULTS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    DEFAULTS.forEach(
        (name, value) -> response.getHeaders().putIfAbsent(name, new ArrayList<>(List.of(value))));
  }
}

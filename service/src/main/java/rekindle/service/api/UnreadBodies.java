package rekindle.service.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.jetty.server.Request;

/**
 * Announces that the connection closes when a body was not read to its end: the server closes it
 * then, and a caller who was not told may send the next request into the void (RFC 9112, 9.6).
 */
final class UnreadBodies implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    // What is told line by line may still be reading.
    if (response.getEntity() instanceof StreamingOutput) {
      return;
    }
    // Takes what has come, and waits for nothing.
    if (request.getProperty(EarlyBodies.REQUEST) instanceof Request received
        && !received.consumeAvailable()) {
      response.getHeaders().putSingle("Connection", "close");
    }
  }
}

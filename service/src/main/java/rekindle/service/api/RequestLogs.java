package rekindle.service.api;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.request.logging.RequestLogFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line in the log and one observation for every request that was answered, also for those that
 * came to no operation: method, route, status, milliseconds, client and id, and nothing else of it.
 */
@JsonTypeName("rekindle")
final class RequestLogs implements RequestLogFactory<RequestLog>, RequestLog {
  static final String LOGGER = "rekindle.request";
  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final String ADMIN_CONNECTOR = "admin";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final RequestMetrics metrics;

  RequestLogs(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public RequestLog build(String name) {
    return this;
  }

  @Override
  public void log(Request request, Response response) {
    if (ADMIN_CONNECTOR.equals(request.getConnectionMetaData().getConnector().getName())) {
      return;
    }
    long nanos = System.nanoTime() - request.getBeginNanoTime();
    // A method is any word that the caller likes.
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    String route = note(request, RequestNotes.ROUTE, RouteNotes.UNMATCHED);
    int status = response.getStatus();
    metrics.observe(method, route, status, nanos);
    if (LOG.isInfoEnabled()) {
      var fields = new TreeMap<String, String>();
      fields.put("method", method);
      fields.put("route", route);
      fields.put("status", Integer.toString(status));
      fields.put("milliseconds", Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos)));
      fields.put(RequestIds.MDC_CLIENT, note(request, RequestNotes.CLIENT, "none"));
      fields.put(RequestIds.MDC_ID, note(request, RequestNotes.ID, "none"));
      write(fields);
    }
  }

  private static void write(Map<String, String> fields) {
    @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
    MDC.setContextMap(fields);
    try {
      LOG.info(
          "{} {} {} in {} ms",
          fields.get("method"),
          fields.get("route"),
          fields.get("status"),
          fields.get("milliseconds"));
    } finally {
      MDC.clear();
      if (before != null) {
        MDC.setContextMap(before);
      }
    }
  }

  private static String note(Request request, String name, String otherwise) {
    Object note = request.getAttribute(name);
    return note == null ? otherwise : note.toString();
  }
}

package rekindle.service.api;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** How many requests came by each route, and how long they took. Thread-safe. */
final class RequestMetrics {
  private static final double NANOS = 1e9;

  private final Histogram duration;

  RequestMetrics(PrometheusRegistry registry) {
    duration =
        Histogram.builder()
            .name("rekindle_http_request_duration_seconds")
            .help("Time from the first byte of a request to the end of its answer.")
            .unit(Unit.SECONDS)
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60)
            .register(registry);
  }

  void observe(String method, String route, int status, long nanos) {
    duration.labelValues(method, route, Integer.toString(status)).observe(nanos / NANOS);
  }
}

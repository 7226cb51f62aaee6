package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.api.TestService.ADMIN;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.database.TestDatabase;

class HealthAndMetricsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @RegisterExtension static final TestService SERVICE = new TestService(DATABASE);

  @Test
  void alive_andReady_answerAnybodyWithoutDetails() throws Exception {
    assertThat(SERVICE.get("/alive", null).body()).isEqualTo("alive\n");
    assertThat(SERVICE.get("/ready", null).body()).isEqualTo("ready\n");
  }

  @Test
  void ready_whileACheckFailsOrTheServiceStops_isFalse() {
    var checks = new HealthCheckRegistry();
    var runs = new AtomicInteger();
    checks.register(
        "x",
        new HealthCheck() {
          @Override
          protected Result check() {
            runs.incrementAndGet();
            return Result.unhealthy("secret");
          }
        });
    var failing = new Readiness(checks);
    assertThat(failing.isReady()).isFalse();

    var stopping = new Readiness(new HealthCheckRegistry());
    assertThat(stopping.isReady()).isTrue();
    stopping.stop();
    assertThat(stopping.isReady()).isFalse();
  }

  @Test
  void healthCheck_onTheAdminPort_tellsDetails() throws Exception {
    assertThat(SERVICE.send(SERVICE.admin("/healthcheck")).body()).contains("\"toy\"");
  }

  @Test
  void metrics_onTheAdminPort_countRequestsByRouteAndStatus() throws Exception {
    SERVICE.get("/v1/clients/admin", ADMIN);
    SERVICE.get("/v1/clients/none", ADMIN);
    SERVICE.get("/v1/clients/admin", null);
    for (int i = 0; i < 3; i++) {
      SERVICE.log().nextRequest();
    }
    HttpResponse<String> metrics = SERVICE.send(SERVICE.admin("/metrics/prometheus"));
    assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    for (String status : new String[] {"200", "401", "404"}) {
      assertThat(metrics.body())
          .contains(
              "rekindle_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/clients/{name}\",status=\""
                  + status
                  + "\"} 1\n");
    }
    assertThat(metrics.body())
        .contains("jvm_memory_used_bytes", "dropwizard_queued_thread_pool_dw_size ")
        .doesNotContain("dropwizard_jvm");
  }

  @Test
  void metrics_onTheApplicationPort_areNotThere() throws Exception {
    assertThat(SERVICE.get("/metrics/prometheus", ADMIN).statusCode()).isEqualTo(404);
    assertThat(SERVICE.get("/healthcheck", ADMIN).statusCode()).isEqualTo(404);
  }

  @Test
  void dropwizardMetrics_ofEachKind_areTold() throws Exception {
    var registry = new MetricRegistry();
    registry.counter("rekindle.decide.Queue.waiting").inc(3);
    registry.meter("ch.qos.logback.core.Appender.error").mark(2);
    registry.histogram("rekindle.Batch.size").update(7);
    registry.timer("rekindle.Store.commitTime").update(250, TimeUnit.MILLISECONDS);
    registry.gauge("rekindle.Open", () -> () -> true);
    registry.gauge("rekindle.Text", () -> () -> "no number");
    var prometheus = new PrometheusRegistry();
    prometheus.register(new DropwizardMetrics(registry));

    var out = new java.io.ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, prometheus.scrape());
    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains(
            "# TYPE dropwizard_queue_waiting gauge\ndropwizard_queue_waiting 3.0\n",
            "# TYPE dropwizard_appender_error_total counter\ndropwizard_appender_error_total 2.0\n",
            "dropwizard_batch_size{quantile=\"0.5\"} 7.0\n",
            "dropwizard_batch_size_count 1\n",
            "dropwizard_store_commit_time_seconds{quantile=\"0.99\"} 0.25\n",
            "dropwizard_open 1.0\n")
        .doesNotContain("text");
  }

  @ParameterizedTest
  @CsvSource({
    "io.dropwizard.jetty.MutableServletContextHandler.get-requests, dropwizard_mutable_servlet_context_handler_get_requests",
    "rekindle.queue-size, dropwizard_rekindle_queue_size",
    "a.B.total, dropwizard_b",
    "x.Y.%z, dropwizard_y_z"
  })
  void dropwizardName_ofAnyForm_becomesOneOfPrometheus(String from, String name) {
    assertThat(DropwizardMetrics.name(from)).isEqualTo(name);
  }

  @Test
  void headers_ofEveryAnswer_areSafe() throws Exception {
    for (String path : new String[] {"/v1/clients", "/alive", "/none"}) {
      var headers = SERVICE.get(path, ADMIN).headers();
      assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
      assertThat(headers.map()).doesNotContainKeys("server", "access-control-allow-origin");
    }
    assertThat(SERVICE.get("/problems/not_found", null).headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=86400");
  }
}

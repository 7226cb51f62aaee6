package rekindle.service.api;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;

/**
 * Whether the service can take requests: all health checks pass and it is not stopping. Asked as
 * often as anybody likes, it runs the checks once a second at most. Thread-safe.
 */
final class Readiness {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final LoadingCache<HealthCheckRegistry, Boolean> healthy =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build(Readiness::allPass);

  private final HealthCheckRegistry checks;
  private volatile boolean stopping;

  Readiness(HealthCheckRegistry checks) {
    this.checks = checks;
  }

  boolean isReady() {
    return !stopping && healthy.get(checks);
  }

  /** From now on requests should go elsewhere. */
  void stop() {
    stopping = true;
  }

  private static boolean allPass(HealthCheckRegistry checks) {
    return checks.runHealthChecks().values().stream().allMatch(HealthCheck.Result::isHealthy);
  }
}

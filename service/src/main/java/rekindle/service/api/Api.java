package rekindle.service.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import rekindle.service.access.Admission;
import rekindle.service.access.ApiKeys;
import rekindle.service.access.Caller;
import rekindle.service.access.Clients;
import rekindle.service.access.FirstKey;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.KeyUses;
import rekindle.service.access.RateLimits;
import rekindle.service.ids.TimeOrderedIds;

/** What holds for every operation: who may call, how much, and what is told when it fails. */
public final class Api {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Loggers of the server that quote requests; what they tell stands in the request log too. */
  private static final List<String> QUOTING_LOGGERS =
      List.of(
          "org.eclipse.jetty.http.HttpParser",
          "org.eclipse.jetty.server.internal.HttpChannelState",
          "org.eclipse.jetty.server.Response",
          "org.eclipse.jetty.ee10.servlet.ServletChannel",
          "org.eclipse.jetty.ee10.servlet.ServletHandler");

  /** How often the last uses of keys are written. */
  private static final long USES_WRITTEN_SECONDS = 60;

  private Api() {}

  /**
   * What the rest of the service gives.
   *
   * @param metrics takes what the API counts, and is what {@code /metrics/prometheus} shows
   * @param zonesOf all zones of some jurisdictions, by the active release
   * @param terminal takes the line with the first key, if one had to be made
   */
  public record Parts(
      Jdbi jdbi,
      InstantSource clock,
      PrometheusRegistry metrics,
      Function<List<String>, List<String>> zonesOf,
      Consumer<String> terminal) {}

  /**
   * Wires all of it. The caller registers its resources besides, in any order; the database must
   * answer when the environment's managed objects are started.
   *
   * @param server as configured; what would tell of callers, or answer in another form, is taken
   *     out of it
   */
  public static void register(
      Environment environment,
      AbstractServerFactory server,
      ApiConfiguration configuration,
      Parts parts) {
    var keys = new ApiKeys(parts.jdbi);
    var clients = new Clients(keys, new TimeOrderedIds(parts.clock));
    var uses = new KeyUses(parts.jdbi, parts.clock);
    var admission = new Admission(keys, new RateLimits(configuration.limits()), uses);
    var readiness = new Readiness(environment.healthChecks());

    server(environment, server, new RequestMetrics(parts.metrics));
    access(environment, admission);
    bodies(environment, configuration);
    answers(environment);
    metrics(environment, parts.metrics);
    lifecycle(environment, readiness, uses);
    environment.lifecycle().manage(firstKey(parts, clients, configuration));

    var jersey = environment.jersey();
    jersey.register(new HealthResource(readiness));
    jersey.register(new ProblemsResource());
    jersey.register(new OpenApiResource());
    jersey.register(new ClientsResource(parts.jdbi, clients, new IdempotencyKeys()));
    jersey.register(new ResolveResource(parts.zonesOf));
  }

  /** Outside of Jersey: ids, the log, and errors of requests that never come to an operation. */
  private static void server(
      Environment environment, AbstractServerFactory server, RequestMetrics metrics) {
    QUOTING_LOGGERS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
    server.setRegisterDefaultExceptionMappers(false);
    server.setAllowedMethods(METHODS);
    // It would put paths and queries into the names of threads, and so into the log.
    server.setEnableThreadNameFilter(false);
    server.setRequestLogFactory(new RequestLogs(metrics));
    environment
        .servlets()
        .addFilter("request ids", new RequestIds())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    environment.getApplicationContext().setErrorHandler(new ServerErrors());
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server jetty) {
                  jetty.setErrorHandler(new ServerErrors());
                }
              }
            });
  }

  private static void access(Environment environment, Admission admission) {
    environment.jersey().register(new AccessFeature(admission));
    environment.jersey().register(new AuthValueFactoryProvider.Binder<>(Caller.class));
  }

  private static void bodies(Environment environment, ApiConfiguration configuration) {
    long bytes = configuration.getBodySize().toBytes();
    environment.jersey().register(new BodyLimits(bytes));
    environment.jersey().register(new MissingBodies());
    environment.jersey().register(new JsonBodyReader(Math.toIntExact(bytes)));
    environment.getApplicationContext().insertHandler(new EarlyBodies());
    environment.jersey().register(new UnreadBodies());
  }

  private static void answers(Environment environment) {
    var jersey = environment.jersey();
    jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    jersey.register(new ProblemMapper());
    jersey.register(new ResponseHeaders());
    jersey.register(new RouteNotes());
  }

  private static void metrics(Environment environment, PrometheusRegistry registry) {
    registry.register(new DropwizardMetrics(environment.metrics()));
    JvmMetrics.builder().register(registry);
    environment
        .admin()
        .addServlet("prometheus", new MetricsServlet(registry))
        .addMapping("/metrics/prometheus");
  }

  private static void lifecycle(Environment environment, Readiness readiness, KeyUses uses) {
    ScheduledExecutorService writer =
        environment.lifecycle().scheduledExecutorService("key-uses").threads(1).build();
    environment
        .lifecycle()
        .manage(
            new Managed() {
              private @Nullable Future<?> writing;

              @Override
              public void start() {
                writing =
                    writer.scheduleWithFixedDelay(
                        uses::write, USES_WRITTEN_SECONDS, USES_WRITTEN_SECONDS, TimeUnit.SECONDS);
              }

              @Override
              public void stop() {
                if (writing != null) {
                  writing.cancel(false);
                }
                uses.write();
              }
            });
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStopping(LifeCycle stopping) {
                readiness.stop();
              }
            });
  }

  private static Managed firstKey(Parts parts, Clients clients, ApiConfiguration configuration) {
    return new Managed() {
      @Override
      public void start() {
        FirstKey.ensure(parts.jdbi, clients, configuration.adminKey(), parts.terminal);
      }
    };
  }
}

package rekindle.service.api;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import rekindle.service.database.TestDatabase;

/**
 * The API on a real server and a real database, with operations of a toy beside its own. {@code
 * ADMIN} is its first key.
 */
final class TestService implements BeforeAllCallback, AfterAllCallback {
  static final String ADMIN = "the-admin-key-of-the-tests";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestDatabase database;
  private final Consumer<ApiConfiguration> configured;
  private final Consumer<HttpConnectorFactory> connected;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Log log = new Log();
  final List<String> terminal = new CopyOnWriteArrayList<>();
  private Consumer<Environment> more = environment -> {};
  private @Nullable DropwizardTestSupport<TestConfiguration> running;

  TestService(TestDatabase database) {
    this(database, configuration -> configuration.setAdminKey(ADMIN), connector -> {});
  }

  TestService(
      TestDatabase database,
      Consumer<ApiConfiguration> configured,
      Consumer<HttpConnectorFactory> connected) {
    this.database = database;
    this.configured = configured;
    this.connected = connected;
  }

  /** Registers more resources, before it starts. */
  TestService with(Consumer<Environment> resources) {
    more = resources;
    return this;
  }

  static final class TestConfiguration extends Configuration {
    final ApiConfiguration api = new ApiConfiguration();
  }

  private final class TestApplication extends Application<TestConfiguration> {
    @Override
    public void run(TestConfiguration configuration, Environment environment) {
      Jdbi jdbi = database.jdbi();
      Api.register(
          environment,
          (DefaultServerFactory) configuration.getServerFactory(),
          configuration.api,
          new Api.Parts(
              jdbi,
              InstantSource.system(),
              new PrometheusRegistry(),
              places -> places.stream().map(place -> "Zone/" + place).toList(),
              terminal::add));
      environment.jersey().register(new Toys(jdbi));
      more.accept(environment);
      environment.healthChecks().register("toy", Toys.health());
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    var configuration = new TestConfiguration();
    var server = new DefaultServerFactory();
    server.setApplicationConnectors(List.of(connector()));
    server.setAdminConnectors(List.of(connector()));
    configuration.setServerFactory(server);
    configured.accept(configuration.api);
    var starting =
        new DropwizardTestSupport<>(TestApplication.class, configuration) {
          @Override
          public Application<TestConfiguration> newApplication() {
            return new TestApplication();
          }
        };
    starting.before();
    running = starting;
    log.attach();
  }

  private HttpConnectorFactory connector() {
    var connector = (HttpConnectorFactory) HttpConnectorFactory.application();
    connector.setPort(0);
    connector.setBindHost("127.0.0.1");
    connected.accept(connector);
    return connector;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    log.detach();
    running().after();
  }

  private DropwizardTestSupport<TestConfiguration> running() {
    return Objects.requireNonNull(running, "not started");
  }

  int port() {
    return running().getLocalPort();
  }

  int adminPort() {
    return running().getAdminPort();
  }

  Environment environment() {
    return running().getEnvironment();
  }

  Log log() {
    return log;
  }

  /** A request to a path of the API; the key is left out if null. */
  HttpRequest.Builder request(String path, @Nullable String key) {
    HttpRequest.Builder request = to(port(), path);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  HttpRequest.Builder admin(String path) {
    return to(adminPort(), path);
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, @Nullable String key) throws Exception {
    return send(request(path, key).GET());
  }

  HttpResponse<String> post(String path, @Nullable String key, String json) throws Exception {
    return send(
        request(path, key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  /** A new client with that name and those roles, and a key of it. */
  String newKey(String name, String... roles) throws Exception {
    String listed = String.join("\",\"", roles);
    post("/v1/clients", ADMIN, "{\"name\":\"" + name + "\",\"roles\":[\"" + listed + "\"]}");
    return json(post("/v1/clients/" + name + "/keys", ADMIN, "")).get("key").textValue();
  }

  /** Everything that was logged by whatever logger. */
  static final class Log extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<ILoggingEvent> requests = new LinkedBlockingQueue<>();

    private void attach() {
      var context = (LoggerContext) LoggerFactory.getILoggerFactory();
      setContext(context);
      start();
      context.getLogger("ROOT").addAppender(this);
    }

    private void detach() {
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT").detachAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      // The database's own log goes where its owner sends it.
      if (event.getLoggerName().startsWith("io.zonky.")) {
        return;
      }
      event.prepareForDeferredProcessing();
      events.add(event);
      if (event.getLoggerName().equals(RequestLogs.LOGGER)) {
        requests.add(event);
      }
    }

    List<ILoggingEvent> events() {
      return List.copyOf(events);
    }

    /** Forgets the requests up to now. */
    void clear() {
      requests.clear();
    }

    /** The line of the next request; it is written after the answer. */
    ILoggingEvent nextRequest() throws InterruptedException {
      ILoggingEvent event = requests.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("No request was logged");
      }
      return event;
    }
  }
}

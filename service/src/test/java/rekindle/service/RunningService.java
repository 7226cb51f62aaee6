package rekindle.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import rekindle.facts.Channel;
import rekindle.service.command.Terminal;
import rekindle.service.database.TestDatabase;
import rekindle.service.optout.UnsubscribeLinks.Link;

/**
 * The whole service, as the jar runs it, on random ports and a real PostgreSQL:
 * {@code @RegisterExtension static final RunningService SERVICE = RunningService.shared();}. Its
 * start compiles a release, which takes seconds, so test classes share one: each makes clients with
 * {@link #newKey} and contacts under ids of its own, and leaves what is common as it is.
 */
public final class RunningService implements BeforeAllCallback, AfterAllCallback {
  /** The first key, with all roles. */
  public static final String ADMIN_KEY = "the-admin-key-of-the-tests";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger CLIENTS = new AtomicInteger();
  private static final RunningService SHARED = new RunningService(true, configuration -> {});

  private final boolean shared;
  private final Consumer<ObjectNode> configured;
  private final TestDatabase database = new TestDatabase();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Path folder;
  private @Nullable DropwizardTestSupport<RekindleConfiguration> running;

  private RunningService(boolean shared, Consumer<ObjectNode> configured) {
    this.shared = shared;
    this.configured = configured;
  }

  /** The one that runs until all tests of this JVM are over. */
  public static RunningService shared() {
    return SHARED;
  }

  /**
   * One for a single test class.
   *
   * @param configured changes its {@code config.yml}, which is otherwise small and quiet
   */
  public static RunningService ofItsOwn(Consumer<ObjectNode> configured) {
    return new RunningService(false, configured);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (!shared) {
      start(context);
      return;
    }
    context
        .getRoot()
        .getStore(Namespace.create(RunningService.class))
        .getOrComputeIfAbsent("shared", key -> started(context), AutoCloseable.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!shared) {
      stop(context);
    }
  }

  private AutoCloseable started(ExtensionContext context) {
    try {
      start(context);
    } catch (Exception e) {
      throw new IllegalStateException("The service for the tests does not start", e);
    }
    return () -> stop(context);
  }

  private void start(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    Path own = Files.createTempDirectory("rekindle-service");
    folder = own;
    Path file = Files.write(own.resolve("config.yml"), JSON.writeValueAsBytes(configuration(own)));
    var starting =
        new DropwizardTestSupport<RekindleConfiguration>(
            RekindleApplication.class, file.toString()) {
          @Override
          public Application<RekindleConfiguration> newApplication() {
            return new RekindleApplication(silent());
          }
        };
    starting.before();
    running = starting;
  }

  private static Terminal silent() {
    return new Terminal(
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
        new PrintWriter(new StringWriter()));
  }

  private ObjectNode configuration(Path own) {
    ObjectNode configuration = JSON.createObjectNode();
    configuration.put("dataFolder", own.resolve("data").toString());
    configuration.putObject("api").put("adminKey", ADMIN_KEY);
    // Tests that are about looks say so; decisions that nobody asked for would disturb the others.
    configuration.putObject("schedule").put("running", false);
    configuration
        .putObject("database")
        .put("url", database.url())
        .put("user", "postgres")
        .put("connectionsMax", 12);
    ObjectNode server = configuration.putObject("server");
    for (String connectors : List.of("applicationConnectors", "adminConnectors")) {
      server
          .putArray(connectors)
          .addObject()
          .put("type", "http")
          .put("port", 0)
          .put("bindHost", "127.0.0.1");
    }
    ObjectNode logging = configuration.putObject("logging").put("level", "WARN");
    logging.putObject("loggers").put("org.apache.poi", "ERROR");
    logging.putArray("appenders").addObject().put("type", "console").put("target", "stderr");
    configured.accept(configuration);
    return configuration;
  }

  private void stop(ExtensionContext context) {
    running().after();
    database.afterAll(context);
    try (var files = Files.walk(Objects.requireNonNull(folder))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    } catch (IOException e) {
      throw new IllegalStateException("The folder of the service cannot be deleted", e);
    }
  }

  private DropwizardTestSupport<RekindleConfiguration> running() {
    return Objects.requireNonNull(running, "not started");
  }

  public int port() {
    return running().getLocalPort();
  }

  public int adminPort() {
    return running().getAdminPort();
  }

  /** Where its API is, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public Environment environment() {
    return running().getEnvironment();
  }

  /** Its database, past the service. */
  public Jdbi jdbi() {
    return database.jdbi();
  }

  /** A request to a path of the API; the key is left out if null. */
  public HttpRequest.Builder request(String path, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri() + path)).timeout(PATIENCE);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path, @Nullable String key) throws Exception {
    return send(request(path, key).GET());
  }

  public HttpResponse<String> post(String path, @Nullable String key, String json)
      throws Exception {
    return send(
        request(path, key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  public static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  /** A key of a new client with those roles. */
  public String newKey(String... roles) throws Exception {
    String name = "client-" + CLIENTS.incrementAndGet();
    String listed = String.join("\",\"", roles);
    post("/v1/clients", ADMIN_KEY, "{\"name\":\"" + name + "\",\"roles\":[\"" + listed + "\"]}");
    return json(post("/v1/clients/" + name + "/keys", ADMIN_KEY, "")).get("key").textValue();
  }

  /** The token of a link by which the person of a contact says no. */
  public String token(String contactId, String channel) {
    RekindleApplication application = running().getApplication();
    return application
        .service()
        .links
        .token(new Link(contactId, Channel.of(channel).orElseThrow()));
  }

  /** Looks at everybody who is due. */
  public int look() {
    RekindleApplication application = running().getApplication();
    return application.service().schedule.lookNow();
  }

  /** Applies events that waited for contacts that are known by now. */
  public int matchEvents() {
    RekindleApplication application = running().getApplication();
    return application.service().events.match();
  }
}

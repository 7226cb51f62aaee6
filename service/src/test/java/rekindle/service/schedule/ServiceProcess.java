package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole service as a process of its own on a database that outlives it: to be killed. */
final class ServiceProcess implements AutoCloseable {
  static final String KEY = "schedule-key-0123456789abcdef";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

  private final Path folder;
  private final Path configuration;
  private final int port = freePort();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Process process;

  /**
   * @param folder of its keys and its log
   * @param url of its database
   */
  ServiceProcess(Path folder, String name, String url, Consumer<ObjectNode> configured)
      throws IOException {
    this.folder = folder;
    ObjectNode json = JSON.createObjectNode();
    json.put("dataFolder", folder.resolve("data").toString());
    json.putObject("api").put("adminKey", KEY).put("requestsPerSecondPerKey", 0);
    json.putObject("database").put("url", url).put("user", "postgres").put("connectionsMax", 16);
    ObjectNode server = json.putObject("server");
    connector(server, "applicationConnectors", port);
    connector(server, "adminConnectors", 0);
    ObjectNode logging = json.putObject("logging").put("level", "WARN");
    logging.putArray("appenders").addObject().put("type", "console").put("target", "stderr");
    configured.accept(json);
    configuration = Files.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(json));
  }

  private static void connector(ObjectNode server, String name, int port) {
    server
        .putArray(name)
        .addObject()
        .put("type", "http")
        .put("port", port)
        .put("bindHost", "127.0.0.1");
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it and waits until it serves; false if it ended before. */
  boolean start(String... options) throws Exception {
    Process started =
        new ProcessBuilder(java(List.of(options), "server", configuration.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("service.log").toFile()))
            .start();
    process = started;
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      if (!started.isAlive()) {
        return false;
      }
      try {
        if (send(request("/ready").GET()).statusCode() == 200) {
          return true;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new AssertionError("not ready: " + log());
  }

  private static List<String> java(List<String> options, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), "rekindle.service.RekindleApplication"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command on its database to a good end, and gives what that said. */
  String command(String name, String argument) throws Exception {
    Process run =
        new ProcessBuilder(java(List.of(), name, "--config", configuration.toString(), argument))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(said).isZero();
    return said;
  }

  /** What it and its predecessors logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("service.log"));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + KEY);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  long pid() {
    return running().pid();
  }

  /** Waits until it ends by itself; false if it does not. */
  boolean ended(long millis) throws InterruptedException {
    return running().waitFor(millis, TimeUnit.MILLISECONDS);
  }

  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  private Process running() {
    return Objects.requireNonNull(process, "not started");
  }

  @Override
  public void close() throws InterruptedException {
    Process last = process;
    if (last != null && last.isAlive()) {
      last.destroy();
      if (!last.waitFor(60, TimeUnit.SECONDS)) {
        last.destroyForcibly().waitFor();
      }
    }
  }
}

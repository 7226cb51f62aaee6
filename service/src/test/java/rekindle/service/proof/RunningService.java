package rekindle.service.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The jar as a process of its own, on the embedded database, as a user starts it: to be killed,
 * started again and asked.
 */
final class RunningService {
  static final String KEY = "proof-key-0123456789abcdef";
  static final Path JAR = Path.of("target", "rekindle.jar").toAbsolutePath();
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

  private final Path folder;
  private final List<String> options;
  private final Map<String, String> variables;
  private final int port = freePort();
  private final int adminPort = freePort();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private Process process;

  /**
   * @param folder holds its data and its log
   * @param options of the Java runtime
   */
  RunningService(Path folder, List<String> options) {
    this(folder, options, Map.of());
  }

  /**
   * @param variables of its environment, besides those that every one has
   */
  RunningService(Path folder, List<String> options, Map<String, String> variables) {
    this.folder = folder;
    this.options = List.copyOf(options);
    this.variables = Map.copyOf(variables);
  }

  /** Starts the process and waits until it serves. */
  void start() {
    try {
      var command = new ArrayList<String>(List.of("java"));
      command.addAll(options);
      command.addAll(List.of("-jar", JAR.toString(), "server"));
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("REKINDLE_DATA", folder.resolve("data").toString());
      builder.environment().put("REKINDLE_PORT", Integer.toString(port));
      builder.environment().put("REKINDLE_ADMIN_PORT", Integer.toString(adminPort));
      builder.environment().put("REKINDLE_ADMIN_KEY", KEY);
      builder.environment().put("REKINDLE_LOG_LEVEL", "WARN");
      // What is proved here is what callers get; looks would only take the processor from them.
      builder.environment().put("REKINDLE_SCHEDULE", "false");
      builder.environment().putAll(variables);
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(folder.resolve("service.log").toFile()));
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Waits until the service says that it is ready, database and all. */
  void awaitReady() {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (get("/ready").statusCode() == 200) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        if (!process.isAlive()) {
          throw new AssertionError("the service ended with status " + process.exitValue(), notYet);
        }
      }
      // A try costs a connection that is refused at once; there is nothing to wait for but time.
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the service did not become ready within " + STARTS_WITHIN);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void killService() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Kills the postmaster; its children end by themselves. */
  void killDatabase() {
    postmaster().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Asks it to stop, as a service supervisor does, and waits. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the service did not stop within a minute");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> post(String path, String type, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path).header("Content-Type", type).POST(body);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> postJson(String path, String body, String... headers) {
    return post(path, "application/json", BodyPublishers.ofString(body), headers);
  }

  HttpRequest.Builder request(String path) {
    return request(path, KEY);
  }

  HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key);
  }

  HttpClient http() {
    return http;
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try (var files = Files.walk(folder.resolve("data"), 4)) {
      Optional<Path> pidFile = files.filter(file -> file.endsWith("postmaster.pid")).findFirst();
      if (pidFile.isEmpty()) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile.get());
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    } catch (IOException | UncheckedIOException | NumberFormatException justGoing) {
      return Optional.empty();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

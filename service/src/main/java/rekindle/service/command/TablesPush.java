package rekindle.service.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import rekindle.json.InvalidJson;
import rekindle.json.StrictJson;
import rekindle.release.PolicyTables;

/** {@code tables push}: workbooks of a folder, uploaded to a running service as a draft. */
final class TablesPush {
  private static final String USUAL_SERVER = "http://localhost:8080";

  /** A check takes seconds, on a busy service more. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final Map<String, String> environment;

  /**
   * @param environment where the key is: on the command line every user of the machine could read
   *     it
   */
  TablesPush(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /**
   * Uploads.
   *
   * @throws CommandFailure if there is no key, no service, or no release; or with status 1 if the
   *     release has errors
   */
  void run(Namespace options) throws IOException {
    String key = environment.get("REKINDLE_KEY");
    if (key == null || key.isBlank()) {
      throw CommandFailure.unusable(
          "tables push needs the key of a client with role author in the variable REKINDLE_KEY.");
    }
    HttpResponse<byte[]> response =
        send(uri(options), key, zip(known(PolicyFolder.workbooks(options.getString("folder")))));
    JsonNode answer = json(response);
    if (response.statusCode() / 100 != 2) {
      throw CommandFailure.unusable(refusal(response.statusCode(), answer));
    }
    if (options.getBoolean("json")) {
      terminal.out().write(response.body(), 0, response.body().length);
      terminal.out().println();
    } else {
      text(answer);
    }
    if (answer.path("errors").intValue() > 0) {
      throw CommandFailure.withFindings();
    }
  }

  private void text(JsonNode release) {
    for (JsonNode finding : release.path("findings")) {
      terminal
          .out()
          .println(finding.path("severity").asText() + ": " + finding.path("message").asText());
    }
    terminal
        .out()
        .println(
            release.path("errors").asInt()
                + " errors, "
                + release.path("warnings").asInt()
                + " warnings");
    terminal.out().println(release.path("id").asText() + " " + release.path("state").asText());
    if (release.path("mergeNeeded").asBoolean()) {
      terminal
          .out()
          .println("Another release is active than its base: merge it before you submit.");
    }
  }

  private static URI uri(Namespace options) {
    String server =
        options.getString("server") == null ? USUAL_SERVER : options.getString("server");
    var query = new StringBuilder();
    parameter(query, "base", options.getString("base"));
    parameter(query, "title", options.getString("title"));
    try {
      return URI.create(server.replaceFirst("/+$", "") + "/v1/policies/releases" + query);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.unusable(
          server + " is no address of a service; write it as " + USUAL_SERVER + ".");
    }
  }

  private static void parameter(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
      query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private Map<String, byte[]> known(Map<String, byte[]> workbooks) {
    var known = new TreeMap<>(workbooks);
    known.keySet().retainAll(PolicyTables.workbooks());
    workbooks.keySet().stream()
        .filter(name -> !known.containsKey(name))
        .forEach(
            name ->
                terminal
                    .err()
                    .println(
                        "tables: " + name + ".xlsx is no workbook of the policy and is not sent"));
    if (known.isEmpty()) {
      throw CommandFailure.unusable(
          "The folder holds no workbook of the policy; expected some of "
              + String.join(".xlsx, ", PolicyTables.workbooks())
              + ".xlsx.");
    }
    return known;
  }

  private static byte[] zip(Map<String, byte[]> workbooks) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      // Workbooks are compressed already.
      zip.setLevel(0);
      for (Map.Entry<String, byte[]> workbook : workbooks.entrySet()) {
        zip.putNextEntry(new ZipEntry(workbook.getKey() + ".xlsx"));
        zip.write(workbook.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static HttpResponse<byte[]> send(URI uri, String key, byte[] zip) throws IOException {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(uri)
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + key.strip())
              .header("Content-Type", "application/zip")
              .POST(BodyPublishers.ofByteArray(zip))
              .build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.unusable(
          "The address or the key cannot be sent: " + e.getMessage() + ".");
    }
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw CommandFailure.unusable(
          "There is no answer from "
              + uri.resolve("/")
              + " ("
              + e.getClass().getSimpleName()
              + "). Start the service, or name it with --server.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unusable("The upload was broken off; nothing can be said of it.");
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return StrictJson.read(response.body());
    } catch (InvalidJson e) {
      throw CommandFailure.unusable(
          "What answers there is no Rekindle: status " + response.statusCode() + ".");
    }
  }

  private static String refusal(int status, JsonNode problem) {
    var text = new StringBuilder("Refused with status " + status + ": ");
    text.append(problem.path("detail").asText(problem.path("title").asText()));
    problem.path("errors").forEach(e -> text.append("\n  ").append(e.path("message").asText()));
    return text.toString();
  }
}

package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.service.RunningService;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.openapi.Contract.Operation;

/**
 * Sends requests to a service, holds requests and responses against its OpenAPI document, and
 * remembers which statuses each operation has answered with. Confined to one thread.
 */
final class Exchanges {
  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";
  static final String CSV = "text/csv";

  private final RunningService service;
  private final Contract contract;
  private final Map<String, Set<Integer>> seen = new TreeMap<>();

  Exchanges(RunningService service, Contract contract) {
    this.service = service;
    this.contract = contract;
  }

  HttpResponse<String> get(String path, @Nullable String key) throws Exception {
    return send("GET", path, service.request(path, key).GET());
  }

  /** A POST without a body. */
  HttpResponse<String> post(String path, String key) throws Exception {
    return send("POST", path, service.request(path, key).POST(BodyPublishers.noBody()));
  }

  /** A request whose body the document must find in order. */
  HttpResponse<String> send(String method, String path, String key, String type, String body)
      throws Exception {
    return send(method, path, with(method, path, key, type, body));
  }

  /** Such a request, to which the caller adds. */
  HttpRequest.Builder with(String method, String path, String key, String type, String body) {
    assertThat(contract.requestObjections(operation(method, path), type, body))
        .as("body of %s %s: %s", method, path, body)
        .isEmpty();
    return service
        .request(path, key)
        .header("Content-Type", type)
        .method(method, BodyPublishers.ofString(body));
  }

  /** A request that has its effect once. */
  HttpResponse<String> sendOnce(String method, String path, HttpRequest.Builder request)
      throws Exception {
    HttpRequest.Builder named = request.header("Idempotency-Key", method + path.hashCode());
    HttpResponse<String> first = send(method, path, named);
    HttpResponse<String> again = send(method, path, named);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    return first;
  }

  HttpResponse<String> send(String method, String path, HttpRequest.Builder request)
      throws Exception {
    HttpResponse<String> response = service.send(request);
    Operation operation = operation(method, path);
    assertThat(contract.objections(operation, Answer.of(response)))
        .as("%s %s gave %s %s", method, path, response.statusCode(), response.body())
        .isEmpty();
    seen.computeIfAbsent(operation.name(), name -> new TreeSet<>()).add(response.statusCode());
    return response;
  }

  /** Statuses that each operation, by its name, has answered with. */
  Map<String, Set<Integer>> seen() {
    return new TreeMap<>(seen);
  }

  private Operation operation(String method, String path) {
    String plain = path.split("\\?", 2)[0];
    return contract
        .operation(method, plain)
        .orElseThrow(() -> new AssertionError("no operation: " + method + " " + plain));
  }
}

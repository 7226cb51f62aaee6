package rekindle.service.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import rekindle.service.problem.Problem;

/** Holds requests and responses against the OpenAPI document of the service. Thread-safe. */
public final class Contract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode document;
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

  /**
   * One operation of the document.
   *
   * @param name method and template of the path: {@code GET /v1/decisions/{id}}
   * @param description its node
   */
  public record Operation(String name, JsonNode description) {
    boolean matches(String method, String path) {
      String template = name.substring(name.indexOf(' ') + 1);
      return name.startsWith(method + " ")
          && Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path);
    }

    /** Codes of the problems that it may answer with. */
    public Set<String> problems() {
      var codes = new TreeSet<String>();
      description.path("x-problems").forEach(code -> codes.add(code.textValue()));
      return codes;
    }

    /** Statuses of its successes. */
    public Set<Integer> successes() {
      var statuses = new TreeSet<Integer>();
      for (var response : description.path("responses").properties()) {
        if (response.getKey().startsWith("2")) {
          statuses.add(Integer.valueOf(response.getKey()));
        }
      }
      return statuses;
    }
  }

  /** What came back. */
  public record Answer(int status, HttpHeaders headers, String body) {
    public static Answer of(HttpResponse<String> response) {
      return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** From the bytes of an HTTP/1.1 response that is not chunked. */
    public static Answer parsed(String response) {
      int end = response.indexOf("\r\n\r\n");
      String[] lines = response.substring(0, end).split("\r\n", -1);
      var headers = new TreeMap<String, List<String>>();
      for (int i = 1; i < lines.length; i++) {
        String[] header = lines[i].split(": *", 2);
        headers.put(header[0], List.of(header[1]));
      }
      return new Answer(
          Integer.parseInt(lines[0].split(" ", 3)[1]),
          HttpHeaders.of(headers, (name, value) -> true),
          response.substring(end + 4));
    }

    public JsonNode json() {
      return Contract.json(body);
    }
  }

  public Contract(JsonNode document) {
    this.document = document;
    for (var path : document.path("paths").properties()) {
      for (var field : path.getValue().properties()) {
        if (METHODS.contains(field.getKey())) {
          String name = field.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
          operations.put(name, new Operation(name, field.getValue()));
        }
      }
    }
  }

  /** All operations by their names. */
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }

  /** The operation that a request comes to: of two templates the one with fewer variables. */
  public Optional<Operation> operation(String method, String path) {
    return operations.values().stream()
        .filter(operation -> operation.matches(method, path))
        .min(Comparator.comparing(operation -> operation.name().split("\\{", -1).length));
  }

  /** What the document has against a problem that comes of no operation. */
  public List<String> problemObjections(JsonNode problem) {
    return objections(document.at("/components/schemas/Problem"), problem);
  }

  /** What the document has against the response of an operation; nothing if it is as told. */
  public List<String> objections(Operation operation, Answer response) {
    String status = Integer.toString(response.status());
    JsonNode told = resolved(operation.description().path("responses").path(status));
    var objections = new ArrayList<String>();
    if (told.isMissingNode()) {
      return List.of(operation.name() + " tells of no status " + status);
    }
    for (var header : told.path("headers").properties()) {
      String name = header.getKey();
      boolean optional = name.equals("Idempotency-Replayed");
      if (!optional && response.headers().firstValue(name).isEmpty()) {
        objections.add("the header " + name + " is missing");
      }
    }
    String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    objections.addAll(bodyObjections(told.path("content"), type, response.body()));
    if (type.equals(Problem.MEDIA_TYPE)) {
      String code = response.json().path("type").asText().replace("/problems/", "");
      if (!operation.problems().contains(code)) {
        objections.add(operation.name() + " tells of no problem " + code);
      }
    }
    return objections;
  }

  /** What the document has against the body of a request. */
  public List<String> requestObjections(Operation operation, String type, String body) {
    return bodyObjections(operation.description().path("requestBody").path("content"), type, body);
  }

  private List<String> bodyObjections(JsonNode content, String type, String body) {
    if (content.isMissingNode() || content.isEmpty()) {
      return body.isEmpty() ? List.of() : List.of("there should be no body");
    }
    if (!content.has(type)) {
      return List.of("the format " + type + " is not told of");
    }
    JsonNode format = content.path(type);
    if (format.has("x-line")) {
      return body.lines()
          .flatMap(line -> objections(format.path("x-line"), json(line)).stream())
          .toList();
    }
    boolean isJson = type.endsWith("json");
    return objections(format.path("schema"), isJson ? json(body) : TextNode.valueOf(body));
  }

  /** What a schema of the document has against a value. */
  public List<String> objections(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private JsonSchema compiled(JsonNode schema) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("allOf").add(schema);
    root.putObject("components").set("schemas", document.at("/components/schemas"));
    return SCHEMAS.getSchema(
        root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  /** The node itself, or what it refers to. */
  public JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}

package rekindle.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemType;

/**
 * Fills in what an operation of the document need not say by itself: who may call it, the problems
 * that any operation of its kind may answer with, and the headers of answers.
 */
final class Operations {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final String JSON = "application/json";
  private static final String ROLES = "x-roles";
  private static final String PROBLEMS = "x-problems";
  private static final String IDEMPOTENCY_KEY = "#/components/parameters/IdempotencyKey";

  private static final Set<ProblemType> OF_ALL =
      EnumSet.of(
          ProblemType.BAD_REQUEST,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.URI_TOO_LONG,
          ProblemType.HEADERS_TOO_LARGE,
          ProblemType.INTERNAL_ERROR);

  private static final Set<ProblemType> WITH_KEY =
      EnumSet.of(
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.RATE_LIMITED,
          ProblemType.STORE_UNAVAILABLE);

  private static final Set<ProblemType> WITH_BODY =
      EnumSet.of(ProblemType.REQUEST_TIMEOUT, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  private static final Set<ProblemType> WITH_DOCUMENT =
      EnumSet.of(ProblemType.INVALID_INPUT, ProblemType.PAYLOAD_TOO_LARGE);

  private static final Set<ProblemType> REPEATABLE =
      EnumSet.of(ProblemType.INVALID_IDEMPOTENCY_KEY, ProblemType.IDEMPOTENCY_KEY_REUSED);

  private final ObjectNode responses;

  private Operations(ObjectNode responses) {
    this.responses = responses;
  }

  /** Completes every operation of the document. */
  static void complete(ObjectNode document) {
    var operations = new Operations(document.withObject("/components/responses"));
    for (JsonNode path : document.path("paths")) {
      for (var field : path.properties()) {
        if (METHODS.contains(field.getKey())) {
          operations.completeOne((ObjectNode) field.getValue());
        }
      }
    }
  }

  private void completeOne(ObjectNode operation) {
    var roles = new ArrayList<String>();
    operation.path(ROLES).forEach(role -> roles.add(role.textValue()));
    access(operation, roles);
    boolean repeatable =
        operation.path("parameters").findValuesAsText("$ref").contains(IDEMPOTENCY_KEY);
    Set<ProblemType> problems = problems(operation, !roles.isEmpty(), repeatable);
    ArrayNode codes = operation.putArray(PROBLEMS);
    problems.stream().map(ProblemType::code).sorted().forEach(codes::add);
    ObjectNode answers = operation.withObject("/responses");
    for (JsonNode answer : answers) {
      headers((ObjectNode) answer, repeatable);
    }
    problems.stream()
        .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()))
        .forEach((status, types) -> refuse(answers, status, types));
  }

  private static void access(ObjectNode operation, List<String> roles) {
    ArrayNode security = operation.putArray("security");
    String sentence = "Public: takes no key.";
    if (!roles.isEmpty()) {
      security.addObject().putArray("key");
      sentence = "Role: `" + String.join("` or `", new TreeSet<>(roles)) + "`.";
    }
    String said = operation.path("description").asText("").strip();
    operation.put("description", said.isEmpty() ? sentence : said + "\n\n" + sentence);
  }

  private static Set<ProblemType> problems(
      ObjectNode operation, boolean withKey, boolean repeatable) {
    Set<ProblemType> problems = EnumSet.copyOf(OF_ALL);
    for (JsonNode code : operation.path(PROBLEMS)) {
      problems.add(ProblemType.of(code.textValue()).orElseThrow());
    }
    if (withKey) {
      problems.addAll(WITH_KEY);
    }
    JsonNode body = operation.path("requestBody");
    if (body.isObject()) {
      problems.addAll(WITH_BODY);
    }
    if (body.path("content").has(JSON)) {
      problems.addAll(WITH_DOCUMENT);
    }
    if (repeatable) {
      problems.addAll(REPEATABLE);
    }
    return problems;
  }

  private static void headers(ObjectNode answer, boolean repeatable) {
    refer(answer, "X-Request-Id", "RequestId");
    if (repeatable) {
      refer(answer, "Idempotency-Replayed", "IdempotencyReplayed");
    }
  }

  private static void refer(ObjectNode answer, String header, String component) {
    answer
        .withObject("/headers")
        .putObject(header)
        .put("$ref", "#/components/headers/" + component);
  }

  /** Answers that operations share are components, named by what they tell. */
  private void refuse(ObjectNode answers, int status, Collection<ProblemType> types) {
    String name = types.stream().map(ProblemType::code).sorted().collect(Collectors.joining("."));
    String code = Integer.toString(status);
    if (answers.has(code)) {
      throw new IllegalStateException("An operation tells its answer " + code + " itself");
    }
    answers.putObject(code).put("$ref", "#/components/responses/" + name);
    if (!responses.has(name)) {
      describe(responses.putObject(name), status, types);
    }
  }

  private static void describe(ObjectNode answer, int status, Collection<ProblemType> types) {
    answer.put(
        "description",
        types.stream()
            .map(type -> "`" + type.code() + "`: " + type.title() + ". " + type.meaning())
            .collect(Collectors.joining("\n\n")));
    refer(answer, "X-Request-Id", "RequestId");
    switch (status) {
      case 401 -> refer(answer, "WWW-Authenticate", "Authenticate");
      case 429, 503 -> refer(answer, "Retry-After", "RetryAfter");
      default -> {}
    }
    answer
        .withObject("/content")
        .putObject(Problem.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }
}

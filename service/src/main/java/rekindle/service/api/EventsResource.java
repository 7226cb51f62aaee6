package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonLimits;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.event.EventIntake;
import rekindle.service.intake.EventDocument;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/**
 * Events about contacts. Every valid one is committed before the answer, whatever is wrong with
 * others of the request: a no must not wait for somebody's slip.
 */
@Path("/v1/events")
@RolesAllowed({"sender", "operator"})
public final class EventsResource {
  static final String CLOUD_EVENT = "application/cloudevents+json";
  static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private static final int STREAMS_MAX = 8;
  private static final int EVENTS_MAX = 1_000;
  private static final int BODY_BYTES = 8 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(BODY_BYTES, 32, 100_000, 40);
  private static final String BINARY = "ce-";

  private final EventIntake events;
  private final StreamedRequests repeats;
  private final Places places = new Places(STREAMS_MAX, "streams of events");

  public EventsResource(EventIntake events, StreamedRequests repeats) {
    this.events = events;
    this.repeats = repeats;
  }

  /** One event or an array of them, plain or CloudEvents, also one CloudEvent in binary form. */
  @POST
  @Consumes({MediaType.APPLICATION_JSON, CLOUD_EVENT, CLOUD_EVENTS})
  @Produces(MediaType.APPLICATION_JSON)
  @BodyLimit(BODY_BYTES)
  public Response take(
      @Auth Caller caller,
      @Context ContainerRequestContext request,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    return repeats.once(
        request,
        caller,
        body,
        json -> {
          JsonNode node = node(json.readAllBytes(), headers);
          return answer(caller, node);
        });
  }

  private static JsonNode node(byte[] bytes, HttpHeaders headers) {
    var attributes = new TreeMap<String, String>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith(BINARY)) {
                attributes.put(lower.substring(BINARY.length()), values.get(0));
              }
            });
    if (!attributes.containsKey("specversion")) {
      return StrictJson.read(bytes, LIMITS);
    }
    return EventDocument.structured(
        attributes, bytes.length == 0 ? null : StrictJson.read(bytes, LIMITS));
  }

  private Answer answer(Caller caller, JsonNode node) {
    var problems = new JsonProblems();
    List<EventDocument> valid = new ArrayList<>();
    Instant now = events.now();
    int count = node.isArray() ? node.size() : 1;
    if (count > EVENTS_MAX) {
      problems.add(
          "",
          "the request has "
              + count
              + " events; send at most "
              + EVENTS_MAX
              + " at once, or NDJSON");
      problems.throwIfAny();
    }
    for (int i = 0; i < count; i++) {
      var own = new JsonProblems();
      JsonNode one = node.isArray() ? node.get(i) : node;
      EventDocument document =
          EventDocument.read(one, node.isArray() ? "/" + i : "", caller.client(), now, own);
      if (own.isEmpty()) {
        valid.add(document);
      }
      own.list().forEach(problem -> problems.add(problem.pointer(), problem.message()));
    }
    List<String> results = events.take(valid);
    if (!problems.isEmpty()) {
      throw new ProblemException(invalid(problems.list(), valid.size()));
    }
    return new Answer(200, MediaType.APPLICATION_JSON, CanonicalJson.of(told(valid, results)));
  }

  private static Problem invalid(List<JsonProblem> errors, int taken) {
    Problem problem = Problem.invalidInput(errors);
    return taken == 0
        ? problem
        : new Problem(
            problem.type(),
            problem.status(),
            problem.title(),
            "The "
                + taken
                + " valid events of the request were taken in. Correct what errors lists and send"
                + " those again; events that come twice are harmless.",
            errors,
            null);
  }

  private static ObjectNode told(List<EventDocument> documents, List<String> results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("events");
    for (int i = 0; i < documents.size(); i++) {
      array.add(told(documents.get(i), results.get(i)));
    }
    return json;
  }

  static ObjectNode told(EventDocument document, @Nullable String result) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", document.id())
        .put("result", result)
        .put("source", document.source());
  }

  /** Events of any number, one a line, with one answer a line. */
  @POST
  @Consumes({SpooledAnswers.NDJSON, "application/jsonl", "application/json-lines"})
  @Produces(SpooledAnswers.NDJSON)
  @BodyLimit(BodyLimit.UNLIMITED)
  public Response takeAll(@Auth Caller caller, InputStream body) throws IOException {
    return SpooledAnswers.of(places, body, new EventLines(events, caller.client())::answer);
  }
}

package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Vocabularies;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.schedule.Triggers;
import rekindle.service.schedule.Triggers.Happened;

/** Something shipped, changed or happened: those wake whose gap it answers. */
@Path("/v1/triggers")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class TriggersResource {
  private static final int LONGEST_TOPIC = 100;
  private static final int GAPS_MAX = 50;

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final Triggers triggers;
  private final InstantSource clock;

  public TriggersResource(
      Jdbi jdbi, IdempotencyKeys idempotency, Triggers triggers, InstantSource clock) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.triggers = triggers;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response tell(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Told told = body.as(fields -> told(fields, now));
    // People are told some at a time, each time in a transaction of its own. Told again at another
    // instant it would be another trigger.
    return idempotency.onceAfter(
        jdbi,
        IdempotentRequest.of(request, caller, body.bytes()),
        now,
        received ->
            new Answer(
                200, MediaType.APPLICATION_JSON, json(triggers.tell(told.happened(received)))));
  }

  /**
   * @param at null for when the request was received
   */
  private record Told(
      String kind, @Nullable String topic, @Nullable Instant at, List<String> answers) {
    Happened happened(Instant received) {
      return new Happened(kind, topic, at == null ? received : at, answers);
    }
  }

  private static byte[] json(Triggers.Reached reached) {
    return CanonicalJson.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("matched", reached.matched())
            .put("woken", reached.woken()));
  }

  private static Told told(JsonFields fields, Instant now) {
    String kind = fields.requiredCode("kind", Vocabularies.TRIGGER_KIND);
    String topic = fields.text("topic", LONGEST_TOPIC);
    Instant at = fields.instant("at");
    List<String> answers = fields.texts("answers", LONGEST_TOPIC);
    if (answers.size() > GAPS_MAX) {
      fields.problem("answers", "name at most " + GAPS_MAX + " gaps");
    }
    // What is there and wrong was told already.
    JsonNode named = fields.node("answers");
    boolean isNone = named == null || (named.isArray() && named.isEmpty());
    if (isNone && fields.node("topic") == null) {
      fields.problem(
          "answers",
          "name the gaps that it answers: tags, loss reasons or reasons of cancellation, such as"
              + " \"price\"; without them topic is the gap");
    }
    if (at != null && at.isAfter(now)) {
      fields.problem("at", "it has not happened yet; tell it once it has");
    }
    return new Told(kind, topic, at, answers.isEmpty() && topic != null ? List.of(topic) : answers);
  }
}

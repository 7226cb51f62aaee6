package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.json.Rfc3339;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.schedule.Confirmations;
import rekindle.service.schedule.Leases;
import rekindle.service.schedule.Leases.Leased;
import rekindle.service.schedule.Leases.Order;
import rekindle.service.schedule.Outcomes;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Standing;

/** Touches, for platforms that ask for them: lease, confirm just before sending, tell. */
@Path("/v1/touches")
@RolesAllowed("sender")
@Produces(MediaType.APPLICATION_JSON)
public final class TouchesResource {
  private static final int LEASED_MAX = 500;
  private static final int LEASED_USUALLY = 100;
  private static final int LEASE_SECONDS_MAX = 3_600;
  private static final int LEASE_SECONDS = 120;
  private static final int WAIT_SECONDS_MAX = 30;
  private static final int WAITING_MAX = 64;
  private static final long LOOK_MILLIS = 200;
  private static final Set<ScheduledTouches.State> BEFORE_CONFIRMATION =
      EnumSet.of(
          ScheduledTouches.State.LEASED,
          ScheduledTouches.State.RELEASED,
          ScheduledTouches.State.WITHHELD);

  private static final int TOLD_MAX = 500;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_DETAIL = 500;

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final Leases leases;
  private final Confirmations confirmations;
  private final Outcomes outcomes;
  private final PatientWrites writes;
  private final Places waiting = new Places(WAITING_MAX, "requests that wait for touches");

  public TouchesResource(
      Jdbi jdbi,
      IdempotencyKeys idempotency,
      Leases leases,
      Confirmations confirmations,
      Outcomes outcomes,
      PatientWrites writes) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.leases = leases;
    this.confirmations = confirmations;
    this.outcomes = outcomes;
    this.writes = writes;
  }

  private record Wish(Set<Channel> channels, int max, Duration lease, Duration patience) {}

  private static boolean isEmpty(@Nullable JsonNode array) {
    return array == null || (array.isArray() && array.isEmpty());
  }

  private static Wish wish(JsonFields fields) {
    List<String> codes = fields.codes("channels", Vocabularies.CHANNEL);
    var channels = EnumSet.noneOf(Channel.class);
    codes.forEach(code -> Channel.of(code).ifPresent(channels::add));
    if (codes.isEmpty() && isEmpty(fields.node("channels"))) {
      fields.problem("channels", "name at least one channel, such as \"email\"");
    }
    Long max = fields.integer("max", 1, LEASED_MAX);
    Long lease = fields.integer("leaseSeconds", 1, LEASE_SECONDS_MAX);
    Long wait = fields.integer("waitSeconds", 0, WAIT_SECONDS_MAX);
    return new Wish(
        channels,
        max == null ? LEASED_USUALLY : max.intValue(),
        Duration.ofSeconds(lease == null ? LEASE_SECONDS : lease),
        Duration.ofSeconds(wait == null ? 0 : wait));
  }

  /** Due touches, decided and reserved for a while; waits for one where that is asked for. */
  @POST
  @Path("lease")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response lease(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request)
      throws InterruptedException {
    Wish wish = body.as(TouchesResource::wish);
    await(wish);
    var order = new Order(caller.client(), wish.channels(), wish.max(), wish.lease());
    // A lease lapses by itself: one that is had twice, and answered once, does no harm.
    return idempotency.onceAfter(
        jdbi,
        IdempotentRequest.of(request, caller, body.bytes()),
        () -> new Answer(200, MediaType.APPLICATION_JSON, CanonicalJson.of(leased(order))));
  }

  private void await(Wish wish) throws InterruptedException {
    if (wish.patience().isZero()) {
      return;
    }
    long end = System.nanoTime() + wish.patience().toNanos();
    try (var place = waiting.take()) {
      while (System.nanoTime() < end && !leases.isAnyReady(wish.channels())) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private ObjectNode leased(Order order) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode touches = json.putArray("touches");
    for (Leased one : leases.lease(order)) {
      touches
          .addObject()
          .put("contactId", one.contactId())
          .put("leasedUntil", Rfc3339.format(one.leasedUntil()))
          .put("touchId", one.touchId())
          .set("decision", StrictJson.read(one.decision()));
    }
    ArrayNode unresolved = json.putArray("unresolved");
    leases.unresolved(order.client()).forEach(touch -> unresolved.add(touch.id()));
    return json;
  }

  /** The check just before sending; nothing may be sent without {@code send: true}. */
  @POST
  @Path("{id}/confirm")
  public Response confirm(
      @PathParam("id") String id, @Auth Caller caller, @Context ContainerRequestContext request) {
    var told = IdempotentRequest.of(request, caller, new byte[0]);
    // A touch that was released and leased again has the same id, and its platform the same key.
    var once = told == null ? null : told.time(attempt(id));
    return confirmations.patiently(
        same ->
            idempotency.once(
                jdbi,
                once,
                handle ->
                    new Answer(
                        200,
                        MediaType.APPLICATION_JSON,
                        CanonicalJson.of(
                            json(
                                same.confirm(
                                    handle,
                                    id,
                                    caller.client(),
                                    once == null ? null : once.key()))))));
  }

  /** The attempt that a confirmation is about; what it reserves is the next one. */
  private int attempt(String touchId) {
    return jdbi.withHandle(handle -> ScheduledTouches.find(handle, touchId))
        .map(one -> BEFORE_CONFIRMATION.contains(one.state()) ? one.attempt() : one.attempt() - 1)
        .orElse(1);
  }

  private static ObjectNode json(Confirmations.Verdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    byte[] decision = verdict.decision();
    json.set("decision", decision == null ? null : StrictJson.read(decision));
    ArrayNode reasons = json.putArray("reasons");
    verdict.reasons().forEach(reasons::add);
    Instant notAfter = verdict.sendNotAfter();
    return json.put("send", verdict.send())
        .put("sendNotAfter", notAfter == null ? null : Rfc3339.format(notAfter))
        .put("touchId", verdict.touchId());
  }

  private static Telling telling(JsonFields fields, @Nullable String touchId) {
    return new Telling(
        touchId == null ? fields.requiredText("touchId", LONGEST_ID) : touchId,
        fields.requiredCode("outcome", Outcomes.OUTCOME),
        fields.instant("at"),
        fields.text("detail", LONGEST_DETAIL));
  }

  /** What became of one touch. */
  @POST
  @Path("{id}/outcome")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response outcome(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Telling telling = body.as(fields -> telling(fields, id));
    return writes.once(
        request,
        caller,
        body,
        handle -> {
          String result = outcomes.take(handle, List.of(telling), caller.client()).get(0);
          if (result.equals("unknown_touch")) {
            throw new ProblemException(Problem.notFound("touch", id));
          }
          return told(id, result);
        });
  }

  /** What became of many; those that nobody knows do not stand in the way of the others. */
  @POST
  @Path("outcomes")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response outcomes(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    List<Telling> tellings =
        body.as(
            fields -> {
              List<Telling> all = fields.objects("outcomes", one -> telling(one, null));
              if (all.isEmpty() || all.size() > TOLD_MAX) {
                fields.problem("outcomes", "tell 1 to " + TOLD_MAX + " outcomes at once");
              }
              return all;
            });
    return writes.once(
        request,
        caller,
        body,
        handle -> {
          List<String> results = outcomes.take(handle, tellings, caller.client());
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          ArrayNode array = json.putArray("outcomes");
          for (int i = 0; i < results.size(); i++) {
            array.add(told(tellings.get(i).touchId(), results.get(i)));
          }
          return json;
        });
  }

  private static ObjectNode told(String touchId, String result) {
    return JsonNodeFactory.instance.objectNode().put("result", result).put("touchId", touchId);
  }

  /** A touch with all that was told of it. */
  @GET
  @Path("{id}")
  @RolesAllowed({"sender", "operator", "auditor"})
  public Response find(@PathParam("id") String id) {
    ObjectNode json =
        jdbi.inTransaction(
            handle -> {
              Standing touch =
                  ScheduledTouches.find(handle, id)
                      .orElseThrow(() -> new ProblemException(Problem.notFound("touch", id)));
              ObjectNode found = json(touch);
              ArrayNode ledger = found.putArray("ledger");
              ScheduledTouches.ledger(handle, id).forEach(entry -> ledger.add(json(entry)));
              return found;
            });
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  private static ObjectNode json(Standing touch) {
    Instant notAfter = touch.sendNotAfter();
    var decision = touch.decisionId();
    var state = touch.state();
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", Rfc3339.format(touch.at()))
        .put("attempt", touch.attempt())
        .put("channel", touch.channel().code())
        .put("contactId", touch.contactId())
        .put("decisionId", decision == null ? null : decision.toString())
        .put("outcome", touch.outcome())
        .put("route", touch.route())
        .put("sendNotAfter", notAfter == null ? null : Rfc3339.format(notAfter))
        .put("sequence", touch.sequence())
        .put("state", state == null ? null : state.code())
        .put("step", touch.step())
        .put("touchId", touch.id());
  }

  private static ObjectNode json(ScheduledTouches.Entry entry) {
    String detail = entry.detail();
    JsonNode told =
        detail == null
            ? null
            : StrictJson.read(detail.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", Rfc3339.format(entry.at()));
    json.set("detail", told);
    return json.put("outcome", entry.outcome())
        .put("recordedAt", Rfc3339.format(entry.recordedAt()));
  }
}

package rekindle.service.api;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.JsonFields;
import rekindle.json.JsonLimits;
import rekindle.json.Rfc3339;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.schedule.PlatformList;
import rekindle.service.schedule.PlatformList.Accepted;
import rekindle.service.schedule.PlatformList.Named;
import rekindle.service.schedule.ReconcileReport;
import rekindle.service.schedule.ReconcileReport.Line;
import rekindle.service.schedule.Reconciliations;

/** What platforms accepted, by their own lists, held against what was handed over to them. */
@Path("/v1/reconciliations")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationsResource {
  private static final int BODY_BYTES = 8 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(BODY_BYTES, 8, 1_000, 40);
  private static final int ACCEPTED_MAX = 20_000;
  private static final int LISTED_MAX = 500;
  private static final int LONGEST_NAME = 200;
  private static final int STEP_MAX = 1_000;
  private static final List<String> NAMED = List.of("contactId", "sequence", "step", "channel");

  private final Reconciliations reconciliations;
  private final Set<String> routes;
  private final InstantSource clock;
  private final PatientWrites writes;

  /**
   * @param platforms names of those that are told
   */
  public ReconciliationsResource(
      Reconciliations reconciliations,
      List<String> platforms,
      InstantSource clock,
      PatientWrites writes) {
    this.reconciliations = reconciliations;
    this.clock = clock;
    this.writes = writes;
    routes = new TreeSet<>(platforms);
    routes.add(HandOverConfiguration.PULL);
  }

  /** Compares a platform's list with the ledger, and settles what that settles. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @BodyLimit(BODY_BYTES)
  public Response reconcile(
      @Auth Caller caller, InputStream body, @Context ContainerRequestContext request)
      throws IOException {
    byte[] bytes = body.readAllBytes();
    var json = new JsonBody(bytes, StrictJson.read(bytes, LIMITS));
    PlatformList list = json.as(this::list);
    return writes.once(
        request,
        caller,
        json,
        handle -> json(reconciliations.reconcile(handle, list, caller.client(), caller.person())));
  }

  private PlatformList list(JsonFields fields) {
    String route = fields.requiredText("route", LONGEST_NAME);
    if (!route.isEmpty() && !routes.contains(route)) {
      fields.problem(
          "route",
          "nothing is handed over to \"" + route + "\"; there are " + String.join(", ", routes));
    }
    String client = fields.text("client", LONGEST_NAME);
    boolean isPull = route.equals(HandOverConfiguration.PULL);
    if (isPull && client == null) {
      fields.problem("client", "name the client whose list it is, as it leased the touches");
    } else if (!isPull && client != null) {
      fields.problem("client", "only touches of route pull have one; leave it out");
    }
    Instant from = fields.requiredInstant("from");
    Instant to = fields.requiredInstant("to");
    // The beginning of the epoch stands in for what is missing or wrong.
    boolean isSpan = !from.equals(Instant.EPOCH) && !to.equals(Instant.EPOCH);
    if (isSpan && !from.isBefore(to)) {
      fields.problem("from", Rfc3339.format(from) + " is not before to");
    }
    Instant now = clock.instant();
    if (to.isAfter(now)) {
      fields.problem(
          "to",
          Rfc3339.format(to)
              + " is to come, and nobody can list all until then; it is "
              + Rfc3339.format(now));
    }
    List<Accepted> accepted = fields.objects("accepted", one -> accepted(one, from, to, isSpan));
    if (fields.node("accepted") == null) {
      fields.problem("accepted", "is missing; an empty list says that nothing was accepted");
    } else if (accepted.size() > ACCEPTED_MAX) {
      fields.problem(
          "accepted",
          accepted.size()
              + " touches are too many; send at most "
              + ACCEPTED_MAX
              + " at once, each time all of a shorter span");
    }
    return new PlatformList(route, client, from, to, accepted);
  }

  private static Accepted accepted(JsonFields fields, Instant from, Instant to, boolean isSpan) {
    String touchId = fields.requiredText("touchId", LONGEST_NAME);
    Instant at = fields.requiredInstant("acceptedAt");
    if (isSpan && at.isAfter(Instant.EPOCH) && (at.isBefore(from) || !at.isBefore(to))) {
      fields.problem("acceptedAt", Rfc3339.format(at) + " lies outside of from and to");
    }
    return new Accepted(touchId, at, named(fields));
  }

  /** Null if only the key is told; all or nothing. */
  private static @Nullable Named named(JsonFields fields) {
    String contactId = fields.text("contactId", LONGEST_NAME);
    String personId = fields.text("personId", LONGEST_NAME);
    String sequence = fields.text("sequence", LONGEST_NAME);
    Long step = fields.integer("step", 1, STEP_MAX);
    String channel = fields.code("channel", Vocabularies.CHANNEL);
    String incentive = fields.text("incentive", LONGEST_NAME);
    List<String> missing = NAMED.stream().filter(name -> fields.node(name) == null).toList();
    boolean isAny = missing.size() < NAMED.size() || personId != null || incentive != null;
    if (isAny && !missing.isEmpty()) {
      fields.problem(
          missing.get(0), "is missing; contactId, sequence, step and channel go together");
    }
    if (contactId == null || sequence == null || step == null || channel == null) {
      return null;
    }
    return new Named(
        contactId,
        personId,
        sequence,
        step.intValue(),
        Channel.of(channel).orElseThrow(),
        incentive);
  }

  private static ObjectNode json(ReconcileReport report) {
    PlatformList list = report.list();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("both", json(report.both()));
    json.put("client", list.client());
    json.put("from", Rfc3339.format(list.from()));
    json.put("id", report.id().toString());
    json.put("listed", report.listed());
    json.set("oursOnly", json(report.oursOnly()));
    ObjectNode repeated = json.putObject("repeated");
    repeated.put("count", report.repeated().size());
    ArrayNode twice = repeated.putArray("touchIds");
    report.repeated().stream().limit(LISTED_MAX).forEach(twice::add);
    json.put("route", list.route());
    json.set("theirsOnly", json(report.theirsOnly()));
    return json.put("to", Rfc3339.format(list.to())).put("unjudged", report.unjudged());
  }

  private static ObjectNode json(List<Line> lines) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", lines.size());
    ObjectNode results = json.putObject("results");
    lines.forEach(
        line -> results.put(line.result().code(), results.path(line.result().code()).asInt() + 1));
    ArrayNode touches = json.putArray("touches");
    for (Line line : lines.subList(0, Math.min(lines.size(), LISTED_MAX))) {
      touches
          .addObject()
          .put("at", Rfc3339.format(line.at()))
          .put("message", line.message())
          .put("result", line.result().code())
          .put("touchId", line.touchId());
    }
    return json;
  }
}

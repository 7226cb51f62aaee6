package rekindle.service.api;

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
import java.util.UUID;
import java.util.regex.Pattern;
import rekindle.json.CanonicalJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionLog.Committed;
import rekindle.service.decide.DecisionRequest;
import rekindle.service.decide.Replay;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Decisions: asking for one, reading and explaining a recorded one, making it again. */
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
public final class DecisionsResource {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Decider decider;
  private final Replay replay;

  public DecisionsResource(Decider decider, Replay replay) {
    this.decider = decider;
    this.replay = replay;
  }

  @POST
  @RolesAllowed("sender")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decide(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext context) {
    DecisionRequest request = DecisionRequest.read(body.node());
    var once = IdempotentRequest.of(context, caller, body.bytes());
    return answer(decider.decide(request, caller.client(), request.isRecorded() ? once : null));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({"sender", "operator", "auditor"})
  public Response find(@PathParam("id") String id) {
    return Response.ok(replay.find(uuid(id)).outcome()).build();
  }

  @GET
  @Path("/{id}/explanation")
  @RolesAllowed({"sender", "operator", "auditor"})
  @Produces(MediaType.TEXT_PLAIN)
  public Response explain(@PathParam("id") String id) {
    return Response.ok(replay.explanation(uuid(id)), "text/plain;charset=utf-8").build();
  }

  @POST
  @Path("/{id}/replay")
  @RolesAllowed({"sender", "operator", "auditor"})
  public Response replay(@PathParam("id") String id) {
    return Response.ok(document(replay.replay(uuid(id)))).build();
  }

  /** A decision, told as it is committed. */
  static Response answer(Committed committed) {
    var response = Response.ok(committed.answer(), MediaType.APPLICATION_JSON_TYPE);
    response.header("Cache-Control", "no-store");
    if (committed.repeated()) {
      response.header(IdempotencyKeys.REPLAYED, "true");
    }
    return response.build();
  }

  private static byte[] document(Replay.Outcome outcome) {
    var json = new CanonicalJson().startObject();
    json.key("asOf").instant(outcome.recorded().asOf());
    json.key("differences").startArray();
    for (Replay.Difference difference : outcome.differences()) {
      json.startObject();
      json.key("pointer").text(difference.pointer());
      json.key("recorded").node(difference.recorded());
      json.key("replayed").node(difference.replayed());
      json.endObject();
    }
    json.endArray();
    json.key("equal").bool(outcome.isEqual());
    json.key("id").text(outcome.recorded().id().toString());
    json.key("release").text(outcome.recorded().release());
    return json.endObject().toBytes();
  }

  private static UUID uuid(String id) {
    if (!UUID_FORM.matcher(id).matches()) {
      throw new ProblemException(Problem.notFound("recorded decision", id));
    }
    return UUID.fromString(id);
  }
}

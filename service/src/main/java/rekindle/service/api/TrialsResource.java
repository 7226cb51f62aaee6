package rekindle.service.api;

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
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.impact.ImpactReader;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.impact.ShadowCounts;
import rekindle.service.policy.PilotFigures;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.policy.Trial;
import rekindle.service.policy.Trials;

/** Releases that are tried: a pilot decides for some persons, a shadow without effect. */
@Path("/v1/policies/releases")
@RolesAllowed({"author", "approver", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
public final class TrialsResource {
  private static final int LONGEST_PERSON = 200;

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final Trials trials;
  private final ShadowCounts shadows;

  public TrialsResource(
      Jdbi jdbi, IdempotencyKeys idempotency, Trials trials, ShadowCounts shadows) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.trials = trials;
    this.shadows = shadows;
  }

  private record Group(List<String> persons, BigDecimal share) {}

  @POST
  @Path("{id}/pilot")
  @RolesAllowed("approver")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response startPilot(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Group group = body.as(TrialsResource::group);
    return once(
        caller,
        request,
        body,
        (handle, actor) -> trials.startPilot(handle, id, group.persons, group.share, actor));
  }

  @POST
  @Path("{id}/pilot/end")
  @RolesAllowed("approver")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response endPilot(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    return end(Trials.PILOT, id, caller, body, request);
  }

  /** The pilot, and how people fare under its release beside those under the active one. */
  @GET
  @Path("{id}/pilot")
  public Response pilot(@PathParam("id") String id) {
    return jdbi.withHandle(
        handle -> {
          Trial pilot = trials.find(handle, Trials.PILOT, id);
          ObjectNode json = ReleaseJson.trial(pilot);
          json.set("figures", PilotFigures.of(handle, pilot));
          return Response.ok(CanonicalJson.of(json)).build();
        });
  }

  @POST
  @Path("{id}/shadow")
  @RolesAllowed({"author", "approver"})
  public Response startShadow(
      @PathParam("id") String id, @Auth Caller caller, @Context ContainerRequestContext request) {
    return once(caller, request, null, (handle, actor) -> trials.startShadow(handle, id, actor));
  }

  /** The shadow, and what it would have changed so far. */
  @GET
  @Path("{id}/shadow")
  public Response shadow(@PathParam("id") String id) {
    Trial shadow = jdbi.withHandle(handle -> trials.find(handle, Trials.SHADOW, id));
    ObjectNode json = ReleaseJson.trial(shadow);
    json.set("differences", ImpactReader.document(shadows.report(shadow.id()).toBytes()));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  @POST
  @Path("{id}/shadow/end")
  @RolesAllowed({"author", "approver"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response endShadow(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    return end(Trials.SHADOW, id, caller, body, request);
  }

  private Response end(
      String kind, String id, Caller caller, JsonBody body, ContainerRequestContext request) {
    String reason = body.as(fields -> fields.text("reason", ReleaseUpload.TEXT_MAX));
    return once(
        caller, request, body, (handle, actor) -> trials.end(handle, kind, id, actor, reason));
  }

  private Response once(
      Caller caller,
      ContainerRequestContext request,
      @Nullable JsonBody body,
      BiFunction<Handle, Actor, Trial> effect) {
    byte[] bytes = body == null ? new byte[0] : body.bytes();
    return idempotency.once(
        jdbi,
        IdempotentRequest.of(request, caller, bytes),
        handle ->
            new Answer(
                200,
                MediaType.APPLICATION_JSON,
                CanonicalJson.of(ReleaseJson.trial(effect.apply(handle, Actor.of(caller))))));
  }

  private static Group group(JsonFields fields) {
    List<String> persons = fields.texts("persons", LONGEST_PERSON);
    BigDecimal share = fields.decimal("share", BigDecimal.ZERO, BigDecimal.ONE);
    if (persons.isEmpty() && (share == null || share.signum() == 0)) {
      fields.problem("persons", "expected ids of persons, or a share of all, such as \"0.05\"");
    }
    return new Group(persons, share == null ? BigDecimal.ZERO : share);
  }
}

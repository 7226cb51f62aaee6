package rekindle.service.api;

import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.policy.Activation;
import rekindle.service.policy.Activations;
import rekindle.service.policy.Approvals;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.policy.PolicyWatch;
import rekindle.service.policy.ReleaseRecord;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** A release on its way: submitted, approved by a second person, activated, rolled back. */
@Path("/v1/policies")
@RolesAllowed("approver")
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalsResource {
  private static final int LONGEST_ID = 71;

  /** How long a caller waits for a switch that all processes prepare. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final Approvals approvals;
  private final Activations activations;
  private final PolicyWatch watch;

  public ApprovalsResource(
      Jdbi jdbi,
      IdempotencyKeys idempotency,
      Approvals approvals,
      Activations activations,
      PolicyWatch watch) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.approvals = approvals;
    this.activations = activations;
    this.watch = watch;
  }

  private record Activate(@Nullable Instant at, @Nullable String comment) {}

  private record RollBack(@Nullable String to, String reason) {}

  @POST
  @Path("releases/{id}/submit")
  @RolesAllowed("author")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response submit(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return once(
        caller, request, body, (handle, actor) -> approvals.submit(handle, id, actor, comment));
  }

  @POST
  @Path("releases/{id}/withdraw")
  @RolesAllowed("author")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response withdraw(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return once(
        caller, request, body, (handle, actor) -> approvals.withdraw(handle, id, actor, comment));
  }

  @POST
  @Path("releases/{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response approve(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return once(
        caller, request, body, (handle, actor) -> approvals.approve(handle, id, actor, comment));
  }

  @POST
  @Path("releases/{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response reject(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String reason = body.as(fields -> fields.requiredText("reason", ReleaseUpload.TEXT_MAX));
    return once(
        caller, request, body, (handle, actor) -> approvals.reject(handle, id, actor, reason));
  }

  @POST
  @Path("releases/{id}/comments")
  @RolesAllowed({"author", "approver"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response comment(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(fields -> fields.requiredText("comment", ReleaseUpload.TEXT_MAX));
    return once(
        caller, request, body, (handle, actor) -> approvals.comment(handle, id, actor, comment));
  }

  /** Answers once the release decides in all processes, or once it is scheduled. */
  @POST
  @Path("releases/{id}/activate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response activate(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Activate wanted = body.as(fields -> new Activate(fields.instant("at"), comment(fields)));
    return switched(
        caller,
        request,
        body,
        wanted.at == null,
        (handle, actor) -> activations.activate(handle, id, wanted.at, actor, wanted.comment));
  }

  @POST
  @Path("releases/{id}/unschedule")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response unschedule(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return once(
        caller,
        request,
        body,
        (handle, actor) -> activations.unschedule(handle, id, actor, comment));
  }

  /** Goes back to a release that was active before, and answers once all processes have. */
  @POST
  @Path("rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response rollBack(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    RollBack wanted =
        body.as(
            fields ->
                new RollBack(
                    fields.text("to", LONGEST_ID),
                    fields.requiredText("reason", ReleaseUpload.TEXT_MAX)));
    return switched(
        caller,
        request,
        body,
        true,
        (handle, actor) -> activations.rollBack(handle, wanted.to, actor, wanted.reason));
  }

  private Response once(
      Caller caller,
      ContainerRequestContext request,
      JsonBody body,
      BiFunction<Handle, Actor, ReleaseRecord> effect) {
    return idempotency.once(
        jdbi,
        IdempotentRequest.of(request, caller, body.bytes()),
        handle -> answer(handle, effect.apply(handle, Actor.of(caller))));
  }

  /** The switch is asked for in one transaction and comes about after it. */
  private Response switched(
      Caller caller,
      ContainerRequestContext request,
      JsonBody body,
      boolean atOnce,
      BiFunction<Handle, Actor, Activations.Requested> effect) {
    var asked = new AtomicLong();
    Response response =
        idempotency.once(
            jdbi,
            IdempotentRequest.of(request, caller, body.bytes()),
            handle -> {
              Activations.Requested requested = effect.apply(handle, Actor.of(caller));
              asked.set(requested.activation());
              return answer(handle, requested.release());
            });
    if (!atOnce || asked.get() == 0) {
      return response;
    }
    Activation activation = watch.await(asked.get(), PATIENCE);
    if (activation.isFailed()) {
      throw new ProblemException(
          ProblemType.ACTIVATION_FAILED.problem(
              Objects.requireNonNullElse(activation.message(), "")));
    }
    return jdbi.withHandle(
        handle ->
            IdempotencyKeys.response(answer(handle, approvals.get(handle, activation.release()))));
  }

  private Answer answer(Handle handle, ReleaseRecord release) {
    return new Answer(
        200,
        MediaType.APPLICATION_JSON,
        CanonicalJson.of(ReleaseJson.whole(release, approvals.history(handle, release.id()))));
  }

  private static @Nullable String comment(JsonFields fields) {
    return fields.text("comment", ReleaseUpload.TEXT_MAX);
  }
}

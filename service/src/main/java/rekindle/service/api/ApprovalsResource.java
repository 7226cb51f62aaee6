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
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonFields;
import rekindle.service.access.Caller;
import rekindle.service.policy.Activations;
import rekindle.service.policy.Approvals;

/** A release on its way: submitted, approved by a second person, activated. */
@Path("/v1/policies/releases")
@RolesAllowed("approver")
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalsResource {
  private final ReleaseChanges changes;
  private final Approvals approvals;
  private final Activations activations;

  public ApprovalsResource(ReleaseChanges changes, Approvals approvals, Activations activations) {
    this.changes = changes;
    this.approvals = approvals;
    this.activations = activations;
  }

  private record Activate(@Nullable Instant at, @Nullable String comment) {}

  @POST
  @Path("{id}/submit")
  @RolesAllowed("author")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response submit(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return changes.once(
        caller, request, body, (handle, actor) -> approvals.submit(handle, id, actor, comment));
  }

  @POST
  @Path("{id}/withdraw")
  @RolesAllowed("author")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response withdraw(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return changes.once(
        caller, request, body, (handle, actor) -> approvals.withdraw(handle, id, actor, comment));
  }

  @POST
  @Path("{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response approve(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return changes.once(
        caller, request, body, (handle, actor) -> approvals.approve(handle, id, actor, comment));
  }

  @POST
  @Path("{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response reject(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String reason = body.as(fields -> fields.requiredText("reason", ReleaseUpload.TEXT_MAX));
    return changes.once(
        caller, request, body, (handle, actor) -> approvals.reject(handle, id, actor, reason));
  }

  @POST
  @Path("{id}/comments")
  @RolesAllowed({"author", "approver"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response comment(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(fields -> fields.requiredText("comment", ReleaseUpload.TEXT_MAX));
    return changes.once(
        caller, request, body, (handle, actor) -> approvals.comment(handle, id, actor, comment));
  }

  /** Answers once the release decides in all processes, or once it is scheduled. */
  @POST
  @Path("{id}/activate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response activate(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Activate wanted = body.as(fields -> new Activate(fields.instant("at"), comment(fields)));
    return changes.switched(
        caller,
        request,
        body,
        wanted.at == null,
        (handle, actor) -> activations.activate(handle, id, wanted.at, actor, wanted.comment));
  }

  @POST
  @Path("{id}/unschedule")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response unschedule(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String comment = body.as(ApprovalsResource::comment);
    return changes.once(
        caller,
        request,
        body,
        (handle, actor) -> activations.unschedule(handle, id, actor, comment));
  }

  private static @Nullable String comment(JsonFields fields) {
    return fields.text("comment", ReleaseUpload.TEXT_MAX);
  }
}

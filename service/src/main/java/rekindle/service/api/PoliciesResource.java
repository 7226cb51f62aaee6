package rekindle.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.service.access.Caller;
import rekindle.service.policy.Activations;
import rekindle.service.policy.Approvals;
import rekindle.service.policy.ReleaseState;
import rekindle.service.policy.Trials;

/** What decides now, and the way back. */
@Path("/v1/policies")
@RolesAllowed({"author", "approver", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
public final class PoliciesResource {
  private static final int LONGEST_ID = 71;
  private static final int SCHEDULED_MAX = 100;

  private final Jdbi jdbi;
  private final ReleaseChanges changes;
  private final Approvals approvals;
  private final Activations activations;
  private final Trials trials;

  public PoliciesResource(
      Jdbi jdbi,
      ReleaseChanges changes,
      Approvals approvals,
      Activations activations,
      Trials trials) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.approvals = approvals;
    this.activations = activations;
    this.trials = trials;
  }

  private record RollBack(@Nullable String to, String reason) {}

  @GET
  public Response policy() {
    return jdbi.withHandle(handle -> Response.ok(CanonicalJson.of(policy(handle))).build());
  }

  private ObjectNode policy(Handle handle) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("active", ReleaseJson.line(approvals.latest(handle, ReleaseState.ACTIVE, 1).get(0)));
    var scheduled = json.putArray("scheduled");
    approvals
        .latest(handle, ReleaseState.SCHEDULED, SCHEDULED_MAX)
        .forEach(release -> scheduled.add(ReleaseJson.line(release)));
    json.set("pilot", trials.running(handle, Trials.PILOT).map(ReleaseJson::trial).orElse(null));
    json.set("shadow", trials.running(handle, Trials.SHADOW).map(ReleaseJson::trial).orElse(null));
    json.set("alarm", activations.alarm(handle).map(ReleaseJson::alarm).orElse(null));
    return json;
  }

  /** Goes back to a release that was active before, and answers once all processes have. */
  @POST
  @Path("rollback")
  @RolesAllowed("approver")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response rollBack(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    RollBack wanted =
        body.as(
            fields ->
                new RollBack(
                    fields.text("to", LONGEST_ID),
                    fields.requiredText("reason", ReleaseUpload.TEXT_MAX)));
    return changes.switched(
        caller,
        request,
        body,
        true,
        (handle, actor) -> activations.rollBack(handle, wanted.to, actor, wanted.reason));
  }
}

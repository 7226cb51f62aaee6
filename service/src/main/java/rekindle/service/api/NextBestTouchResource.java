package rekindle.service.api;

import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.Caller;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionRequest;

/** What to do next with a stored contact; asking advises and reserves nothing. */
@Path("/v1/contacts/{id}/next-best-touch")
@Produces(MediaType.APPLICATION_JSON)
public final class NextBestTouchResource {
  private final Decider decider;

  public NextBestTouchResource(Decider decider) {
    this.decider = decider;
  }

  @GET
  @RolesAllowed("sender")
  public Response decide(
      @Auth Caller caller,
      @PathParam("id") String contactId,
      @QueryParam("record") @Nullable String record) {
    return DecisionsResource.answer(
        decider.decide(
            DecisionRequest.of(contactId, QueryFlags.isTrue("record", record, true)),
            caller.client(),
            null));
  }
}

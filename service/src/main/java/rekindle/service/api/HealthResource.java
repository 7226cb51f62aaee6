package rekindle.service.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** For load balancers: whether the process lives, and whether requests should come. No details. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_PLAIN)
public final class HealthResource {
  private final Readiness readiness;

  HealthResource(Readiness readiness) {
    this.readiness = readiness;
  }

  @GET
  @Path("alive")
  public Response alive() {
    return Response.ok("alive\n").build();
  }

  @GET
  @Path("ready")
  public Response ready() {
    return readiness.isReady()
        ? Response.ok("ready\n").build()
        : Response.status(Response.Status.SERVICE_UNAVAILABLE).entity("not ready\n").build();
  }
}

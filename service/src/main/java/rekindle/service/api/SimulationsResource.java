package rekindle.service.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import rekindle.service.decide.SimulationRequest;
import rekindle.service.decide.Simulator;

/** What is to be expected by facts that the caller brings; nothing is kept and nothing reserved. */
@Path("/v1/simulations")
@Produces(MediaType.APPLICATION_JSON)
public final class SimulationsResource {
  private final Simulator simulator;
  private final InstantSource clock;

  public SimulationsResource(Simulator simulator, InstantSource clock) {
    this.simulator = simulator;
    this.clock = clock;
  }

  @POST
  @RolesAllowed({"sender", "operator", "auditor"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response simulate(JsonBody body) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return ContactCalendarResource.answer(
        simulator.calendar(SimulationRequest.read(body.node(), now)));
  }
}

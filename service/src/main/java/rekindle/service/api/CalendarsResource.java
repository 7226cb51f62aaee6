package rekindle.service.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.plan.Assumptions;
import rekindle.plan.CalendarWriter;
import rekindle.plan.ContactCalendar;
import rekindle.service.decide.SimulationRequest;
import rekindle.service.decide.Simulator;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** What is to be expected of people; nothing is kept and nothing reserved. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class CalendarsResource {
  private final Simulator simulator;
  private final InstantSource clock;

  public CalendarsResource(Simulator simulator, InstantSource clock) {
    this.simulator = simulator;
    this.clock = clock;
  }

  /** The calendar of facts that the caller brings, under assumptions. */
  @POST
  @Path("simulations")
  @RolesAllowed({"sender", "operator", "auditor"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response simulate(JsonBody body) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return answer(simulator.calendar(SimulationRequest.read(body.node(), now)));
  }

  /** The calendar of a stored contact, from now on. */
  @GET
  @Path("contacts/{id}/calendar")
  @RolesAllowed({"sender", "operator", "auditor"})
  public Response calendar(
      @PathParam("id") String contactId, @QueryParam("days") @Nullable String days) {
    return answer(simulator.calendar(contactId, days(days)));
  }

  private static int days(@Nullable String text) {
    if (text == null) {
      return Assumptions.DAYS_USUAL;
    }
    int days = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (days < 1 || days > Assumptions.DAYS_MAX) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "",
                      "the query parameter days takes a whole number from 1 to "
                          + Assumptions.DAYS_MAX))));
    }
    return days;
  }

  private static Response answer(ContactCalendar calendar) {
    return Response.ok(CalendarWriter.write(calendar), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}

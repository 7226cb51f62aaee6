package rekindle.service.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.json.Found;
import rekindle.json.JsonProblem;
import rekindle.plan.Assumptions;
import rekindle.plan.CalendarWriter;
import rekindle.plan.ContactCalendar;
import rekindle.service.decide.Simulator;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** What is to be expected of a stored contact; nothing is kept and nothing reserved. */
@Path("/v1/contacts/{id}/calendar")
@Produces(MediaType.APPLICATION_JSON)
public final class ContactCalendarResource {
  private final Simulator simulator;

  public ContactCalendarResource(Simulator simulator) {
    this.simulator = simulator;
  }

  @GET
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
                          + Assumptions.DAYS_MAX
                          + ", found "
                          + Found.quote(text)))));
    }
    return days;
  }

  /** A calendar is of its instant: the next one may differ. */
  static Response answer(ContactCalendar calendar) {
    return Response.ok(CalendarWriter.write(calendar), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}

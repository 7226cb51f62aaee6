package rekindle.service.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** What each type of problem means and what to do about it, as a short text. */
@Path(ProblemType.PATH)
@PermitAll
public final class ProblemsResource {
  private static final String CACHED = "public, max-age=86400";

  @GET
  @Path("{name}")
  @Produces("text/plain; charset=utf-8")
  public Response problem(@PathParam("name") String name) {
    ProblemType type =
        ProblemType.of(name)
            .orElseThrow(() -> new ProblemException(Problem.notFound("type of problem", name)));
    String text =
        """
        %s (%s, HTTP %s)

        %s

        %s
        """
            .formatted(
                type.title(),
                type.code(),
                Integer.toString(type.status()),
                type.meaning(),
                type.remedy());
    return Response.ok(text).header("Cache-Control", CACHED).build();
  }
}

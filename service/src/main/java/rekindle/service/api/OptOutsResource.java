package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.Rfc3339;
import rekindle.service.access.Caller;
import rekindle.service.optout.ReplyReviews;
import rekindle.service.optout.ReplyReviews.Outcome;
import rekindle.service.optout.RevocationReport;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** How noes took effect, and replies that a person should read. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class OptOutsResource {
  private static final int LISTED = 100;
  private static final int COMMENT_MAX = 500;
  private static final Duration USUAL = Duration.ofDays(30);
  private static final Vocabulary OUTCOME =
      Vocabulary.of(
          "outcome",
          "stands",
          "the reply was a no, and what it ended stays ended",
          "no_opt_out",
          "the reply was no no, and what it ended begins again");

  private final Jdbi jdbi;
  private final RevocationReport report;
  private final ReplyReviews reviews;
  private final PatientWrites writes;
  private final InstantSource clock;

  public OptOutsResource(
      Jdbi jdbi,
      RevocationReport report,
      ReplyReviews reviews,
      PatientWrites writes,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.report = report;
    this.reviews = reviews;
    this.writes = writes;
    this.clock = clock;
  }

  /** Noes that were received in a span of time; the last thirty days where it is not said. */
  @GET
  @Path("revocations")
  @RolesAllowed({"operator", "auditor"})
  public Response revocations(
      @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
    var problems = new ArrayList<JsonProblem>();
    Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    Instant end = to == null ? now : instant("to", to, problems);
    Instant start = from == null ? end.minus(USUAL) : instant("from", from, problems);
    if (!problems.isEmpty()) {
      throw new ProblemException(Problem.invalidInput(problems));
    }
    ObjectNode json = jdbi.inTransaction(handle -> report.of(handle, start, end));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  private static Instant instant(String name, String text, List<JsonProblem> problems) {
    Optional<Instant> instant = Rfc3339.parse(text);
    if (instant.isEmpty()) {
      problems.add(
          new JsonProblem(
              "",
              "the query parameter " + name + " takes an instant, such as 2026-03-10T15:00:00Z"));
    }
    return instant.orElse(Instant.EPOCH);
  }

  /** Replies that wait to be read, the oldest first. */
  @GET
  @Path("replies")
  @RolesAllowed("operator")
  public Response replies() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("replies");
    jdbi.withHandle(handle -> reviews.open(handle, LISTED)).forEach(array::add);
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  private record Review(Outcome outcome, @Nullable String comment) {}

  @POST
  @Path("replies/{id}/review")
  @RolesAllowed("operator")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response review(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Review review = body.as(OptOutsResource::review);
    UUID reply = uuid(id);
    return writes.once(
        request,
        caller,
        body,
        handle ->
            reviews
                .settle(handle, reply, review.outcome(), review.comment(), caller.client())
                .orElseThrow(() -> none(id)));
  }

  private static Review review(JsonFields fields) {
    String outcome = fields.requiredCode("outcome", OUTCOME);
    return new Review(
        outcome.equals("no_opt_out") ? Outcome.NO_OPT_OUT : Outcome.STANDS,
        fields.text("comment", COMMENT_MAX));
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException noUuid) {
      throw none(id);
    }
  }

  private static ProblemException none(String id) {
    return new ProblemException(Problem.notFound("reply that waits to be read", id));
  }
}

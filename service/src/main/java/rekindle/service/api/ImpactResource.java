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
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.impact.ImpactJob;
import rekindle.service.impact.ImpactJobs;
import rekindle.service.impact.ImpactOrder;
import rekindle.service.impact.ImpactRuns;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** What a release would change: jobs that decide again by it. */
@Path("/v1/policies/releases/{id}/impacts")
@RolesAllowed({"author", "approver", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
public final class ImpactResource {
  private static final int LISTED = 100;
  private static final int LONGEST_RELEASE = 100;
  private static final int DAYS = 30;
  private static final int DAYS_MAX = 3650;
  private static final int SAMPLE = 100_000;
  private static final int SAMPLE_MAX = 10_000_000;
  private static final byte[] NO_BODY = {};
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Jdbi jdbi;
  private final ImpactJobs jobs;
  private final ImpactRuns runs;
  private final Supplier<String> active;
  private final IdempotencyKeys idempotency;
  private final InstantSource clock;

  /**
   * @param active gives the id of the release that decides now
   */
  public ImpactResource(
      Jdbi jdbi,
      ImpactJobs jobs,
      ImpactRuns runs,
      Supplier<String> active,
      IdempotencyKeys idempotency,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.runs = runs;
    this.active = active;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** What the caller may choose. */
  private record Wanted(
      @Nullable String against,
      @Nullable Long recordedDays,
      @Nullable Long sample,
      @Nullable Boolean population) {
    static Wanted read(JsonFields fields) {
      return new Wanted(
          fields.text("against", LONGEST_RELEASE),
          fields.integer("recordedDays", 0, DAYS_MAX),
          fields.integer("sample", 1, SAMPLE_MAX),
          fields.bool("population"));
    }

    ImpactOrder order(String release, String active, String client, Instant asOf) {
      return new ImpactOrder(
          release,
          against == null ? active : against,
          Math.toIntExact(recordedDays == null ? DAYS : recordedDays),
          Math.toIntExact(sample == null ? SAMPLE : sample),
          population == null || population,
          client,
          asOf);
    }
  }

  /** Starts a job, and answers at once. */
  @POST
  @RolesAllowed({"author", "approver"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(
      @PathParam("id") String release,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Wanted wanted = body.as(Wanted::read);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ImpactOrder order = wanted.order(release, active.get(), caller.client(), now);
    var created = new ImpactJob[1];
    var reserved = new boolean[1];
    try {
      Response answer =
          idempotency.once(
              jdbi,
              IdempotentRequest.of(request, caller, body.bytes()),
              handle -> {
                requireReleases(handle, order);
                runs.reserve();
                reserved[0] = true;
                created[0] = jobs.create(handle, order);
                return answer(202, ImpactJson.of(created[0]));
              });
      boolean isRepeat = answer.getHeaderString(IdempotencyKeys.REPLAYED) != null;
      if (!isRepeat) {
        runs.start(created[0]);
        reserved[0] = false;
      }
      return located(answer);
    } finally {
      if (reserved[0]) {
        runs.release();
      }
    }
  }

  private void requireReleases(Handle handle, ImpactOrder order) {
    if (!jobs.knows(handle, order.release())) {
      throw new ProblemException(Problem.notFound("release", order.release()));
    }
    if (!jobs.knows(handle, order.against())) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "/against",
                      "there is no release \""
                          + order.against()
                          + "\"; leave it out to compare with the active one"))));
    }
  }

  /** Says where the job is, also in an answer that is repeated. */
  private static Response located(Response answer) {
    var job = StrictJson.read((byte[]) answer.getEntity());
    return Response.fromResponse(answer)
        .location(URI.create(job.path("links").path("self").textValue()))
        .build();
  }

  /** The newest first. */
  @GET
  public Response list(@PathParam("id") String release) {
    requireRelease(release);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = json.putArray("impacts");
    jobs.latest(release, LISTED).forEach(job -> listed.add(ImpactJson.of(job)));
    return IdempotencyKeys.response(answer(200, json));
  }

  @GET
  @Path("{job}")
  public Response find(@PathParam("id") String release, @PathParam("job") String job) {
    return IdempotencyKeys.response(answer(200, ImpactJson.of(get(release, job))));
  }

  @GET
  @Path("{job}/text")
  @Produces(MediaType.TEXT_PLAIN)
  public Response text(@PathParam("id") String release, @PathParam("job") String job) {
    return Response.ok(ImpactJson.text(get(release, job)), "text/plain;charset=utf-8").build();
  }

  /** Ends a job; what it has counted so far stays. */
  @POST
  @Path("{job}/cancel")
  @RolesAllowed({"author", "approver"})
  public Response cancel(
      @PathParam("id") String release,
      @PathParam("job") String job,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    UUID id = get(release, job).id();
    return idempotency.once(
        jdbi,
        IdempotentRequest.of(request, caller, NO_BODY),
        handle -> answer(200, ImpactJson.of(jobs.cancel(handle, release, id, caller.client()))));
  }

  private void requireRelease(String release) {
    if (!jdbi.withHandle(handle -> jobs.knows(handle, release))) {
      throw new ProblemException(Problem.notFound("release", release));
    }
  }

  private ImpactJob get(String release, String job) {
    return Optional.of(job)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString)
        .flatMap(id -> jobs.find(release, id))
        .orElseThrow(() -> new ProblemException(Problem.notFound("impact", job)));
  }

  private static Answer answer(int status, ObjectNode json) {
    return new Answer(status, MediaType.APPLICATION_JSON, CanonicalJson.of(json));
  }
}

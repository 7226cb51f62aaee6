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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.json.Rfc3339;
import rekindle.service.access.Caller;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.schedule.StopNames;
import rekindle.service.schedule.Watch;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.NextLooks;
import rekindle.service.store.ScheduleFigures;
import rekindle.service.store.Stops;
import rekindle.service.store.Stops.Stop;

/** How the schedule goes, its kill switches, and persons whom no look reaches. */
@Path("/v1/schedule")
@RolesAllowed({"operator", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduleResource {
  private static final int LISTED = 200;
  private static final int REASON_MAX = 500;
  private static final String EVERYTHING = "everything";
  private static final Vocabulary KIND =
      Vocabulary.of(
          "kind of stop",
          EVERYTHING,
          "nothing goes out",
          "program",
          "nothing of one program",
          "channel",
          "nothing on one channel",
          "sequence",
          "nothing of one sequence");

  private final Jdbi jdbi;
  private final Watch watch;
  private final StopNames names;
  private final TimeOrderedIds ids;
  private final PatientWrites writes;

  public ScheduleResource(
      Jdbi jdbi, Watch watch, StopNames names, TimeOrderedIds ids, PatientWrites writes) {
    this.jdbi = jdbi;
    this.watch = watch;
    this.names = names;
    this.ids = ids;
    this.writes = writes;
  }

  /** What is due, under way, in doubt and held up, and why. */
  @GET
  public Response status() {
    return answer(watch.document());
  }

  private static Response answer(ObjectNode json) {
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  @GET
  @Path("stops")
  public Response stops() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("stops");
    jdbi.withHandle(handle -> Stops.all(handle, LISTED)).forEach(stop -> array.add(json(stop)));
    return answer(json);
  }

  private record Wish(String kind, @Nullable String name, String reason) {}

  private Wish wish(JsonFields fields) {
    String kind = fields.requiredCode("kind", KIND);
    boolean isGiven = fields.node("name") != null;
    if (isGiven == kind.equals(EVERYTHING)) {
      fields.problem(
          "name",
          isGiven ? "everything has no name; leave it out" : "name which " + kind + " is to stop");
    }
    String name =
        switch (kind) {
          case "channel" -> fields.code("name", Vocabularies.CHANNEL);
          case "program" -> fields.code("name", names.programs());
          case "sequence" -> fields.code("name", names.sequences());
          default -> null;
        };
    return new Wish(kind, name, fields.requiredText("reason", REASON_MAX));
  }

  /** Stops touches from the next reservation on. */
  @POST
  @Path("stops")
  @RolesAllowed("operator")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response stop(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    Wish wish = body.as(this::wish);
    return writes.once(
        request,
        caller,
        body,
        handle -> {
          Stop stop =
              Stops.set(
                  handle, ids.next(), wish.kind(), wish.name(), wish.reason(), caller.client());
          audit(handle, "stop_set", stop, caller, wish.reason());
          return json(stop);
        });
  }

  @POST
  @Path("stops/{id}/lift")
  @RolesAllowed("operator")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response lift(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String reason = body.as(fields -> fields.requiredText("reason", REASON_MAX));
    return writes.once(
        request,
        caller,
        body,
        handle -> {
          UUID stopId = uuid(id, "stop");
          Stop stop =
              Stops.find(handle, stopId)
                  .orElseThrow(() -> new ProblemException(Problem.notFound("stop", id)));
          if (Stops.lift(handle, stopId, caller.client())) {
            audit(handle, "stop_lifted", stop, caller, reason);
          }
          return json(Stops.find(handle, stopId).orElse(stop));
        });
  }

  private static UUID uuid(String id, String what) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException none) {
      throw new ProblemException(Problem.notFound(what, id));
    }
  }

  private void audit(Handle handle, String kind, Stop stop, Caller caller, String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", caller.client())
        .put("kind", kind)
        .put("name", stop.name())
        .put("person", caller.person())
        .put("reason", reason)
        .put("stop", stop.id().toString())
        .put("stops", stop.kind())
        .put("v", 1);
    DecisionStore.append(
        handle, List.of(new AuditEvent(ids.next(), kind, null, CanonicalJson.of(body))));
  }

  private static ObjectNode json(Stop stop) {
    Instant lifted = stop.liftedAt();
    return JsonNodeFactory.instance
        .objectNode()
        .put("client", stop.client())
        .put("id", stop.id().toString())
        .put("kind", stop.kind())
        .put("liftedAt", lifted == null ? null : text(lifted))
        .put("liftedBy", stop.liftedBy())
        .put("name", stop.name())
        .put("reason", stop.reason())
        .put("since", text(stop.since()));
  }

  private static String text(Instant instant) {
    return Rfc3339.format(instant);
  }

  /** Persons who cannot be looked at, the latest first. */
  @GET
  @Path("parked")
  public Response parked() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("parked");
    jdbi.withHandle(handle -> ScheduleFigures.parked(handle, LISTED))
        .forEach(
            one ->
                array
                    .addObject()
                    .put("personId", one.personId())
                    .put("reason", one.reason())
                    .put("since", text(one.since())));
    return answer(json);
  }

  /** Has a parked person looked at again. */
  @POST
  @Path("parked/{person}/release")
  @RolesAllowed("operator")
  public Response release(
      @PathParam("person") String person,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    return writes.once(
        request,
        caller,
        handle -> {
          if (!NextLooks.unpark(handle, person)) {
            throw new ProblemException(Problem.notFound("parked person", person));
          }
          return JsonNodeFactory.instance
              .objectNode()
              .put("personId", person)
              .put("result", "released");
        });
  }
}

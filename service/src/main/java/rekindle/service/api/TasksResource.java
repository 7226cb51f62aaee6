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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.CanonicalJson;
import rekindle.json.Found;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.Rfc3339;
import rekindle.service.access.Caller;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.schedule.Tasks;
import rekindle.service.schedule.Tasks.Answer;
import rekindle.service.store.TaskStore;
import rekindle.service.store.TaskStore.Task;

/** What people do by hand: calls, LinkedIn messages, and those who said yes. */
@Path("/v1/tasks")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class TasksResource {
  private static final int LISTED = 200;
  private static final int NOTE_MAX = 5_000;

  private final Jdbi jdbi;
  private final Tasks tasks;
  private final PatientWrites writes;

  public TasksResource(Jdbi jdbi, Tasks tasks, PatientWrites writes) {
    this.jdbi = jdbi;
    this.tasks = tasks;
    this.writes = writes;
  }

  /** Open tasks, the most urgent first. */
  @GET
  public Response open(@QueryParam("channel") @Nullable String channel) {
    if (channel != null && Channel.of(channel).isEmpty()) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "",
                      "the query parameter channel: "
                          + Found.unknown("channel", channel, Vocabularies.CHANNEL.codes())))));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("tasks");
    jdbi.withHandle(handle -> TaskStore.open(handle, channel, LISTED))
        .forEach(task -> array.add(json(task)));
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  @GET
  @Path("{id}")
  public Response find(@PathParam("id") String id) {
    UUID task = uuid(id);
    ObjectNode json =
        jdbi.withHandle(handle -> TaskStore.find(handle, task))
            .map(TasksResource::json)
            .orElseThrow(() -> none(id));
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  /**
   * Takes a task for half an hour at most; a touch is decided once more, and may be none any more.
   */
  @POST
  @Path("{id}/claim")
  public Response claim(
      @PathParam("id") String id, @Auth Caller caller, @Context ContainerRequestContext request) {
    UUID task = uuid(id);
    return tasks.patiently(
        () ->
            writes.once(
                request, caller, handle -> json(id, tasks.claim(handle, task, caller.client()))));
  }

  private record Ending(String disposition, @Nullable String note) {}

  private static Ending ending(JsonFields fields) {
    return new Ending(
        fields.requiredCode("disposition", Tasks.DISPOSITION), fields.text("note", NOTE_MAX));
  }

  /** Ends a task; what the person said is obeyed before the answer, a no whoever tells it. */
  @POST
  @Path("{id}/done")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response done(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Ending ending = body.as(TasksResource::ending);
    UUID task = uuid(id);
    Function<Handle, ObjectNode> effect =
        handle ->
            json(
                id, tasks.done(handle, task, caller.client(), ending.disposition(), ending.note()));
    return writes.once(request, caller, body, effect);
  }

  private static ObjectNode json(String id, Optional<Answer> answer) {
    Answer found = answer.orElseThrow(() -> none(id));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accepted", found.accepted());
    json.set("findings", PreflightResource.told(found.findings()));
    json.put("obeyed", found.obeyed());
    ArrayNode reasons = json.putArray("reasons");
    found.reasons().forEach(reasons::add);
    json.put("script", found.script());
    json.set("task", json(found.task()));
    return json;
  }

  private static ProblemException none(String id) {
    return new ProblemException(Problem.notFound("task", id));
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException noTask) {
      throw none(id);
    }
  }

  private static ObjectNode json(Task task) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("channel", task.channel())
        .put("claimedBy", task.claimedBy())
        .put("claimedUntil", text(task.claimedUntil()))
        .put("contactId", task.contactId())
        .put("createdAt", text(task.createdAt()))
        .put("decisionId", task.decisionId().toString())
        .put("disposition", task.disposition())
        .put("doneAt", text(task.doneAt()))
        .put("dueBy", text(task.dueBy()))
        .put("id", task.id().toString())
        .put("kind", task.kind())
        .put("reason", task.reason())
        .put("touchId", task.touchId());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Rfc3339.format(instant);
  }
}

package rekindle.service.api;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.code.Vocabulary;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.service.access.Caller;
import rekindle.service.people.People;
import rekindle.service.people.PersonJson;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.IdentityChanges;
import rekindle.service.store.IdentityChanges.Change;

/** Persons: who is whom, everything that is held about one, and forgetting one. */
@Path("/v1/persons")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class PersonsResource {
  private static final int REASON_MAX = 500;
  private static final int LONGEST_ID = 200;
  private static final int CONTACTS_MAX = 500;
  private static final Vocabulary BASIS =
      Vocabulary.of(
          "basis of an erasure",
          "request",
          "the person asked for it",
          "retention",
          "there is no reason any more to keep it",
          "order",
          "a court or an authority ordered it");

  private final Jdbi jdbi;
  private final People people;
  private final PatientWrites writes;

  public PersonsResource(Jdbi jdbi, People people, PatientWrites writes) {
    this.jdbi = jdbi;
    this.people = people;
    this.writes = writes;
  }

  private record Wish(List<String> contacts, String reason) {}

  @GET
  @Path("{id}")
  public Response find(@PathParam("id") String id) {
    return answer(jdbi.inTransaction(handle -> people.find(handle, id)), id);
  }

  /** Everything that is held about a person; who asked is written to the audit log. */
  @GET
  @Path("{id}/export")
  public Response export(@PathParam("id") String id, @Auth Caller caller) {
    return answer(jdbi.inTransaction(handle -> people.export(handle, id, caller.client())), id);
  }

  private static Response answer(Optional<ObjectNode> found, String id) {
    ObjectNode json = found.orElseThrow(() -> new ProblemException(Problem.notFound("person", id)));
    return Response.ok(PersonJson.bytes(json)).header("Cache-Control", "no-store").build();
  }

  @POST
  @Path("{id}/erasure")
  @RolesAllowed("admin")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response erase(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String basis = body.as(fields -> fields.requiredCode("basis", BASIS));
    return writes.once(
        request,
        caller,
        body,
        handle ->
            people
                .erase(handle, id, basis, caller.client())
                .orElseThrow(() -> new ProblemException(Problem.notFound("person", id))));
  }

  @POST
  @Path("merges")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response merge(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    return change(request, caller, body, 2, people::merge);
  }

  @POST
  @Path("splits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response split(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    return change(request, caller, body, 1, people::split);
  }

  private interface Making {
    Change of(Handle handle, List<String> contacts, String reason, String client);
  }

  private Response change(
      ContainerRequestContext request, Caller caller, JsonBody body, int least, Making making) {
    Wish wish = body.as(fields -> wish(fields, least));
    return writes.once(
        request,
        caller,
        body,
        handle -> {
          mustBeKnown(handle, wish);
          return PersonJson.of(making.of(handle, wish.contacts(), wish.reason(), caller.client()));
        });
  }

  private static Wish wish(JsonFields fields, int least) {
    List<String> contacts = fields.texts("contacts", LONGEST_ID).stream().distinct().toList();
    if (contacts.size() < least || contacts.size() > CONTACTS_MAX) {
      fields.problem(
          "contacts", "name " + least + " to " + CONTACTS_MAX + " contacts by their ids");
    }
    return new Wish(contacts, fields.requiredText("reason", REASON_MAX));
  }

  private void mustBeKnown(Handle handle, Wish wish) {
    List<String> unknown = people.unknown(handle, wish.contacts());
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          Problem.invalidInput(
              unknown.stream()
                  .map(
                      id ->
                          new JsonProblem(
                              "/contacts/" + wish.contacts().indexOf(id),
                              "there is no contact \"" + id + "\""))
                  .toList()));
    }
  }

  @GET
  @Path("changes/{change}")
  public Response change(@PathParam("change") String change) {
    ObjectNode json = jdbi.inTransaction(handle -> PersonJson.of(change(handle, change)));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  @POST
  @Path("changes/{change}/undo")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response undo(
      @PathParam("change") String change,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String reason = body.as(fields -> fields.requiredText("reason", REASON_MAX));
    return writes.once(
        request,
        caller,
        body,
        handle ->
            PersonJson.of(
                people.undo(handle, change(handle, change).id(), reason, caller.client())));
  }

  private static Change change(Handle handle, String id) {
    Optional<Change> found;
    try {
      found = IdentityChanges.find(handle, UUID.fromString(id));
    } catch (IllegalArgumentException noUuid) {
      found = Optional.empty();
    }
    return found.orElseThrow(() -> new ProblemException(Problem.notFound("change of persons", id)));
  }
}

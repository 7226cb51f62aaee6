package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.ContactDocument;
import rekindle.service.intake.ContactIntake;
import rekindle.service.intake.ContactIntake.Result;
import rekindle.service.intake.ContactJson;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactReader;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.StoredContact;

/** Contacts with their related records, from a system of record without files. */
@Path("/v1/contacts")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class ContactsResource {
  private static final int STREAMS_MAX = 8;

  private final Jdbi jdbi;
  private final ContactIntake contacts;
  private final ContactReader reader;
  private final IdempotencyKeys idempotency;
  private final TimeOrderedIds ids;
  private final InstantSource clock;
  private final Places places = new Places(STREAMS_MAX, "streams of contacts");

  public ContactsResource(
      Jdbi jdbi,
      ContactIntake contacts,
      ContactReader reader,
      IdempotencyKeys idempotency,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.contacts = contacts;
    this.reader = reader;
    this.idempotency = idempotency;
    this.ids = ids;
    this.clock = clock;
  }

  /** One contact: created or brought up to date, with all that its document tells. */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    ContactDocument document = ContactDocument.read(body.node(), id, 0);
    return ContactIntake.patiently(
        () ->
            idempotency.once(
                jdbi,
                IdempotentRequest.of(request, caller, body.bytes()),
                handle -> answer(document, contacts.put(handle, document))));
  }

  private static Answer answer(ContactDocument document, Result result) {
    return new Answer(
        result == Result.CREATED ? 201 : 200,
        MediaType.APPLICATION_JSON,
        CanonicalJson.of(told(document, result)));
  }

  static ObjectNode told(ContactDocument document, Result result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", document.contact().id());
    json.put("result", result.code());
    if (!document.warnings().isEmpty()) {
      ArrayNode warnings = json.putArray("warnings");
      for (JsonProblem warning : document.warnings()) {
        warnings.addObject().put("pointer", warning.pointer()).put("message", warning.message());
      }
    }
    return json;
  }

  /** Many contacts: one document a line, one answer a line, in order. */
  @POST
  @Consumes({SpooledAnswers.NDJSON, "application/jsonl", "application/json-lines"})
  @Produces(SpooledAnswers.NDJSON)
  @BodyLimit(BodyLimit.UNLIMITED)
  public Response putAll(InputStream body) throws IOException {
    return SpooledAnswers.of(places, body, new ContactLines(jdbi, contacts)::answer);
  }

  /** The record as it is held, with its addresses; who read it is written to the audit log. */
  @GET
  @Path("{id}")
  public Response find(@PathParam("id") String id, @Auth Caller caller) throws SQLException {
    StoredContact contact =
        jdbi.inTransaction(
            handle -> {
              StoredContact found =
                  reader
                      .find(handle, id, clock.instant())
                      .orElseThrow(() -> new ProblemException(Problem.notFound("contact", id)));
              DecisionStore.insertEvents(handle, List.of(read(found, caller)));
              return found;
            });
    return Response.ok(ContactJson.write(contact)).build();
  }

  private AuditEvent read(StoredContact contact, Caller caller) {
    byte[] body =
        new CanonicalJson()
            .startObject()
            .key("actor")
            .text(caller.client())
            .key("kind")
            .text("contact_read")
            .key("subject")
            .text(contact.subjectRef().toString())
            .key("v")
            .integer(1)
            .endObject()
            .toBytes();
    return new AuditEvent(ids.next(), "contact_read", contact.subjectRef(), body);
  }
}

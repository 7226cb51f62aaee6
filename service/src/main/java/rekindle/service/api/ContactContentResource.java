package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.CanonicalJson;
import rekindle.service.access.Caller;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.message.ContentDocument;
import rekindle.service.message.MergeField;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactContent;
import rekindle.service.store.DecisionStore;

/** What messages may say of a contact. */
@Path("/v1/contacts/{id}/content")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class ContactContentResource {
  private final Jdbi jdbi;
  private final ContactContent content;
  private final PatientWrites writes;
  private final TimeOrderedIds ids;

  public ContactContentResource(
      Jdbi jdbi, ContactContent content, PatientWrites writes, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.content = content;
    this.writes = writes;
    this.ids = ids;
  }

  /** Puts a document in the place of the one before. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("id") String id,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Map<String, String> fields = new TreeMap<>();
    body.as(ContentDocument::read).forEach((field, value) -> fields.put(field.code(), value));
    return writes.once(request, caller, body, handle -> replaced(handle, id, fields));
  }

  private ObjectNode replaced(Handle handle, String id, Map<String, String> fields) {
    if (!content.replace(handle, id, fields)) {
      throw none(id);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    ArrayNode names = json.putArray("fields");
    fields.keySet().forEach(names::add);
    return json;
  }

  private static ProblemException none(String id) {
    return new ProblemException(Problem.notFound("contact", id));
  }

  /** The document as it is held; who read it is written to the audit log. */
  @GET
  public Response find(@PathParam("id") String id, @Auth Caller caller) {
    Map<String, String> fields =
        jdbi.inTransaction(
            handle -> {
              UUID subject = content.subject(handle, id).orElseThrow(() -> none(id));
              DecisionStore.append(handle, List.of(read(subject, caller)));
              return content.find(handle, id);
            });
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (MergeField field : MergeField.values()) {
      String value = fields.get(field.code());
      if (value != null) {
        json.put(field.code(), value);
      }
    }
    return Response.ok(CanonicalJson.of(json)).header("Cache-Control", "no-store").build();
  }

  private AuditEvent read(UUID subject, Caller caller) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", caller.client())
        .put("kind", "contact_content_read")
        .put("subject", subject.toString())
        .put("v", 1);
    return new AuditEvent(ids.next(), "contact_content_read", subject, CanonicalJson.of(body));
  }
}

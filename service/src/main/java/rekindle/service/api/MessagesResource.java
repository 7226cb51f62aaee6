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
import java.time.InstantSource;
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
import rekindle.service.message.Finding;
import rekindle.service.message.MergeField;
import rekindle.service.message.Preflight;
import rekindle.service.message.SmsSegments;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactContent;
import rekindle.service.store.DecisionStore;

/** What messages may say of contacts, and the check of messages before they leave. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class MessagesResource {
  private final Jdbi jdbi;
  private final ContactContent content;
  private final Preflight preflight;
  private final PatientWrites writes;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  public MessagesResource(
      Jdbi jdbi,
      ContactContent content,
      Preflight preflight,
      PatientWrites writes,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.jdbi = jdbi;
    this.content = content;
    this.preflight = preflight;
    this.writes = writes;
    this.ids = ids;
    this.clock = clock;
  }

  /** Puts a document in the place of the one before. */
  @PUT
  @Path("contacts/{id}/content")
  @RolesAllowed("operator")
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
  @Path("contacts/{id}/content")
  @RolesAllowed("operator")
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

  /** Checks a rendered message; keeps and sends nothing. */
  @POST
  @Path("preflight")
  @RolesAllowed({"sender", "operator", "author"})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response check(JsonBody body) {
    PreflightRequest asked = body.as(PreflightRequest::read);
    Preflight.Report report =
        preflight.check(
            asked.draft(), asked.channel(), asked.jurisdictions(), List.of(), clock.instant());
    return Response.ok(CanonicalJson.of(told(report))).build();
  }

  private static ObjectNode told(Preflight.Report report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("passes", report.passes());
    ArrayNode findings = json.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode one = findings.addObject();
      one.put("severity", finding.blocks() ? "error" : "warning")
          .put("code", finding.code())
          .put("text", finding.text())
          .put("citation", finding.citation());
      if (finding.element() != null) {
        one.put("element", finding.element());
      }
      if (finding.row() != null) {
        one.put("row", finding.row()).put("rule", finding.rule());
      }
    }
    SmsSegments segments = report.segments();
    if (segments != null) {
      json.putObject("segments")
          .put("encoding", segments.encoding())
          .put("units", segments.units())
          .put("count", segments.segments());
    }
    return json;
  }
}

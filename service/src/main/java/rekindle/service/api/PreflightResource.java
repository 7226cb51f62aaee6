package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import rekindle.json.CanonicalJson;
import rekindle.service.message.Finding;
import rekindle.service.message.Preflight;
import rekindle.service.message.SmsSegments;

/** The check of messages before they leave. */
@Path("/v1/preflight")
@Produces(MediaType.APPLICATION_JSON)
public final class PreflightResource {
  private final Preflight preflight;
  private final InstantSource clock;

  public PreflightResource(Preflight preflight, InstantSource clock) {
    this.preflight = preflight;
    this.clock = clock;
  }

  /** Checks a rendered message; keeps and sends nothing. */
  @POST
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
    json.set("findings", told(report.findings()));
    SmsSegments segments = report.segments();
    if (segments != null) {
      json.putObject("segments")
          .put("encoding", segments.encoding())
          .put("units", segments.units())
          .put("count", segments.segments());
    }
    return json;
  }

  static ArrayNode told(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      ObjectNode one = array.addObject();
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
    return array;
  }
}

package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.impact.ImpactReader;
import rekindle.impact.ImpactText;
import rekindle.json.Rfc3339;
import rekindle.service.impact.ImpactJob;
import rekindle.service.impact.ImpactOrder;

/** Impacts as JSON and as text. */
final class ImpactJson {
  private ImpactJson() {}

  static String path(ImpactJob job) {
    return "/v1/policies/releases/" + job.order().release() + "/impacts/" + job.id();
  }

  static ObjectNode of(ImpactJob job) {
    ImpactOrder order = job.order();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", job.id().toString());
    json.put("release", order.release());
    json.put("against", order.against());
    json.put("client", order.client());
    json.put("state", job.state().code());
    if (job.message() != null) {
      json.put("message", job.message());
    }
    json.putObject("parameters")
        .put("recordedDays", order.recordedDays())
        .put("sample", order.sample())
        .put("population", order.population());
    json.put("asOf", Rfc3339.format(order.asOf()));
    json.putObject("progress").put("done", job.done()).put("total", job.total());
    if (job.report() != null) {
      json.set("report", ImpactReader.document(job.report()));
    }
    instant(json, "startedAt", job.startedAt());
    instant(json, "heartbeatAt", job.heartbeatAt());
    instant(json, "finishedAt", job.finishedAt());
    json.putObject("links").put("self", path(job)).put("text", path(job) + "/text");
    return json;
  }

  /** What a person reads in a terminal. */
  static String text(ImpactJob job) {
    ImpactOrder order = job.order();
    var text = new StringBuilder();
    text.append("Impact of ").append(order.release()).append('\n');
    text.append("against   ").append(order.against()).append('\n');
    text.append(job.state().code())
        .append(", ")
        .append(job.done())
        .append(" of ")
        .append(job.total());
    text.append(job.message() == null ? "" : ": " + job.message()).append("\n");
    if (job.report() != null) {
      JsonNode report = ImpactReader.document(job.report());
      String recorded =
          "Decisions recorded in %d days, of which there are %d; whoever was decided for several times counts as often"
              .formatted(order.recordedDays(), report.path("available").longValue());
      part(text, recorded, report.path("recorded"));
      part(
          text,
          "Contacts as they are known, decided for " + Rfc3339.format(order.asOf()),
          report.path("population"));
    }
    return text.toString();
  }

  private static void part(StringBuilder text, String what, JsonNode impact) {
    if (impact.isObject()) {
      text.append('\n').append(ImpactText.of(what, ImpactReader.read(impact)));
    }
  }

  private static void instant(ObjectNode json, String field, @Nullable Instant at) {
    if (at != null) {
      json.put(field, Rfc3339.format(at));
    }
  }
}

package rekindle.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;
import rekindle.service.intake.ImportJob;

/** Imports as JSON. */
final class ImportJson {
  static final String PATH = "/v1/imports/";

  private ImportJson() {}

  static ObjectNode of(ImportJob job) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", job.id().toString());
    json.put("type", job.type());
    json.put("fileName", job.fileName());
    json.put("client", job.client());
    json.put("dryRun", job.dryRun());
    json.put("state", job.state().code());
    if (job.message() != null) {
      json.put("message", job.message());
    }
    ObjectNode rows = json.putObject("rows");
    rows.put("read", job.counts().read());
    rows.put("changed", job.counts().changed());
    rows.put("unchanged", job.counts().unchanged());
    json.put("errors", job.counts().errors());
    json.put("warnings", job.counts().warnings());
    instant(json, "startedAt", job.startedAt());
    instant(json, "heartbeatAt", job.heartbeatAt());
    instant(json, "finishedAt", job.finishedAt());
    ObjectNode links = json.putObject("links");
    links.put("self", PATH + job.id());
    links.put("errors", PATH + job.id() + "/errors");
    return json;
  }

  private static void instant(ObjectNode json, String field, @Nullable Instant at) {
    if (at != null) {
      json.put(field, Rfc3339.format(at));
    }
  }
}

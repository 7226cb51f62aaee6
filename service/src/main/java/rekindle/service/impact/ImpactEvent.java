package rekindle.service.impact;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.service.hash.Sha256;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;

/**
 * A change of a job, as the audit log keeps it.
 *
 * @param kind {@code impact_started}, {@code impact_finished} or {@code impact_cancelled}
 * @param actor the client that asked for it
 * @param report whose SHA-256 proves that it stayed what it was; null before there is any
 */
// Written once and never compared.
@SuppressWarnings("ArrayRecordComponent")
record ImpactEvent(
    String kind,
    String actor,
    UUID job,
    String release,
    String against,
    ImpactJob.State state,
    byte @Nullable [] report) {
  static final String STARTED = "impact_started";
  static final String FINISHED = "impact_finished";
  static final String CANCELLED = "impact_cancelled";

  void insert(Handle handle, UUID event) {
    DecisionStore.insertEvent(handle, new AuditEvent(event, kind, null, body(event)));
  }

  private byte[] body(UUID event) {
    var json = new CanonicalJson().startObject();
    json.key("actor").text(actor);
    json.key("against").text(against);
    json.key("event").text(event.toString());
    json.key("job").text(job.toString());
    json.key("kind").text(kind);
    json.key("release").text(release);
    json.key("report").text(report == null ? null : "sha256:" + Sha256.hex(report));
    json.key("state").text(state.code());
    json.key("v").integer(1);
    return json.endObject().toBytes();
  }
}

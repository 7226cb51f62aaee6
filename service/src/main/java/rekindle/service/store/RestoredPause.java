package rekindle.service.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import rekindle.json.CanonicalJson;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.Stops.Stop;

/**
 * The kill switch that a restored store begins with (RELIABILITY, section 2.7): it does not know of
 * what was handed over after its backup was taken, and would hand it over again.
 */
public final class RestoredPause {
  /** Who set it, for the audit log. */
  public static final String CLIENT = "restore";

  private RestoredPause() {}

  /**
   * Stops everything until somebody lifts it, in the caller's transaction.
   *
   * @param takenAt when the backup was taken, RFC 3339
   */
  public static Stop set(Handle handle, String takenAt, TimeOrderedIds ids) {
    String reason =
        "Restored from the backup of %s: what was handed over since then is not known here. Post each platform's list of what it accepted since then to /v1/reconciliations, then lift this switch."
            .formatted(takenAt);
    Stop stop = Stops.set(handle, ids.next(), "everything", null, reason, CLIENT);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", CLIENT)
        .put("backup", takenAt)
        .put("kind", "stop_set")
        .putNull("name")
        .put("reason", reason)
        .put("stop", stop.id().toString())
        .put("stops", stop.kind())
        .put("v", 1);
    DecisionStore.append(
        handle, List.of(new AuditEvent(ids.next(), "stop_set", null, CanonicalJson.of(body))));
    return stop;
  }
}

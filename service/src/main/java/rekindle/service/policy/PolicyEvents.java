package rekindle.service.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.service.access.Caller;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;

/**
 * Tells what was done with a release: to its history, and to the audit log, in the transaction that
 * does it. Thread-safe.
 */
public final class PolicyEvents {
  private static final String INSERT =
      """
      insert into release_event (id, release_id, action, client, person, comment)
      values (:id, :release, :action, :client, :person, :comment)
      """;

  private final TimeOrderedIds ids;

  public PolicyEvents(TimeOrderedIds ids) {
    this.ids = ids;
  }

  /** Who does something: a client, and the person who holds its keys. */
  public record Actor(String client, String person) {
    public static Actor of(Caller caller) {
      return new Actor(caller.client(), caller.person());
    }
  }

  void tell(Handle handle, String release, String action, Actor actor, @Nullable String comment) {
    tell(handle, release, action, actor, comment, Map.of());
  }

  /**
   * @param details what else there is to say of it, for the audit log
   */
  void tell(
      Handle handle,
      String release,
      String action,
      Actor actor,
      @Nullable String comment,
      Map<String, String> details) {
    UUID id = ids.next();
    handle
        .createUpdate(INSERT)
        .bind("id", id)
        .bind("release", release)
        .bind("action", action)
        .bind("client", actor.client)
        .bind("person", actor.person)
        .bind("comment", comment)
        .execute();
    String kind = "release_" + action;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    details.forEach(body::put);
    body.put("actor", actor.client)
        .put("comment", comment)
        .put("event", id.toString())
        .put("kind", kind)
        .put("person", actor.person)
        .put("release", release)
        .put("v", 1);
    DecisionStore.insertEvent(handle, new AuditEvent(id, kind, null, CanonicalJson.of(body)));
  }
}

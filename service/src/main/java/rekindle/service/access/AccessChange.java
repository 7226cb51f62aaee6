package rekindle.service.access;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;

/**
 * A change of who may call, as the audit log keeps it.
 *
 * @param actor the client that made it
 * @param change what was done, such as {@code key_issued}
 * @param key the id of the key, which is no secret; null if no key changed
 * @param roles codes; those that the client has from now on, if they changed
 */
record AccessChange(
    String actor, String change, String client, @Nullable String key, List<String> roles) {
  static final String KIND = "access_changed";

  static AccessChange ofClient(String actor, String change, String client, Collection<Role> roles) {
    return new AccessChange(
        actor, change, client, null, roles.stream().map(Role::code).distinct().sorted().toList());
  }

  static AccessChange ofKey(String actor, String change, String client, String key) {
    return new AccessChange(actor, change, client, key, List.of());
  }

  /** Canonical JSON. */
  byte[] body(UUID event) {
    var json = new CanonicalJson().startObject();
    json.key("actor").text(actor);
    json.key("change").text(change);
    json.key("client").text(client);
    json.key("event").text(event.toString());
    json.key("key").text(key);
    json.key("kind").text(KIND);
    json.key("roles").startArray();
    roles.forEach(json::text);
    json.endArray();
    json.key("v").integer(1);
    return json.endObject().toBytes();
  }
}

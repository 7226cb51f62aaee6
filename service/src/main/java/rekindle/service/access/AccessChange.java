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
 * @param person who holds the client's keys from now on, if that changed; null if not
 * @param key the id of the key, which is no secret; null if no key changed
 * @param roles codes; those that the client has from now on, if they changed
 */
record AccessChange(
    String actor,
    String change,
    String client,
    @Nullable String person,
    @Nullable String key,
    List<String> roles) {
  static final String KIND = "access_changed";

  static AccessChange ofClient(String actor, String change, String client, Collection<Role> roles) {
    return new AccessChange(
        actor,
        change,
        client,
        null,
        null,
        roles.stream().map(Role::code).distinct().sorted().toList());
  }

  static AccessChange ofKey(String actor, String change, String client, String key) {
    return new AccessChange(actor, change, client, null, key, List.of());
  }

  static AccessChange ofPerson(String actor, String client, String person) {
    return new AccessChange(actor, "person_changed", client, person, null, List.of());
  }

  AccessChange heldBy(String holder) {
    return new AccessChange(actor, change, client, holder, key, roles);
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
    json.key("person").text(person);
    json.key("roles").startArray();
    roles.forEach(json::text);
    json.endArray();
    json.key("v").integer(1);
    return json.endObject().toBytes();
  }
}

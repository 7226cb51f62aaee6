package rekindle.service.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;

/**
 * Something that others are told, until they have taken it.
 *
 * @param endpoint whom: the name of a platform, {@link #EVERYBODY}, or a mailbox as {@link #mailed}
 *     says it
 * @param kind such as {@code touch.recalled}
 * @param subject the contact that it is about; null for none
 * @param data canonical JSON; not copied
 */
public record Notification(
    UUID id, String endpoint, String kind, @Nullable String subject, byte[] data) {
  /** Whoever the configuration names for all that is not for one platform. */
  public static final String EVERYBODY = "notifications";

  /** Begins the endpoints that are mailboxes; no name of a platform has a colon. */
  static final String MAILED = "mail:";

  /** Whoever has these touches asked for them, and is not told by webhook. */
  private static final Set<String> BY_NOBODY_TOLD = Set.of("pull", "task");

  /** A mailbox as an endpoint: each is told by itself, until it has taken it. */
  public static String mailed(String mailbox) {
    return MAILED + mailbox;
  }

  /** A platform is asked not to send a touch that it has. */
  static Notification recalled(UUID id, OpenTouches.Recalled touch) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("contactId", touch.contactId());
    data.put("reason", touch.why());
    data.put("touchId", touch.touchId());
    String route = touch.route();
    return of(
        id,
        route == null || BY_NOBODY_TOLD.contains(route) ? EVERYBODY : route,
        "touch.recalled",
        touch.contactId(),
        data);
  }

  public static Notification of(
      UUID id, String endpoint, String kind, @Nullable String subject, ObjectNode data) {
    return new Notification(id, endpoint, kind, subject, CanonicalJson.of(data));
  }
}

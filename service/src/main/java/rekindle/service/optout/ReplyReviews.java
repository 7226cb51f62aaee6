package rekindle.service.optout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.ContactStore;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.PreferenceStore;
import rekindle.service.store.ReplyStore;
import rekindle.service.store.ReplyStore.Kept;

/**
 * Replies that a person should read, because a machine could not tell for certain what they mean.
 * What they ended stays ended until somebody says that they did not mean it. Within the caller's
 * transaction. Thread-safe.
 */
public final class ReplyReviews {
  /** What a reader says of a reply: its no stands, or it was none. */
  public enum Outcome {
    STANDS,
    NO_OPT_OUT;

    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final ReplyStore replies;
  private final PreferenceStore preferences;
  private final ContactStore contacts;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  public ReplyReviews(
      ReplyStore replies,
      PreferenceStore preferences,
      ContactStore contacts,
      TimeOrderedIds ids,
      InstantSource clock) {
    this.replies = replies;
    this.preferences = preferences;
    this.contacts = contacts;
    this.ids = ids;
    this.clock = clock;
  }

  /** Replies that wait to be read, the oldest first. */
  public List<ObjectNode> open(Handle handle, int most) {
    return replies.open(handle, most).stream().map(ReplyReviews::json).toList();
  }

  private static ObjectNode json(Kept reply) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", reply.id().toString())
        .put("contactId", reply.contactId())
        .put("at", Rfc3339.format(reply.at()))
        .put("channel", reply.channel())
        .put("meaning", reply.meaning())
        .put("row", reply.row())
        .put("rule", reply.rule())
        .put("text", reply.text());
  }

  /**
   * Settles a reply once; empty if there is none of that id that waits.
   *
   * @param comment null if there is nothing to say
   */
  public Optional<ObjectNode> settle(
      Handle handle, UUID id, Outcome outcome, @Nullable String comment, String client) {
    Optional<Kept> found = replies.find(handle, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Kept reply = found.get();
    PersonLocks.lock(handle, List.of(reply.contactId()));
    if (!replies.settle(handle, id, outcome.code(), comment, client)) {
      return Optional.empty();
    }
    int resumed = outcome == Outcome.NO_OPT_OUT ? takeBack(handle, reply) : 0;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", client)
        .put("kind", "reply_reviewed")
        .put("outcome", outcome.code())
        .put("reply", id.toString())
        .put("suppressionsEnded", resumed)
        .put("v", 1);
    DecisionStore.append(
        handle,
        List.of(new AuditEvent(ids.next(), "reply_reviewed", null, CanonicalJson.of(body))));
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.toString())
            .put("outcome", outcome.code())
            .put("suppressionsEnded", resumed));
  }

  /** Ends what the reply, and nothing else, ended: it begins at the reply's own instant. */
  private int takeBack(Handle handle, Kept reply) {
    Instant now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    List<Row<Suppression>> own =
        preferences.inForce(handle, reply.contactId(), now).stream()
            .filter(row -> row.value().since().equals(reply.at()))
            .toList();
    contacts.suppressions(handle, PreferenceStore.ended(own, now));
    preferences.endAddressesSince(handle, reply.contactId(), reply.at(), now);
    return own.size();
  }
}

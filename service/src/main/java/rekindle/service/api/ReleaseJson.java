package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;
import rekindle.json.StrictJson;
import rekindle.release.PolicyMerge;
import rekindle.release.PolicyTables;
import rekindle.service.policy.Activation;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.policy.ReleaseRecord;
import rekindle.service.policy.Trial;

/** The JSON of releases and of what is done with them. */
final class ReleaseJson {
  static final String RELEASES = "/v1/policies/releases";

  private ReleaseJson() {}

  /** Where a release stands, in a few words. */
  static ObjectNode line(ReleaseRecord release) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", release.id());
    json.put("state", release.state().code());
    json.put("title", release.title());
    json.put("base", release.base());
    json.put("baseIsActive", release.isBaseActive());
    json.put("mergeNeeded", isMergeNeeded(release));
    json.put("errors", release.errors());
    json.put("warnings", release.warnings());
    ArrayNode authors = json.putArray("authors");
    release.authors().forEach(author -> authors.add(actor(author)));
    Actor approver = release.approver();
    json.set("approver", approver == null ? null : actor(approver));
    json.put("uploadedAt", Rfc3339.format(release.uploadedAt()));
    json.put("changedAt", Rfc3339.format(release.changedAt()));
    json.put("activatesAt", instant(release.activatesAt()));
    String self = RELEASES + "/" + release.id();
    json.putObject("links").put("self", self).put("diff", self + "/diff");
    return json;
  }

  /** All that is known of a release. */
  static ObjectNode whole(ReleaseRecord release, List<ReleaseRecord.Event> history) {
    ObjectNode json = line(release);
    json.set("findings", StrictJson.read(release.findings()));
    ArrayNode events = json.putArray("history");
    for (ReleaseRecord.Event event : history) {
      events
          .addObject()
          .put("at", Rfc3339.format(event.at()))
          .put("action", event.action())
          .put("client", event.actor().client())
          .put("person", event.actor().person())
          .put("comment", event.comment());
    }
    ObjectNode workbooks = json.putObject("workbooks");
    for (String name : PolicyTables.workbooks()) {
      workbooks.put(name, RELEASES + "/" + release.id() + "/" + name + ".xlsx");
    }
    return json;
  }

  /** A pilot or shadow. */
  static ObjectNode trial(Trial trial) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", trial.id().toString());
    json.put("release", trial.release());
    if (trial.share() != null) {
      json.put("share", trial.share().toPlainString());
      json.put("persons", trial.named());
    }
    json.put("startsAt", Rfc3339.format(trial.startsAt()));
    json.put("endsAt", instant(trial.endsAt()));
    json.put("endReason", trial.endReason());
    json.put("startedBy", trial.actor().person());
    return json;
  }

  static ObjectNode alarm(Activation failed) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("release", failed.release())
        .put("at", instant(failed.finishedAt()))
        .put("message", failed.message());
  }

  static ObjectNode conflict(PolicyMerge.Conflict conflict) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("workbook", conflict.workbook())
        .put("sheet", conflict.sheet())
        .put("id", conflict.id())
        .put("column", conflict.column())
        .put("reason", conflict.reason())
        .put("base", conflict.base())
        .put("mine", conflict.mine())
        .put("active", conflict.theirs());
  }

  private static boolean isMergeNeeded(ReleaseRecord release) {
    boolean isOpen =
        switch (release.state()) {
          case DRAFT, SUBMITTED, APPROVED, SCHEDULED -> true;
          case REJECTED, ACTIVE, RETIRED -> false;
        };
    return isOpen && release.base() != null && !release.isBaseActive();
  }

  private static ObjectNode actor(Actor actor) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("client", actor.client())
        .put("person", actor.person());
  }

  private static @Nullable String instant(@Nullable Instant at) {
    return at == null ? null : Rfc3339.format(at);
  }
}

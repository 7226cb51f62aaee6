package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblems;

/**
 * An event in an envelope of <a href="https://cloudevents.io">CloudEvents 1.0</a>: id, source and
 * time are the envelope's, the kind is the last part of its type, the subject is the contact unless
 * the data names it. Extensions are passed over.
 */
final class CloudEvent {
  private static final int LONGEST = 200;

  private CloudEvent() {}

  static EventDocument read(
      JsonNode node, String pointer, String client, Instant now, JsonProblems problems) {
    JsonFields fields = JsonFields.of(node, pointer, problems);
    String version = fields.requiredText("specversion", LONGEST);
    if (version.startsWith("0")) {
      fields.problem("specversion", "expected 1.0");
    }
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("id", fields.requiredText("id", LONGEST));
    envelope.put("source", fields.requiredText("source", LONGEST));
    Instant time = fields.instant("time");
    if (time != null) {
      envelope.put("at", rekindle.json.Rfc3339.format(time));
    }
    String type = fields.requiredText("type", LONGEST);
    envelope.put("kind", type.substring(type.lastIndexOf('.') + 1).replace('-', '_'));
    String subject = fields.text("subject", LONGEST);
    JsonNode data = data(node, fields);
    if (subject != null && !names(data)) {
      envelope.put("contactId", subject);
    }
    return EventDocument.read(data, pointer + "/data", envelope, client, now, problems);
  }

  private static JsonNode data(JsonNode node, JsonFields fields) {
    if (node.has("data_base64")) {
      fields.problem("data_base64", "expected data as a JSON object");
    }
    JsonNode data = node.get("data");
    return data == null || data.isNull() ? JsonNodeFactory.instance.objectNode() : data;
  }

  private static boolean names(JsonNode data) {
    return data.has("contactId") || data.has("email") || data.has("phone");
  }

  /**
   * The structured form of an event in binary form.
   *
   * @param attributes by their names without {@code ce-}, in lower case
   * @param data null if the body is empty
   */
  static ObjectNode structured(Map<String, String> attributes, @Nullable JsonNode data) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    attributes.forEach(node::put);
    if (data != null) {
      node.set("data", data);
    }
    return node;
  }
}

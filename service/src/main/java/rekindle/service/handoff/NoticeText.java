package rekindle.service.handoff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification in words: ids, codes, instants and links alone, since mailboxes of a team are read
 * by many and kept for long.
 */
record NoticeText(String subject, String text) {
  private static final Map<String, String> FOLLOW_UPS =
      Map.of(
          "positive_reply", "A reply needs a person",
          "booking", "A booking needs a person");
  private static final Map<String, String> TOUCHES =
      Map.of(
          "phone", "A call is to be made",
          "linkedin", "A LinkedIn message is to be sent");

  /**
   * @param data of the notification
   * @param baseUrl of the API, without a slash at its end
   */
  static NoticeText of(String kind, JsonNode data, String baseUrl) {
    return switch (kind) {
      case "task.created" -> task(data, baseUrl);
      case "alarm.raised" ->
          alarm("Alarm: " + value(data, "alarm"), value(data, "text") + ".", baseUrl);
      case "alarm.over" ->
          alarm(
              "Alarm is over: " + value(data, "alarm"),
              "What raised the alarm has passed.",
              baseUrl);
      case "touch.recalled" -> recalled(data, baseUrl);
      default -> new NoticeText(kind, kind + " happened.\n");
    };
  }

  private static NoticeText task(JsonNode data, String baseUrl) {
    String id = value(data, "taskId");
    boolean followUp = value(data, "kind").equals("follow_up");
    String what =
        (followUp ? FOLLOW_UPS : TOUCHES)
            .getOrDefault(value(data, followUp ? "reason" : "channel"), "A task needs a person");
    var text = new StringBuilder(what).append(".\n\n");
    line(text, "Task", id);
    line(text, "Contact", value(data, "contactId"));
    line(text, "Touch", value(data, "touchId"));
    line(text, "Reason", value(data, "reason"));
    line(text, "Channel", value(data, "channel"));
    line(text, "Due by", value(data, "dueBy"));
    text.append("\nSee it:  GET %1$s/v1/tasks/%2$s\n".formatted(baseUrl, id))
        .append("Take it: POST %1$s/v1/tasks/%2$s/claim\n".formatted(baseUrl, id));
    return new NoticeText(what + ": task " + id, text.toString());
  }

  private static NoticeText alarm(String subject, String text, String baseUrl) {
    return new NoticeText(
        subject, text + "\n\nHow the schedule goes: GET " + baseUrl + "/v1/schedule\n");
  }

  private static NoticeText recalled(JsonNode data, String baseUrl) {
    String id = value(data, "touchId");
    var text = new StringBuilder("A touch must not be sent any more.\n\n");
    line(text, "Touch", id);
    line(text, "Contact", value(data, "contactId"));
    line(text, "Reason", value(data, "reason"));
    text.append("\nSee it: GET ").append(baseUrl).append("/v1/touches/").append(id).append('\n');
    return new NoticeText("A touch is recalled: " + id, text.toString());
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }

  /** In one line; empty if there is none. */
  private static String value(JsonNode data, String name) {
    @Nullable String text = data.path(name).textValue();
    return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
  }
}

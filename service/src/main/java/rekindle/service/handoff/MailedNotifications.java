package rekindle.service.handoff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import rekindle.service.message.MailConfiguration;
import rekindle.service.message.TeamNotice;
import rekindle.service.store.Notification;

/** The part {@code handOver.notifications.mail} of {@code config.yml}: who is told by e-mail. */
public final class MailedNotifications {
  private static final Set<String> KINDS =
      Set.of("task.created", "alarm.raised", "alarm.over", "touch.recalled");

  @JsonProperty @NotNull private List<String> to = List.of();
  @JsonProperty @NotNull private String from = "";

  @JsonProperty @NotNull
  private List<String> kinds = List.of("task.created", "alarm.raised", "alarm.over");

  /** Mailboxes alone, without names; empty if nobody is told. */
  public List<String> to() {
    return List.copyOf(to);
  }

  /** A mailbox with or without a name; empty for that of {@code mail.from}. */
  public String from() {
    return from;
  }

  /** The endpoints that are told notifications of a kind. */
  List<String> endpoints(String kind) {
    return kinds.contains(kind) ? to.stream().map(Notification::mailed).toList() : List.of();
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "notifications.mail.to must be different mailboxes such as team@example.com, without names")
  public boolean isToUsable() {
    return to.stream().allMatch(TeamNotice::isMailbox) && Set.copyOf(to).size() == to.size();
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "notifications.mail.from must be a mailbox such as Rekindle <rekindle@example.com>, or empty for mail.from")
  public boolean isFromUsable() {
    return from.isBlank() || MailConfiguration.isMailbox(from);
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "notifications.mail.kinds are of task.created, alarm.raised, alarm.over and touch.recalled; at least one"
              + " where to names somebody")
  public boolean isKnown() {
    return KINDS.containsAll(kinds) && (to.isEmpty() || !kinds.isEmpty());
  }
}

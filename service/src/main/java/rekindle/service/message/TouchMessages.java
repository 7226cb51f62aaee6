package rekindle.service.message;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;

/** The messages of decisions, rendered and checked. Thread-safe. */
public final class TouchMessages {
  private final Messages messages;
  private final Preflight preflight;

  public TouchMessages(Messages messages, Preflight preflight) {
    this.messages = messages;
    this.preflight = preflight;
  }

  /**
   * What a message is made of besides its decision.
   *
   * @param content merge fields by their codes, as the store has them
   * @param jurisdictions every candidate, as the facts of the decision have them
   * @param unsubscribeUrl null where the touch has none
   * @param zone in which the end of an offer is told
   */
  public record Surroundings(
      Map<String, String> content,
      List<String> jurisdictions,
      @Nullable String unsubscribeUrl,
      ZoneId zone) {
    public Surroundings {
      content = Map.copyOf(content);
      jurisdictions = List.copyOf(jurisdictions);
    }
  }

  /**
   * The message of a decision's touch, which may be sent if it passed. A template that nobody wrote
   * is a finding too: {@code template_unknown}.
   *
   * @throws NullPointerException if the decision has no touch
   */
  public Preflight.Checked prepare(Decision decision, Surroundings surroundings, Instant now) {
    PlannedTouch touch = Objects.requireNonNull(decision.touch(), "a decision with a touch");
    MessageRequest request =
        MessageRequest.of(
            decision,
            ContentDocument.of(surroundings.content()),
            surroundings.unsubscribeUrl(),
            surroundings.zone());
    RenderedMessage message;
    try {
      message = messages.render(request);
    } catch (UnknownTemplate unknown) {
      return Preflight.Checked.refused(
          Finding.error("template_unknown", String.valueOf(unknown.getMessage())));
    }
    return preflight.check(message, surroundings.jurisdictions(), touch.requiredElements(), now);
  }
}

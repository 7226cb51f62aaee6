package rekindle.service.message;

import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.Channel;

/**
 * What one message is made of.
 *
 * @param template as decisions name it, such as {@code stalled.2.email}
 * @param sequence tells campaigns apart where links are followed
 * @param language BCP 47; English where it is null, or nothing is there in it
 * @param requiredElements what the decision demands; texts of few characters carry no more
 * @param unsubscribeUrl null where the touch has none
 * @param zone in which the end of an offer is told
 */
public record MessageRequest(
    String template,
    String sequence,
    Channel channel,
    @Nullable String language,
    Map<MergeField, String> fields,
    @Nullable Offer offer,
    Set<String> requiredElements,
    @Nullable String unsubscribeUrl,
    ZoneId zone) {
  public MessageRequest {
    var copy = new EnumMap<MergeField, String>(MergeField.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
    requiredElements = Set.copyOf(requiredElements);
  }

  /**
   * The message of a decision's touch.
   *
   * @throws NullPointerException if the decision has no touch
   */
  public static MessageRequest of(
      Decision decision,
      Map<MergeField, String> fields,
      @Nullable String unsubscribeUrl,
      ZoneId zone) {
    PlannedTouch touch = Objects.requireNonNull(decision.touch(), "a decision with a touch");
    return new MessageRequest(
        touch.template(),
        touch.sequence(),
        touch.channel(),
        touch.language(),
        fields,
        Offer.of(decision.incentive()),
        Set.copyOf(touch.requiredElements()),
        unsubscribeUrl,
        zone);
  }
}

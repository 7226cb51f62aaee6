package rekindle.service.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Money;

/**
 * The incentive of a message.
 *
 * @param value what it is worth to the person; null where that is no sum
 * @param validUntil the end of its term, which is kept
 */
public record Offer(String code, @Nullable Money value, Instant validUntil) {
  /** Null where the decision grants none. */
  static @Nullable Offer of(Decision.@Nullable Incentive incentive) {
    return incentive == null
        ? null
        : new Offer(incentive.code(), incentive.value(), incentive.validUntil());
  }
}

package rekindle.service.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.service.policy.PolicyEvents.Actor;

/**
 * A release that is tried before it decides for everybody.
 *
 * @param share of persons for whom it decides, 0 to 1, besides those that are named; null if it
 *     decides without effect, for everybody
 * @param named how many persons are named
 * @param endsAt null while it runs
 */
public record Trial(
    UUID id,
    String release,
    @Nullable BigDecimal share,
    long named,
    Instant startsAt,
    @Nullable Instant endsAt,
    Actor actor,
    @Nullable String endReason) {}

package rekindle.service.record;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param amount in {@code currency}, or null
 * @param cancelled a cancelled order is no purchase
 */
public record Purchase(
    Instant orderedAt, @Nullable BigDecimal amount, @Nullable String currency, boolean cancelled) {}

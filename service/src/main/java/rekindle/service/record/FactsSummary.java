package rekindle.service.record;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Orders;

/**
 * What a whole facts document tells of a contact in sums, where a system of record tells single
 * rows from which they would follow.
 *
 * @param until the document was whole at this instant: dates that follow from responses follow from
 *     later ones alone
 * @param channelHealth state of channels as the document tells it, beside what holds for all
 */
public record FactsSummary(
    Instant until, @Nullable Orders orders, Map<Channel, String> channelHealth) {
  public FactsSummary {
    channelHealth = Map.copyOf(channelHealth);
  }
}

package rekindle.service.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * A platform's own list of all the touches that it accepted in a span.
 *
 * @param route the platform's name, or {@code pull}
 * @param client who asked for the touches; null for a platform that is told
 * @param from the first instant of the span
 * @param to after its last instant
 */
public record PlatformList(
    String route, @Nullable String client, Instant from, Instant to, List<Accepted> accepted) {
  public PlatformList {
    accepted = List.copyOf(accepted);
  }

  /**
   * A touch that the platform accepted.
   *
   * @param touchId the idempotency key under which it came
   * @param named what it was, as the hand-over told; null where the platform kept no more than the
   *     key
   */
  public record Accepted(String touchId, Instant acceptedAt, @Nullable Named named) {}

  /**
   * What a touch was.
   *
   * @param personId of the decision; null where it was not kept
   * @param incentive code of the incentive that came with it; null for none
   */
  public record Named(
      String contactId,
      @Nullable String personId,
      String sequence,
      int step,
      Channel channel,
      @Nullable String incentive) {}
}

package rekindle.eligibility;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.rule.Hit;

/**
 * Which channels of a person may be used at one instant.
 *
 * @param closed the noes that close every channel by themselves, with their rows
 * @param elements required message elements of each channel, by name
 */
public record Eligibility(
    Instant at,
    Map<Channel, ChannelState> channels,
    List<Closed> closed,
    Map<Channel, List<String>> elements) {

  public Eligibility {
    channels = new EnumMap<>(channels);
    closed = List.copyOf(closed);
  }

  /** A suppression or do-not-contact that closes every channel, until its end or for ever. */
  public record Closed(String code, Hit hit, @Nullable Instant until) {}

  public ChannelState channel(Channel channel) {
    return Optional.ofNullable(channels.get(channel)).orElseThrow();
  }
}

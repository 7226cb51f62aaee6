package rekindle.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.rule.Hit;

/**
 * Which channels of a person may be used at one instant. A channel is worked out when it is first
 * asked for, because a look ahead asks for one or two. One for each instant of a decision; confined
 * to one thread.
 */
public final class Eligibility {
  private final Look look;
  private final @Nullable ChannelState[] states = new ChannelState[Channel.ALL.size()];

  Eligibility(Look look) {
    this.look = look;
  }

  /** A suppression or do-not-contact that closes every channel, until its end or for ever. */
  public record Closed(String code, Hit hit, @Nullable Instant until) {}

  public ChannelState channel(Channel channel) {
    ChannelState state = states[channel.ordinal()];
    if (state == null) {
      state = look.state(channel);
      states[channel.ordinal()] = state;
    }
    return state;
  }

  /** All six, in their order. */
  public List<ChannelState> channels() {
    var channels = new ArrayList<ChannelState>(states.length);
    for (Channel channel : Channel.ALL) {
      channels.add(channel(channel));
    }
    return channels;
  }

  /** The noes that close every channel by themselves, with their rows. */
  public List<Closed> closed() {
    return look.closed();
  }

  /** Elements that a message on the channel must carry, by name. */
  public List<String> elements(Channel channel) {
    return look.elements(channel);
  }
}

package rekindle.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.rule.Hit;

/**
 * The channel that serves a step, and its opening.
 *
 * @param notBefore when it may be used; null where that waits for a person or a list
 * @param notAfter how long; null where not before is
 * @param hit the row of Preference or Fallback that decided
 */
public record ChannelChoice(
    Channel channel, @Nullable Instant notBefore, @Nullable Instant notAfter, Hit hit) {}

package rekindle.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Touch;

/**
 * A response that a walk takes for given. Immutable.
 *
 * @param kind a code of the contract
 * @param disposition a code of the contract; null where it is not known
 * @param channel null = the channel of the touch that it follows, else none
 */
public record AssumedResponse(
    Moment moment, String kind, @Nullable String disposition, @Nullable Channel channel) {

  /** When the response comes. */
  public sealed interface Moment {
    <T> T match(Function<At, T> at, Function<After, T> after);
  }

  /** At an instant. */
  public record At(Instant instant) implements Moment {
    @Override
    public <T> T match(Function<At, T> at, Function<After, T> after) {
      return at.apply(this);
    }
  }

  /** Some time after the first touch of a step that reaches the person. */
  public record After(String sequence, int step, Duration delay) implements Moment {
    @Override
    public <T> T match(Function<At, T> at, Function<After, T> after) {
      return after.apply(this);
    }

    boolean follows(Touch touch) {
      return touch.sequence().equals(sequence) && touch.step() == step;
    }
  }

  Response at(Instant instant, @Nullable Channel usual) {
    return new Response(instant, channel == null ? usual : channel, kind, disposition);
  }
}

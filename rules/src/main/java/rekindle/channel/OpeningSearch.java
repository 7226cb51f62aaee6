package rekindle.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.eligibility.ChannelState;
import rekindle.eligibility.Eligibility;
import rekindle.facts.Channel;
import rekindle.touch.Limits;

/** Finds the first opening of a channel; DECIDING.md section 3, "Opening". */
final class OpeningSearch {
  private final Function<Instant, Eligibility> looks;
  private final Limits limits;

  /**
   * @param looks eligibility at an instant, now or ahead
   */
  OpeningSearch(Function<Instant, Eligibility> looks, Limits limits) {
    this.looks = looks;
    this.limits = limits;
  }

  /** An opening, or none: for good, or only until a person or a list has been asked. */
  record Found(
      Channel channel, boolean forGood, @Nullable Instant notBefore, @Nullable Instant notAfter) {

    /** How long after the start the channel opens; as long as can be where that is not known. */
    long waitsMs(Instant start) {
      return notBefore == null ? Long.MAX_VALUE : Duration.between(start, notBefore).toMillis();
    }
  }

  /**
   * The first opening from an instant on, within the planning horizon after it.
   *
   * @param mayAskOnly whether the sequence only asks for permission again
   */
  Found from(Instant start, Channel channel, boolean mayAskOnly, Duration valid) {
    Instant horizon = start.plus(limits.planningHorizon());
    Instant at = start;
    while (!at.isAfter(horizon)) {
      ChannelState state = looks.apply(at).channel(channel);
      if (state.isRePermissionOnly() && !mayAskOnly) {
        return new Found(channel, true, null, null);
      }
      if (state.isAllowed()) {
        Instant notAfter = notAfter(at, state, valid);
        if (notAfter.isAfter(at)) {
          return new Found(channel, false, at, notAfter);
        }
        at = passedOver(at, state);
      } else if (state.isDeniedWithoutEnd()) {
        return new Found(channel, state.isDeniedForGood(), null, null);
      } else {
        at = state.lastUntil();
      }
    }
    return new Found(channel, true, null, null);
  }

  private Instant notAfter(Instant at, ChannelState state, Duration valid) {
    Instant notAfter = at.plus(valid);
    Instant closes = state.closes();
    if (closes != null) {
      notAfter = earlier(notAfter, closes.minus(limits.closingMargin()));
    }
    Instant groundEnds = state.groundEnds();
    return groundEnds == null ? notAfter : earlier(notAfter, groundEnds);
  }

  /** What is left of this opening is too short: look again where it ends. */
  private static Instant passedOver(Instant at, ChannelState state) {
    Instant closes = state.closes();
    Instant groundEnds = state.groundEnds();
    Instant end =
        groundEnds == null ? closes : closes == null ? groundEnds : earlier(closes, groundEnds);
    return end == null || !end.isAfter(at) ? at.plusMillis(1) : end;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}

package rekindle.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.Touches;

/** How often a person was touched, and said no, in rolling windows that end at one instant. */
final class RecentCounts {
  private static final Set<Channel> CALLS_AND_TEXTS = EnumSet.of(Channel.PHONE, Channel.SMS);

  private final ContactFacts facts;
  private final List<No> noes;
  private final Instant at;

  /**
   * @param noes all that were said, those that have ended by themselves too
   */
  RecentCounts(ContactFacts facts, List<No> noes, Instant at) {
    this.facts = facts;
    this.noes = noes;
    this.at = at;
  }

  /** The last counted touch on the channel; null where there is none. */
  @Nullable Instant lastTouchAt(Channel channel) {
    Instant last = null;
    for (Touch touch : facts.touches()) {
      if (touch.channel() == channel && counts(touch)) {
        last = last == null || touch.at().isAfter(last) ? touch.at() : last;
      }
    }
    return last;
  }

  /** How often that happened which a row of Caps counts for the channel. */
  long within(Channel channel, CodeList counted, long windowMs) {
    return instantsWithin(channel, counted, windowMs).size();
  }

  /** When that happened which a row of Caps counts for the channel, oldest first. */
  List<Instant> instantsWithin(Channel channel, CodeList counted, long windowMs) {
    var within = new ArrayList<Instant>();
    for (Touch touch : facts.touches()) {
      if (isCounted(touch, channel, counted) && isWithin(touch.at(), windowMs)) {
        within.add(touch.at());
      }
    }
    for (No no : noes) {
      Instant since = no.since();
      if (since != null && isCounted(no, channel, counted) && isWithin(since, windowMs)) {
        within.add(since);
      }
    }
    within.sort(Comparator.naturalOrder());
    return within;
  }

  private boolean isCounted(Touch touch, Channel channel, CodeList counted) {
    var codes = counted.codes();
    Channel of = touch.channel();
    return counts(touch)
        && (codes.contains("every_channel")
            || (of == channel && codes.contains("same_channel"))
            || (CALLS_AND_TEXTS.contains(of) && codes.contains("calls_and_texts")));
  }

  private boolean isCounted(No no, Channel channel, CodeList counted) {
    Instant since = no.since();
    return since != null
        && !since.isAfter(at)
        && counted.codes().contains(no.what())
        && no.isOn(channel);
  }

  private boolean counts(Touch touch) {
    return Touches.countsForCaps(touch) && !touch.at().isAfter(at);
  }

  private boolean isWithin(@Nullable Instant event, long windowMs) {
    return event != null && at.toEpochMilli() - event.toEpochMilli() < windowMs;
  }
}

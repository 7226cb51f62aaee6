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
  private static final Set<Channel> EVERY_CHANNEL = EnumSet.allOf(Channel.class);
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
  long within(Channel channel, String counted, long windowMs) {
    if (counted.equals("refusals")) {
      return refusalsWithin(channel, windowMs).size();
    }
    long count = 0;
    Set<Channel> channels = channels(channel, counted);
    for (Touch touch : facts.touches()) {
      if (channels.contains(touch.channel()) && counts(touch) && isWithin(touch.at(), windowMs)) {
        count++;
      }
    }
    return count;
  }

  /** When that happened which a row of Caps counts for the channel, oldest first. */
  List<Instant> instantsWithin(Channel channel, String counted, long windowMs) {
    if (counted.equals("refusals")) {
      return refusalsWithin(channel, windowMs);
    }
    var within = new ArrayList<Instant>();
    Set<Channel> channels = channels(channel, counted);
    for (Touch touch : facts.touches()) {
      if (channels.contains(touch.channel()) && counts(touch) && isWithin(touch.at(), windowMs)) {
        within.add(touch.at());
      }
    }
    within.sort(Comparator.naturalOrder());
    return within;
  }

  private List<Instant> refusalsWithin(Channel channel, long windowMs) {
    var within = new ArrayList<Instant>();
    for (No no : noes) {
      Instant since = no.since();
      if (since != null
          && no.isRefusalOn(channel)
          && !since.isAfter(at)
          && isWithin(since, windowMs)) {
        within.add(since);
      }
    }
    within.sort(Comparator.naturalOrder());
    return within;
  }

  private static Set<Channel> channels(Channel channel, String counted) {
    return switch (counted) {
      case "same_channel" -> EnumSet.of(channel);
      case "calls_and_texts" -> CALLS_AND_TEXTS;
      default -> EVERY_CHANNEL;
    };
  }

  private boolean counts(Touch touch) {
    return Touches.countsForCaps(touch) && !touch.at().isAfter(at);
  }

  private boolean isWithin(Instant event, long windowMs) {
    return at.toEpochMilli() - event.toEpochMilli() < windowMs;
  }
}

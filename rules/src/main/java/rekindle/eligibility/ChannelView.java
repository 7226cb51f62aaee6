package rekindle.eligibility;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** One channel of a person at an instant, as the rows compare it. */
public final class ChannelView {
  private final Channel channel;
  private final Person person;
  private final String reach;
  private final String health;
  private final String expressConsent;

  ChannelView(Channel channel, Person person) {
    this.channel = channel;
    this.person = person;
    this.reach = person.reach(channel);
    this.health = person.health(channel);
    this.expressConsent = person.expressConsent(channel);
  }

  public Channel channel() {
    return channel;
  }

  /** State of the address; {@code none} where there is none. */
  public String getReach() {
    return reach;
  }

  public String getHealth() {
    return health;
  }

  /**
   * The strongest express consent to the channel: {@code none}, {@code express} or {@code
   * express_written}.
   */
  public String getExpressConsent() {
    return expressConsent;
  }

  /** Whole months since the latest express consent; unknown is {@link Long#MIN_VALUE}. */
  public long getConsentMonths() {
    return person.consentMonths(channel);
  }

  /**
   * Whether a ground is held with the proof, that is young enough and, where asked, given, used or
   * heard from recently enough; ages in months.
   */
  public boolean groundHolds(
      String ground,
      String proof,
      long ageMonths,
      long givenOrUsedMonths,
      long givenOrHeardMonths) {
    List<Instant> events = person.groundEvents(channel, ground, proof);
    for (int i = 0; i < events.size(); i++) {
      if (person.isWithin(events.get(i), ageMonths)
          && person.isWithin(usedOrGiven(events.get(i)), givenOrUsedMonths)
          && person.isWithin(heardOrGiven(events.get(i)), givenOrHeardMonths)) {
        return true;
      }
    }
    return false;
  }

  /** The later of the event and the last counted touch on the channel. */
  Instant usedOrGiven(Instant event) {
    Instant used = person.counts().lastTouchAt(channel);
    return used != null && used.isAfter(event) ? used : event;
  }

  /** The later of the event and the last thing that the person did. */
  Instant heardOrGiven(Instant event) {
    Instant heard = person.lastSignOfLifeAt();
    return heard != null && heard.isAfter(event) ? heard : event;
  }

  /** Whether the person wrote to us on this channel less than so many milliseconds ago. */
  public boolean wroteWithin(long ms) {
    @Nullable Instant at = person.inboundAt(channel);
    return at != null && person.ageMs(at) < ms;
  }

  /** Touches and noes of the kinds, spelled as {@link CodeList}, in the window that ends now. */
  public long counted(String counted, long windowMs) {
    return person.counts().within(channel, CodeList.of(counted), windowMs);
  }
}

package rekindle.service.record;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Value;

/**
 * A contact as the system of record tells it: what the facts will carry, and apart from it the
 * addresses, which serve to join contacts and to match consents and go no further.
 *
 * @param line where it stands in its file; 0 if it came from none
 * @param contact its facts, the person not yet joined
 * @param addresses present addresses by channel, normalised
 * @param email normalised e-mail address, or null
 * @param phone number in E.164, or null where the text does not tell it for certain
 * @param country ISO 3166-1 code by which telephone numbers without one are read, or null
 * @param summary sums in place of single rows; null for a record of a system of record
 */
public record ContactRecord(
    long line,
    Contact contact,
    Map<Channel, String> reach,
    Value value,
    java.time.@Nullable Instant lastLoginAt,
    @Nullable String funnel,
    Map<Channel, String> addresses,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String country,
    @Nullable FactsSummary summary) {

  /** A record of a system of record, which tells single rows and no sums. */
  public ContactRecord(
      long line,
      Contact contact,
      Map<Channel, String> reach,
      Value value,
      java.time.@Nullable Instant lastLoginAt,
      @Nullable String funnel,
      Map<Channel, String> addresses,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String country) {
    this(line, contact, reach, value, lastLoginAt, funnel, addresses, email, phone, country, null);
  }

  public String id() {
    return contact.id();
  }

  /** Whether the normalised address is a present one of this contact on that channel. */
  public boolean hasAddress(Channel channel, String address) {
    return presentAddresses(channel).contains(address);
  }

  /** The addresses that serve a channel; an audience is matched by e-mail address and phone. */
  public Set<String> presentAddresses(Channel channel) {
    var present = new HashSet<String>();
    List<Channel> sources =
        channel == Channel.PAID_MEDIA ? List.of(Channel.EMAIL, Channel.PHONE) : List.of(channel);
    for (Channel source : sources) {
      String address = addresses.get(source);
      if (address != null) {
        present.add(address);
      }
    }
    return present;
  }
}

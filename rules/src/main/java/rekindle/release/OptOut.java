package rekindle.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;

/**
 * One way in which a person says no to us.
 *
 * @param saidIn {@code suppression} where it is kept as one, {@code response} where all that is
 *     known is the reply
 * @param scope a channel's code, or {@code all}
 * @param reason {@code opt_out} or {@code complaint}
 * @param when how long before the decision it was said
 */
record OptOut(String saidIn, String scope, String reason, When when) {
  static final List<String> REASONS = List.of("opt_out", "complaint");

  private static final String ALL = "all";
  private static final String SUPPRESSION = "suppression";

  /** How long ago an opt-out was made; it never lapses by itself. */
  enum When {
    AT_THIS_INSTANT(Duration.ZERO, "at this instant"),
    A_SECOND_AGO(Duration.ofSeconds(1), "a second ago"),
    YEARS_AGO(Duration.ofDays(5 * 365), "five years ago");

    private final Duration before;
    private final String words;

    When(Duration before, String words) {
      this.before = before;
      this.words = words;
    }

    Instant before(Instant asOf) {
      return asOf.minus(before);
    }
  }

  /** Every way. */
  static List<OptOut> all() {
    var all = new ArrayList<OptOut>();
    for (String saidIn : List.of(SUPPRESSION, "response")) {
      for (String scope : scopes()) {
        for (String reason : REASONS) {
          for (When when : When.values()) {
            all.add(new OptOut(saidIn, scope, reason, when));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  private static List<String> scopes() {
    var scopes = new ArrayList<String>();
    scopes.add(ALL);
    Channel.ALL.forEach(channel -> scopes.add(channel.code()));
    return scopes;
  }

  /** The same facts after the person has opted out. */
  ContactFacts addedTo(ContactFacts facts, Instant asOf) {
    var suppressions = new ArrayList<>(facts.suppressions());
    var responses = new ArrayList<>(facts.responses());
    if (isKept()) {
      suppressions.add(new Suppression(scope, reason, when.before(asOf), null));
    } else {
      responses.add(new Response(when.before(asOf), channel(), reason, null));
    }
    return new ContactFacts(
        facts.contact(),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        facts.history(),
        facts.consents(),
        suppressions,
        facts.registry(),
        facts.touches(),
        responses,
        facts.triggers(),
        facts.journey(),
        facts.channelHealth());
  }

  /** Whether it is kept as a suppression, which stands on every record and closes all at once. */
  boolean isKept() {
    return saidIn.equals(SUPPRESSION);
  }

  boolean isOfAll() {
    return scope.equals(ALL);
  }

  /** The channels that it must close whatever the tables say of others. */
  List<Channel> closes() {
    Channel channel = channel();
    return channel == null ? Channel.ALL : List.of(channel);
  }

  /** In words: {@code opted out of sms (complaint, kept as a suppression, a second ago)}. */
  String words() {
    return "opted out of "
        + (isOfAll() ? "everything" : scope)
        + " ("
        + reason
        + ", "
        + (isKept() ? "kept as a suppression" : "known from the reply alone")
        + ", "
        + when.words
        + ")";
  }

  private @Nullable Channel channel() {
    return Channel.of(scope).orElse(null);
  }
}

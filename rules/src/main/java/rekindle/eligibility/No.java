package rekindle.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;

/**
 * One no of a person: a suppression, a response, a do-not-contact scope or a withdrawn consent.
 *
 * @param saidIn where it is known from
 * @param what what it is about
 * @param madeOn the channel on which it was said, or {@code all}
 * @param since when it was said; null for a scope, which has no date
 * @param until when it ends by itself; null for never
 */
record No(
    String saidIn, String what, String madeOn, @Nullable Instant since, @Nullable Instant until) {

  /** Whether it was said on the channel or for all. */
  boolean isOn(Channel channel) {
    return madeOn.equals("all") || madeOn.equals(channel.code());
  }

  /** All noes that were ever said, from facts as known at an instant: those that ended, too. */
  static List<No> of(ContactFacts facts, Instant asOf) {
    var noes = new ArrayList<No>();
    for (var suppression : facts.suppressions()) {
      if (!suppression.since().isAfter(asOf)) {
        noes.add(
            new No(
                "suppression",
                suppression.reason(),
                suppression.scope(),
                suppression.since(),
                suppression.until()));
      }
    }
    for (String scope : facts.contact().doNotContactScope()) {
      noes.add(new No("record", "do_not_contact", scope, null, null));
    }
    for (var response : facts.responses()) {
      String what = what(response);
      if (what != null && response.channel() != null) {
        noes.add(new No("response", what, response.channel().code(), response.at(), null));
      } else if (what != null) {
        noes.add(new No("response", what, "all", response.at(), null));
      }
    }
    for (var consent : facts.consents()) {
      Instant withdrawnAt = consent.withdrawnAt();
      if (withdrawnAt != null && !withdrawnAt.isAfter(asOf)) {
        noes.add(new No("consent", "withdrawal", consent.channel().code(), withdrawnAt, null));
      }
    }
    return noes;
  }

  /** Whether it has ended by itself. */
  boolean hasEndedAt(Instant at) {
    return until != null && !until.isAfter(at);
  }

  /** Whether it was written down as a no, and not only said. */
  boolean isStanding() {
    return saidIn.equals("suppression") || saidIn.equals("record");
  }

  private static @Nullable String what(ContactFacts.Response response) {
    if ("automatic".equals(response.disposition())) {
      return null;
    }
    return switch (response.kind()) {
      case "opt_out", "complaint", "hard_bounce" -> response.kind();
      case "reply" -> "negative".equals(response.disposition()) ? "negative_reply" : null;
      default -> null;
    };
  }
}

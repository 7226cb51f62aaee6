package rekindle.eligibility;

import java.time.Instant;
import java.util.List;
import rekindle.facts.Channel;
import rekindle.table.TypedRow;

/** Which noes a row of the Suppression table is about. */
record SuppressionRow(
    CodeList where, CodeList saidIn, CodeList what, CodeList madeOn, CodeList consentSince) {
  private static final String SAME = "same";

  static SuppressionRow of(TypedRow row) {
    return new SuppressionRow(
        EligibilityConstraints.codes(row, "where"),
        EligibilityConstraints.codes(row, "saidIn"),
        EligibilityConstraints.codes(row, "no"),
        EligibilityConstraints.codes(row, "madeOn"),
        EligibilityConstraints.codes(row, "consentSince"));
  }

  /** Whether the row holds for one of the candidates. */
  boolean isIn(List<Candidate> candidates) {
    if (where.isAny()) {
      return true;
    }
    for (Candidate candidate : candidates) {
      if (candidate.isTakenBy(where)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the row is about the no, seen from a channel. */
  boolean isAbout(No no, Channel channel, Person person) {
    return saidIn.takes(no.saidIn())
        && what.takes(no.what())
        && isMadeOn(no, channel)
        && (consentSince.isAny() || consentSince.takes(consentSince(no, channel, person)));
  }

  private boolean isMadeOn(No no, Channel channel) {
    return madeOn.takes(no.madeOn())
        || (madeOn.codes().contains(SAME) && no.madeOn().equals(channel.code()));
  }

  private static String consentSince(No no, Channel channel, Person person) {
    Instant since = no.since();
    return since != null && person.hasExpressConsentAfter(channel, since) ? "yes" : "no";
  }
}

package rekindle.eligibility;

import java.util.ArrayList;
import java.util.List;
import rekindle.facts.Channel;
import rekindle.rule.StageInput;

/**
 * What the Suppression table compares: the noes of a person. Only inserted where there are some.
 */
public final class NoesInput extends StageInput {
  private final Person person;
  private final List<Candidate> candidates;

  NoesInput(Person person, List<Candidate> candidates) {
    this.person = person;
    this.candidates = candidates;
  }

  /** Whether a no of the kind stands; the codes as {@link CodeList} spells them. */
  public boolean said(
      String channel,
      String where,
      String saidIn,
      String what,
      String madeOn,
      String consentSince) {
    var row =
        new SuppressionRow(
            CodeList.of(where),
            CodeList.of(saidIn),
            CodeList.of(what),
            CodeList.of(madeOn),
            CodeList.of(consentSince));
    if (!row.isIn(candidates)) {
      return false;
    }
    Channel of = Channel.of(channel).orElseThrow();
    for (No no : person.noes()) {
      if (row.isAbout(no, of, person)) {
        return true;
      }
    }
    return false;
  }

  /** The noes that a row is about, seen from a channel. */
  List<No> matching(SuppressionRow row, Channel channel) {
    if (!row.isIn(candidates)) {
      return List.of();
    }
    var matching = new ArrayList<No>();
    for (No no : person.noes()) {
      if (row.isAbout(no, channel, person)) {
        matching.add(no);
      }
    }
    return matching;
  }
}

package rekindle.eligibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rekindle.facts.Channel;
import rekindle.rule.StageInput;

/**
 * What the Suppression table compares: the noes of a person. Only inserted where there are some.
 */
public final class NoesInput extends StageInput {
  private final Person person;
  private final Set<String> places;

  /**
   * @param places all candidate jurisdictions and their parents
   */
  NoesInput(Person person, Set<String> places) {
    this.person = person;
    this.places = Set.copyOf(places);
  }

  /** Whether a no of the kind stands; the codes as {@link CodeList} spells them. */
  public boolean said(
      String channel,
      String where,
      String saidIn,
      String what,
      String madeOn,
      String consentSince) {
    return !matching(channel, where, saidIn, what, madeOn, consentSince).isEmpty();
  }

  List<No> matching(
      String channel,
      String where,
      String saidIn,
      String what,
      String madeOn,
      String consentSince) {
    if (!isHere(CodeList.of(where))) {
      return List.of();
    }
    var matching = new ArrayList<No>();
    for (No no : person.noes()) {
      if (CodeList.of(saidIn).takes(no.saidIn())
          && CodeList.of(what).takes(no.what())
          && isMadeOn(no, madeOn, channel)
          && CodeList.of(consentSince).takes(consentSince(no, channel))) {
        matching.add(no);
      }
    }
    return matching;
  }

  private boolean isHere(CodeList where) {
    return where.codes().isEmpty() || places.stream().anyMatch(where::takes);
  }

  private static boolean isMadeOn(No no, String madeOn, String channel) {
    CodeList list = CodeList.of(madeOn);
    return list.takes(no.madeOn())
        || (list.codes().contains("same") && no.madeOn().equals(channel));
  }

  private String consentSince(No no, String channel) {
    return Optional.ofNullable(no.since())
        .filter(since -> person.hasExpressConsentAfter(Channel.of(channel).orElseThrow(), since))
        .map(since -> "yes")
        .orElse("no");
  }
}

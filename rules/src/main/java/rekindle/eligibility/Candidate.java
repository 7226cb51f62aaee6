package rekindle.eligibility;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.Places;
import rekindle.code.Jurisdictions;
import rekindle.rule.RulePlan;

/**
 * A jurisdiction that a person may be in, with the places that are looked up for it.
 *
 * @param own the jurisdiction itself and its country, or {@code unknown} where none is known
 * @param group the group of its country, such as {@code EU}; null where it has none
 */
record Candidate(List<String> own, @Nullable String group) {
  private static final Candidate UNKNOWN = new Candidate(List.of(RulePlan.UNKNOWN_KEY), null);

  /** In the order of their codes, each once; the unknown one where there are none. */
  static List<Candidate> of(List<String> jurisdictions, Places places) {
    if (jurisdictions.isEmpty()) {
      return List.of(UNKNOWN);
    }
    if (jurisdictions.size() == 1) {
      return List.of(of(jurisdictions.get(0), places));
    }
    var candidates = new ArrayList<Candidate>(jurisdictions.size());
    for (String jurisdiction : new TreeSet<>(jurisdictions)) {
      candidates.add(of(jurisdiction, places));
    }
    return candidates;
  }

  private static Candidate of(String jurisdiction, Places places) {
    String country = Jurisdictions.parent(jurisdiction).orElse(jurisdiction);
    return new Candidate(
        country.equals(jurisdiction) ? List.of(country) : List.of(jurisdiction, country),
        places.group(country).orElse(null));
  }

  /** The jurisdiction, its country and its group. */
  List<String> chain() {
    if (group == null) {
      return own;
    }
    var chain = new ArrayList<>(own);
    chain.add(group);
    return chain;
  }

  /** Whether the place is the jurisdiction itself, not only a parent of it. */
  boolean is(String place) {
    return own.get(0).equals(place);
  }

  /**
   * Whether a list of places takes the candidate: it names the jurisdiction or a parent or, after
   * {@code not}, none of them. An exclusion never takes a candidate of which nothing is known.
   */
  boolean isTakenBy(CodeList places) {
    for (String place : chain()) {
      if (!places.takes(place.equals(RulePlan.UNKNOWN_KEY) ? null : place)) {
        if (places.negated()) {
          return false;
        }
      } else if (!places.negated()) {
        return true;
      }
    }
    return places.negated();
  }

  /** The country of the jurisdiction, whose rows replace those of its group. */
  String country() {
    return own.get(own.size() - 1);
  }
}

package rekindle.rule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which rules of a release held for which codes. Rules see nothing but their input, so an answer
 * stays right as long as the release lives. Thread-safe.
 */
public final class RememberedHits {
  /** The vocabularies make a few thousand combinations; a bound for facts that were not checked. */
  private static final int COMBINATIONS_MAX = 20_000;

  private final Map<Record, int[]> hits = new ConcurrentHashMap<>();

  /** Tells the input the rules that hold for it, from memory or by the matcher. */
  void match(CodesInput input, RuleMatcher matcher) {
    int[] known = hits.get(input.codes());
    if (known != null) {
      input.setHits(known);
      return;
    }
    matcher.match(input);
    if (hits.size() < COMBINATIONS_MAX) {
      hits.put(input.codes(), input.hits());
    }
  }
}

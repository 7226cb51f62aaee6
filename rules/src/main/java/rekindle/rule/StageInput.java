package rekindle.rule;

import java.util.Arrays;

/**
 * What one stage compares with its rows, and the rules that held. Values are set before matching
 * and never changed by a rule; only the list of hits grows. Confined to one thread.
 */
public abstract class StageInput {
  private int[] hits = new int[8];
  private int count;
  private boolean sorted;

  /** Called by a rule that holds, with its own name. */
  public final void hit(String rule) {
    hit(RuleSheet.number(rule));
  }

  /** Tells the number of a rule that holds. */
  public final void hit(int rule) {
    sorted = false;
    if (count == hits.length) {
      hits = Arrays.copyOf(hits, count * 2 + 2);
    }
    hits[count++] = rule;
  }

  /** Numbers of the rules that held, ascending: the engine's firing order must not show. */
  public final int[] hits() {
    if (!sorted) {
      hits = Arrays.copyOf(hits, count);
      Arrays.sort(hits);
      sorted = true;
    }
    return hits;
  }

  /** Takes over the hits of an equal input; they are shared and never written to. */
  final void setHits(int[] ascending) {
    hits = ascending;
    count = ascending.length;
    sorted = true;
  }
}

package rekindle.facts;

import java.util.Set;
import rekindle.facts.ContactFacts.Touch;

/** Which touches count for what; DECIDING.md section 1. */
public final class Touches {
  private static final Set<String> NOT_COUNTED = Set.of("failed", "not_sent");

  private Touches() {}

  /**
   * Whether the touch counts for steps: from its reservation on, also in doubt, also withheld from
   * the control group.
   */
  public static boolean countsForSteps(Touch touch) {
    return !NOT_COUNTED.contains(touch.outcome());
  }

  /** Whether the touch counts for caps: one that was withheld reached nobody. */
  public static boolean countsForCaps(Touch touch) {
    return countsForSteps(touch) && !touch.outcome().equals("withheld");
  }

  /** Whether the attempt came to nothing. */
  public static boolean isFailed(Touch touch) {
    return NOT_COUNTED.contains(touch.outcome());
  }
}

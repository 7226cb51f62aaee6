package rekindle.service.policy;

import java.util.List;
import rekindle.release.PolicyMerge;

/** Two releases that cannot be merged, because both changed the same. */
public final class MergeConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<PolicyMerge.Conflict> conflicts;

  MergeConflict(List<PolicyMerge.Conflict> conflicts) {
    super(conflicts.size() + " conflicts", null, false, false);
    this.conflicts = List.copyOf(conflicts);
  }

  public List<PolicyMerge.Conflict> conflicts() {
    return conflicts;
  }
}

package rekindle.service.policy;

import java.util.Locale;

/** Where a release stands. */
public enum ReleaseState {
  /** Uploaded; its authors may submit it. */
  DRAFT,
  /** Waits for somebody who had no hand in it. */
  SUBMITTED,
  /** May be activated. */
  APPROVED,
  /** Will not be activated. */
  REJECTED,
  /** Will be activated at an instant. */
  SCHEDULED,
  /** Decides. */
  ACTIVE,
  /** Decided once; the policy can be rolled back to it. */
  RETIRED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with that code. */
  public static ReleaseState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}

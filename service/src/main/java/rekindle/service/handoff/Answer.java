package rekindle.service.handoff;

/**
 * What is known after a hand-over was tried.
 *
 * @param detail a sentence without personal data
 * @param isOfTouchAlone whether it says nothing of the platform: others may be handed over now
 */
public record Answer(Kind kind, String detail, boolean isOfTouchAlone) {
  /** Whether the platform has the touch. */
  public enum Kind {
    /** It has. */
    TAKEN,
    /** It does not want it. */
    REFUSED,
    /** There is no such address. */
    BOUNCED,
    /** It has not, for certain: it may be handed over again. */
    NOT_TAKEN,
    /** Nobody knows. */
    IN_DOUBT
  }

  public static Answer taken(String detail) {
    return new Answer(Kind.TAKEN, detail, true);
  }

  public static Answer refused(String detail) {
    return new Answer(Kind.REFUSED, detail, true);
  }

  public static Answer bounced(String detail) {
    return new Answer(Kind.BOUNCED, detail, true);
  }

  /** The platform takes nothing now. */
  public static Answer notTaken(String detail) {
    return new Answer(Kind.NOT_TAKEN, detail, false);
  }

  /** The platform does not take this one now. */
  public static Answer thisNotTaken(String detail) {
    return new Answer(Kind.NOT_TAKEN, detail, true);
  }

  public static Answer inDoubt(String detail) {
    return new Answer(Kind.IN_DOUBT, detail, false);
  }
}

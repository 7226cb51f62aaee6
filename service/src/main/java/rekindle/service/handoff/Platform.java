package rekindle.service.handoff;

/** Whoever sends messages for us. Thread-safe. */
public interface Platform extends AutoCloseable {
  String name();

  /** How many hand-overs it takes at once. */
  int concurrency();

  /** Hands a touch over, and never again by itself. Never throws for what the platform does. */
  Answer handOver(Intent intent);

  /** Whether it is given whole messages; others make them. */
  default boolean wantsMessages() {
    return false;
  }

  /** Whether it can be asked what became of a touch. */
  default boolean isAskable() {
    return false;
  }

  /** Asks what became of a touch that is in doubt. */
  default Answer ask(String touchId) {
    return Answer.inDoubt("the platform cannot be asked");
  }

  @Override
  default void close() {}
}

package rekindle.service.schedule;

/** This process cannot decide for anybody now; nobody who is looked at is to blame. */
final class EngineUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineUnavailable(RuntimeException cause) {
    super(cause);
  }
}

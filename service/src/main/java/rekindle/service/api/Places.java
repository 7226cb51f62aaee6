package rekindle.service.api;

import java.util.concurrent.Semaphore;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * How many requests of a kind may run at once, where each holds a thread and a connection of the
 * database for as long as its caller sends. Thread-safe.
 */
final class Places {
  private static final int RETRY_AFTER_SECONDS = 30;

  private final Semaphore free;
  private final String kind;

  /**
   * @param kind of the requests, in the plural
   */
  Places(int placesMax, String kind) {
    this.free = new Semaphore(placesMax);
    this.kind = kind;
  }

  /** A place that is given back when it is closed. */
  interface Taken extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place.
   *
   * @throws ProblemException {@code overloaded} if none is free
   */
  Taken take() {
    if (!free.tryAcquire()) {
      throw new ProblemException(
          ProblemType.OVERLOADED.problem(
              "As many "
                  + kind
                  + " run as may run at once; nothing of this one was done. Send it again after the"
                  + " time in Retry-After.",
              RETRY_AFTER_SECONDS));
    }
    return free::release;
  }
}

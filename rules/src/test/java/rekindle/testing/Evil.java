package rekindle.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** What hostile texts try to run. Nothing may ever call it. */
public final class Evil {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private Evil() {}

  public static boolean run() {
    RUNS.incrementAndGet();
    return true;
  }

  /** How often a text got what it wanted. */
  public static int runs() {
    return RUNS.get();
  }
}

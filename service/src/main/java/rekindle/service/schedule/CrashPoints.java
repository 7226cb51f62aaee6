package rekindle.service.schedule;

/**
 * Points at which a proof ends the process as if its power were cut: the system property {@code
 * rekindle.crash} names one, and how many times it is passed before. Nothing happens without it.
 */
final class CrashPoints {
  private static final String POINT;
  private static final java.util.concurrent.atomic.AtomicInteger LEFT =
      new java.util.concurrent.atomic.AtomicInteger();

  static {
    String[] parts = System.getProperty("rekindle.crash", "").split(":", 2);
    POINT = parts[0];
    LEFT.set(parts.length == 2 ? Integer.parseInt(parts[1]) : 0);
  }

  private CrashPoints() {}

  static void reach(String point) {
    if (!POINT.isEmpty() && POINT.equals(point) && LEFT.getAndDecrement() == 0) {
      Runtime.getRuntime().halt(137);
    }
  }
}

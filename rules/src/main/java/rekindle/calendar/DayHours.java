package rekindle.calendar;

/**
 * Hours of a local day, half-open: {@code [from, to)} in minutes after midnight on the clock.
 *
 * @param fromMinute 0 to 1440
 * @param toMinute after {@code fromMinute}, up to 1440; equal to it only in {@link #CLOSED}
 */
public record DayHours(int fromMinute, int toMinute) {
  /** No time of the day. */
  public static final DayHours CLOSED = new DayHours(0, 0);

  /** Midnight to midnight. */
  public static final DayHours ALL_DAY = new DayHours(0, 1440);

  public DayHours {
    boolean closed = fromMinute == 0 && toMinute == 0;
    if (fromMinute < 0 || toMinute > 1440 || (fromMinute >= toMinute && !closed)) {
      throw new IllegalArgumentException(
          "From minute "
              + fromMinute
              + " to minute "
              + toMinute
              + " are no hours of one day; hours past midnight belong to two days");
    }
  }

  /** Hours from one full hour to another, 0 to 24. */
  public static DayHours hours(int from, int to) {
    return new DayHours(from * 60, to * 60);
  }

  public boolean isClosed() {
    return toMinute == 0;
  }

  /** The time that both have in common. */
  public DayHours and(DayHours other) {
    int from = Math.max(fromMinute, other.fromMinute);
    int to = Math.min(toMinute, other.toMinute);
    return from < to ? new DayHours(from, to) : CLOSED;
  }
}

package rekindle.calendar;

import static rekindle.calendar.ZoneTransitions.DAY_SECONDS;
import static rekindle.calendar.ZoneTransitions.NEVER;

/**
 * One row's hours on the clocks of one zone, in epoch seconds.
 *
 * @param validFrom first second at which the row holds; before it every time is open
 * @param validTo first second at which it does not hold any more
 */
record LocalHours(HoursSchedule schedule, ZoneTransitions zone, long validFrom, long validTo) {

  boolean isOpen(long second) {
    if (second < validFrom || second >= validTo) {
      return true;
    }
    long local = second + zone.offsetSeconds(zone.segmentAt(second));
    long day = Math.floorDiv(local, DAY_SECONDS);
    int ofDay = (int) (local - day * DAY_SECONDS);
    return next(true, ofDay, schedule.openSeconds(day)) == ofDay;
  }

  /** Whether the local day of a second has no hours at all. */
  boolean isClosedDay(long second) {
    if (second < validFrom || second >= validTo) {
      return false;
    }
    long local = second + zone.offsetSeconds(zone.segmentAt(second));
    return schedule.openSeconds(Math.floorDiv(local, DAY_SECONDS)).length == 0;
  }

  /**
   * The first second from {@code second} to {@code last} that is open, or that is closed; {@code
   * NEVER} if none is. Goes from boundary to boundary: a stretch of one offset, within it the days,
   * within them the hours.
   */
  long next(boolean open, long second, long last) {
    long at = second;
    if (at < validFrom) {
      if (open) {
        return at;
      }
      at = validFrom;
    }
    for (int segment = zone.segmentAt(at); at <= last && at < validTo; segment++) {
      long end = Math.min(zone.segmentEnd(segment), validTo);
      long found = nextWithin(open, at, Math.min(end, last + 1), zone.offsetSeconds(segment));
      if (found != NEVER) {
        return found;
      }
      at = end;
    }
    return open && at <= last ? at : NEVER;
  }

  /** The same within a stretch of one offset that ends before {@code end}. */
  private long nextWithin(boolean open, long second, long end, long offset) {
    long day = Math.floorDiv(second + offset, DAY_SECONDS);
    int ofDay = (int) (second + offset - day * DAY_SECONDS);
    for (long midnight = day * DAY_SECONDS - offset; midnight < end; midnight += DAY_SECONDS) {
      int found = next(open, ofDay, schedule.openSeconds(day));
      if (found < DAY_SECONDS) {
        return midnight + found < end ? midnight + found : NEVER;
      }
      day++;
      ofDay = 0;
    }
    return NEVER;
  }

  /** The first second of a day, not before the given one, of that state; a whole day if none. */
  private static int next(boolean open, int ofDay, int[] openSeconds) {
    int at = ofDay;
    for (int i = 0; i < openSeconds.length; i += 2) {
      if (at < openSeconds[i + 1]) {
        if (open) {
          return Math.max(at, openSeconds[i]);
        }
        if (at < openSeconds[i]) {
          return at;
        }
        at = openSeconds[i + 1];
      }
    }
    return open ? (int) DAY_SECONDS : at;
  }
}

package rekindle.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The offsets of one zone from 2000 to 2050, frozen, so that a decision never depends on the zone
 * data of the Java runtime that makes it. Before 2000 and after 2050 the offset of the edge holds.
 *
 * <p>Local time is a function of the instant: where clocks go back, both passes of an hour read the
 * same; where they go forward, the hour left out is never read.
 */
public final class ZoneTransitions {
  /** First instant whose offset is frozen. */
  public static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");

  /** First instant whose offset is not frozen any more. */
  public static final Instant TO = Instant.parse("2051-01-01T00:00:00Z");

  static final long DAY_SECONDS = 86_400;

  /** Later than any instant asked about. */
  static final long NEVER = Long.MAX_VALUE;

  private final String zone;

  /** Epoch seconds at which segment 1, 2, … begins; segment 0 has no beginning. */
  private final long[] starts;

  /** Seconds east of UTC of each segment; one more than there are starts. */
  private final int[] offsets;

  /** Kept, because zones are part of keys that are looked up while deciding. */
  private final int hash;

  private ZoneTransitions(String zone, long[] starts, int[] offsets) {
    this.zone = zone;
    this.starts = starts;
    this.offsets = offsets;
    this.hash = 31 * zone.hashCode() + offsetsHash();
  }

  /** A zone that has one offset for ever. */
  public static ZoneTransitions fixed(String zone, int offsetSeconds) {
    return new ZoneTransitions(zone, new long[0], new int[] {requireOffset(offsetSeconds)});
  }

  /**
   * Takes the offsets from the zone data of this Java runtime: a step of building a release, never
   * of deciding.
   *
   * @throws IllegalArgumentException if neither the zone nor one known to stand in for it is there
   */
  public static ZoneTransitions freeze(String zone) {
    var rules = JdkZones.rules(zone);
    var starts = new ArrayList<Long>();
    var offsets = new ArrayList<Integer>();
    offsets.add(rules.getOffset(FROM).getTotalSeconds());
    for (var next = rules.nextTransition(FROM);
        next != null && next.getInstant().isBefore(TO);
        next = rules.nextTransition(next.getInstant())) {
      starts.add(next.toEpochSecond());
      offsets.add(next.getOffsetAfter().getTotalSeconds());
    }
    return of(zone, starts, offsets);
  }

  /**
   * Reads one line that {@link #toText} wrote.
   *
   * @throws IllegalArgumentException if it is not such a line
   */
  public static ZoneTransitions parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 2 || words.length % 2 != 0) {
      throw new IllegalArgumentException(
          "\"" + line + "\": a zone, its offset, then pairs of instant and offset are expected");
    }
    var starts = new ArrayList<Long>();
    var offsets = new ArrayList<Integer>();
    try {
      offsets.add(ZoneOffset.of(words[1]).getTotalSeconds());
      for (int i = 2; i < words.length; i += 2) {
        starts.add(Instant.parse(words[i]).getEpochSecond());
        offsets.add(ZoneOffset.of(words[i + 1]).getTotalSeconds());
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(words[0] + ": " + e.getMessage(), e);
    }
    for (int i = 1; i < starts.size(); i++) {
      if (starts.get(i) <= starts.get(i - 1)) {
        throw new IllegalArgumentException(
            words[0] + ": instants must rise, see " + words[2 * i + 2]);
      }
    }
    return of(words[0], starts, offsets);
  }

  /** One line: zone, first offset, then each transition as instant and the offset from it on. */
  public String toText() {
    var out = new StringBuilder(zone).append(' ').append(text(offsets[0]));
    for (int i = 0; i < starts.length; i++) {
      out.append(' ').append(Instant.ofEpochSecond(starts[i]));
      out.append(' ').append(text(offsets[i + 1]));
    }
    return out.toString();
  }

  /**
   * The zone with those corrections that concern it. From the first of them on, nothing but
   * corrections counts: a frozen transition that lies later is dropped.
   *
   * @throws IllegalArgumentException if two corrections of the zone start at the same instant
   */
  public ZoneTransitions withCorrections(List<ZoneCorrection> corrections) {
    var own =
        corrections.stream()
            .filter(c -> c.concerns(zone))
            .sorted(Comparator.comparing(ZoneCorrection::from))
            .toList();
    if (own.isEmpty()) {
      return this;
    }
    long first = own.get(0).from().getEpochSecond();
    var newStarts = new ArrayList<Long>();
    var newOffsets = new ArrayList<Integer>();
    newOffsets.add(offsets[0]);
    for (int i = 0; i < starts.length && starts[i] < first; i++) {
      newStarts.add(starts[i]);
      newOffsets.add(offsets[i + 1]);
    }
    for (var correction : own) {
      long from = correction.from().getEpochSecond();
      if (!newStarts.isEmpty() && newStarts.get(newStarts.size() - 1) == from) {
        throw new IllegalArgumentException(
            zone + " has two corrections from " + correction.from() + "; keep one of them");
      }
      newStarts.add(from);
      newOffsets.add(correction.offsetSeconds());
    }
    return of(zone, newStarts, newOffsets);
  }

  /** IANA name. */
  public String zone() {
    return zone;
  }

  /** Seconds east of UTC. */
  public int offsetSecondsAt(Instant instant) {
    return offsetSeconds(segmentAt(instant.getEpochSecond()));
  }

  /** The date on a calendar in the zone. */
  public LocalDate localDate(Instant instant) {
    return LocalDate.ofEpochDay(Math.floorDiv(localSecond(instant), DAY_SECONDS));
  }

  /** Minutes that a clock in the zone shows after midnight, 0 to 1439. */
  public int localMinuteOfDay(Instant instant) {
    return (int) (Math.floorMod(localSecond(instant), DAY_SECONDS) / 60);
  }

  /**
   * The first instant of the local date; where the zone leaves the date out, the first instant of
   * the next one.
   */
  public Instant startOfDay(LocalDate date) {
    return instantOf(date, 0);
  }

  /**
   * The first instant at which the local date and time are not before the given ones.
   *
   * @param minutesAfterMidnight 0 to 1440 on the clock, however long the day is
   */
  public Instant instantOf(LocalDate date, int minutesAfterMidnight) {
    if (minutesAfterMidnight < 0 || minutesAfterMidnight > 1440) {
      throw new IllegalArgumentException(
          minutesAfterMidnight + " is no minute of a day, 0 to 1440");
    }
    long local = date.toEpochDay() * DAY_SECONDS + minutesAfterMidnight * 60L;
    int segment = segmentAt(local - DAY_SECONDS);
    while (local - offsets[segment] >= segmentEnd(segment)) {
      segment++;
    }
    return Instant.ofEpochSecond(Math.max(local - offsets[segment], segmentStart(segment)));
  }

  /** Whether two zones, whatever their names, have the same offsets throughout. */
  public boolean hasOffsetsOf(ZoneTransitions other) {
    return Arrays.equals(starts, other.starts) && Arrays.equals(offsets, other.offsets);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ZoneTransitions that && zone.equals(that.zone) && hasOffsetsOf(that));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return zone + " with " + starts.length + " transitions";
  }

  int offsetsHash() {
    return 31 * Arrays.hashCode(starts) + Arrays.hashCode(offsets);
  }

  /** The stretch of one offset that an instant lies in. */
  int segmentAt(long epochSecond) {
    int found = Arrays.binarySearch(starts, epochSecond);
    return found >= 0 ? found + 1 : -(found + 1);
  }

  int offsetSeconds(int segment) {
    return offsets[segment];
  }

  /** The first epoch second after the segment. */
  long segmentEnd(int segment) {
    return segment < starts.length ? starts[segment] : NEVER;
  }

  static int requireOffset(int offsetSeconds) {
    if (Math.abs(offsetSeconds) > 18 * 3600) {
      throw new IllegalArgumentException(
          offsetSeconds + " seconds are no offset; from -18:00 to +18:00 is allowed");
    }
    return offsetSeconds;
  }

  private long segmentStart(int segment) {
    return segment == 0 ? Long.MIN_VALUE : starts[segment - 1];
  }

  private long localSecond(Instant instant) {
    long second = instant.getEpochSecond();
    return second + offsets[segmentAt(second)];
  }

  /** Leaves out transitions that change nothing, so that equal local times are equal data. */
  private static ZoneTransitions of(String zone, List<Long> starts, List<Integer> offsets) {
    var keptStarts = new ArrayList<Long>();
    var keptOffsets = new ArrayList<Integer>(List.of(offsets.get(0)));
    for (int i = 0; i < starts.size(); i++) {
      if (!offsets.get(i + 1).equals(keptOffsets.get(keptOffsets.size() - 1))) {
        keptStarts.add(starts.get(i));
        keptOffsets.add(offsets.get(i + 1));
      }
    }
    return new ZoneTransitions(
        zone,
        keptStarts.stream().mapToLong(Long::longValue).toArray(),
        keptOffsets.stream().mapToInt(Integer::intValue).toArray());
  }

  private static String text(int offsetSeconds) {
    return offsetSeconds == 0 ? "+00:00" : ZoneOffset.ofTotalSeconds(offsetSeconds).getId();
  }
}

package rekindle.calendar;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;

/** Local dates, such as the holidays of one calendar. */
public final class DateSet {
  /** No date. */
  public static final DateSet NONE = new DateSet(new long[0]);

  private final long[] epochDays;

  private DateSet(long[] epochDays) {
    this.epochDays = epochDays;
  }

  public static DateSet of(Collection<LocalDate> dates) {
    return new DateSet(
        dates.stream().mapToLong(LocalDate::toEpochDay).distinct().sorted().toArray());
  }

  public boolean contains(LocalDate date) {
    return contains(date.toEpochDay());
  }

  boolean contains(long epochDay) {
    return Arrays.binarySearch(epochDays, epochDay) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DateSet that && Arrays.equals(epochDays, that.epochDays);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(epochDays);
  }

  @Override
  public String toString() {
    return epochDays.length + " dates";
  }
}

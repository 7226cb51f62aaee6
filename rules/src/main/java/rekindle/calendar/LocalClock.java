package rekindle.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

public interface LocalClock {
  long monthsSince(Instant event, Instant at);

  Instant withinEnds(Instant event, long months);

  List<LocalDate> dates(Instant at);
}

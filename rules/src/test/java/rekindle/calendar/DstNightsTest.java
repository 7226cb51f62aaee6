package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DstNightsTest {
  private static final HoursSchedule DAYTIME =
      HoursSchedule.of("daytime", HoursSchedule.Week.daily(DayHours.hours(8, 21)), DateSet.NONE);

  @ParameterizedTest(name = "{0}: closed from {1} to {2}")
  @CsvSource({
    "America/New_York,    2026-11-01T01:00:00Z, 2026-11-01T13:00:00Z",
    "America/New_York,    2027-03-14T02:00:00Z, 2027-03-14T12:00:00Z",
    "Europe/London,       2026-10-24T20:00:00Z, 2026-10-25T08:00:00Z",
    "Europe/London,       2027-03-27T21:00:00Z, 2027-03-28T07:00:00Z",
    "Australia/Sydney,    2026-10-03T11:00:00Z, 2026-10-03T21:00:00Z",
    "Australia/Sydney,    2027-04-03T10:00:00Z, 2027-04-03T22:00:00Z",
    "Australia/Lord_Howe, 2026-10-03T10:30:00Z, 2026-10-03T21:00:00Z",
    "Australia/Lord_Howe, 2027-04-03T10:00:00Z, 2027-04-03T21:30:00Z",
    "Asia/Kathmandu,      2026-03-10T15:15:00Z, 2026-03-11T02:15:00Z"
  })
  void night_clocksChangeOrNot_isClosedFromNineToEightOnTheClock(
      String zone, Instant closes, Instant opens) {
    var opening = Opening.of(List.of(new Opening.Place(DAYTIME, List.of(FrozenZones.zone(zone)))));
    assertThat(opening.nextClose(closes.minusSeconds(3600))).contains(closes);
    assertThat(opening.isOpen(closes.minusMillis(1))).isTrue();
    assertThat(opening.isOpen(closes)).isFalse();
    assertThat(opening.firstOpen(closes, 400)).contains(opens);
    assertThat(opening.isOpen(opens.minusMillis(1))).isFalse();
    assertThat(opening.isOpen(opens)).isTrue();
  }
}

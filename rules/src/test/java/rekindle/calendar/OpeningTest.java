package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import rekindle.calendar.HoursSchedule.Week;
import rekindle.calendar.Opening.Place;

class OpeningTest {
  private static final DateSet NO_HOLIDAYS = DateSet.NONE;
  private static final HoursSchedule US = daily("Q-US", DayHours.hours(8, 21));
  private static final HoursSchedule FLORIDA = daily("Q-FL", DayHours.hours(8, 20));
  private static final HoursSchedule CANADA =
      HoursSchedule.of(
          "Q-CA",
          new Week(
              new DayHours(540, 1290), DayHours.hours(10, 18), DayHours.hours(10, 18), null, null),
          NO_HOLIDAYS);

  @Test
  void case7_floridaEvening_opensNextMorning() {
    var opening = opening(at(US, "America/New_York"), at(FLORIDA, "America/New_York"));
    assertOpens(opening, "2026-11-24T01:30:00Z", "2026-11-24T13:00:00Z");
    assertThat(opening.shutAt(Instant.parse("2026-11-24T01:30:00Z")))
        .containsExactly(new Opening.Shut(FLORIDA, "America/New_York", false));
  }

  @Test
  void case9_losAngelesWithNewYorkNumber_opensWhenBothDo() {
    var opening = opening(at(US, "America/Los_Angeles", "America/New_York"));
    assertOpens(opening, "2026-11-23T13:30:00Z", "2026-11-23T16:00:00Z");
    assertThat(opening.nextClose(Instant.parse("2026-11-23T16:00:00Z")))
        .contains(Instant.parse("2026-11-24T02:00:00Z"));
  }

  @Test
  void case10_seattleEvening_opensNextMorning() {
    var washington = at(daily("Q-WA", DayHours.hours(8, 20)), "America/Los_Angeles");
    assertOpens(
        opening(at(US, "America/Los_Angeles"), washington),
        "2026-11-24T04:15:00Z",
        "2026-11-24T16:00:00Z");
  }

  @Test
  void case12_connecticutMorning_opensAtNine() {
    var connecticut = at(daily("Q-CT", DayHours.hours(9, 20)), "America/New_York");
    assertOpens(
        opening(at(US, "America/New_York"), connecticut),
        "2026-11-23T13:30:00Z",
        "2026-11-23T14:00:00Z");
  }

  @Test
  void case13_ohioOverTheSpringNight_followsTheClock() {
    var opening = opening(at(US, "America/New_York"));
    assertOpens(opening, "2027-03-13T12:30:00Z", "2027-03-13T13:00:00Z");
    assertThat(opening.isOpen(Instant.parse("2027-03-14T12:30:00Z"))).isTrue();
  }

  @Test
  void case15_numberOfNorthernArizona_holdsOnBothClocks() {
    String night = "2026-07-02T03:15:00Z";
    assertOpens(
        opening(at(US, "America/Phoenix", "America/Denver")), night, "2026-07-02T15:00:00Z");
    assertThat(opening(at(US, "America/Phoenix")).isOpen(Instant.parse(night))).isTrue();
    assertOpens(opening(at(US, "America/Denver")), night, "2026-07-02T14:00:00Z");
  }

  @Test
  void case33_canada_weekendHoursAndVancouverAllYearOnSummerTime() {
    assertOpens(
        opening(at(CANADA, "America/Toronto")), "2026-11-21T23:30:00Z", "2026-11-22T15:00:00Z");
    var vancouver =
        FrozenZones.zone("America/Vancouver")
            .withCorrections(
                List.of(
                    new ZoneCorrection(
                        "America/Vancouver", Instant.parse("2026-11-01T09:00:00Z"), -25_200)));
    var opening = Opening.of(List.of(new Place(CANADA, List.of(vancouver))));
    assertOpens(opening, "2026-11-24T04:45:00Z", "2026-11-24T16:00:00Z");
  }

  @Test
  void case37_frenchSms_neverOnSunday() {
    var france =
        HoursSchedule.of(
            "Q-FR-S",
            new Week(
                DayHours.hours(8, 20),
                DayHours.hours(8, 20),
                DayHours.CLOSED,
                DayHours.CLOSED,
                null),
            DateSet.of(List.of(LocalDate.of(2026, 11, 11))));
    var opening = opening(at(france, "Europe/Paris"));
    assertOpens(opening, "2026-11-22T10:00:00Z", "2026-11-23T07:00:00Z");
    assertThat(opening.shutAt(Instant.parse("2026-11-22T10:00:00Z")))
        .containsExactly(new Opening.Shut(france, "Europe/Paris", true));
    assertOpens(opening, "2026-11-10T20:00:00Z", "2026-11-12T07:00:00Z");
  }

  @Test
  void case40_pennsylvaniaSunday_opensMonday() {
    var pennsylvania =
        HoursSchedule.of(
                "Q-PA",
                new Week(DayHours.hours(9, 19), DayHours.hours(9, 19), DayHours.CLOSED, null, null),
                NO_HOLIDAYS)
            .between(LocalDate.of(2026, 10, 18), null);
    var opening = opening(at(US, "America/New_York"), at(pennsylvania, "America/New_York"));
    assertOpens(opening, "2026-11-22T16:00:00Z", "2026-11-23T14:00:00Z");
    assertThat(opening.isOpen(Instant.parse("2026-10-11T16:00:00Z"))).isTrue();
    assertThat(opening.nextClose(Instant.parse("2026-10-17T16:00:00Z")))
        .contains(Instant.parse("2026-10-18T01:00:00Z"));
    assertOpens(opening, "2026-10-18T01:00:00Z", "2026-10-19T13:00:00Z");
  }

  @Test
  void between_zonesOnDifferentDates_holdsAsSoonAndAsLongAsInAny() {
    var closed = daily("closed", DayHours.CLOSED);
    var day = LocalDate.of(2026, 6, 1);
    var opening = opening(at(closed.between(day, day), "America/New_York"), at(US, "Asia/Tokyo"));
    assertThat(opening.nextClose(Instant.parse("2026-05-31T10:00:00Z")))
        .contains(Instant.parse("2026-05-31T12:00:00Z"));
    assertOpens(opening, "2026-05-31T15:00:00Z", "2026-06-02T04:00:00Z");
    assertThat(
            opening(at(closed.between(day, day), "Asia/Tokyo"))
                .firstOpen(Instant.parse("2026-05-31T15:00:00Z"), 400))
        .contains(Instant.parse("2026-06-01T15:00:00Z"));
  }

  @Test
  void firstOpen_withinHours_isTheInstantItself() {
    var opening = opening(at(US, "America/New_York"));
    Instant at = Instant.parse("2026-03-10T15:00:00.123Z");
    assertThat(opening.firstOpen(at, 400)).contains(at);
    Instant before = Instant.parse("2026-03-10T11:59:59.999Z");
    assertThat(opening.isOpen(before)).isFalse();
    assertThat(opening.firstOpen(before, 400)).contains(before.plusMillis(1));
    Instant last = Instant.parse("2026-03-11T00:59:59.999Z");
    assertThat(opening.isOpen(last)).isTrue();
    assertThat(opening.nextClose(last)).contains(last.plusMillis(1));
    assertThat(opening.isOpen(last.plusMillis(1))).isFalse();
  }

  @Test
  void firstOpen_hoursThatNeverMeet_isNone() {
    var narrow = daily("narrow", DayHours.hours(9, 17));
    var opening = opening(at(narrow, "Europe/London", "Pacific/Auckland"));
    assertThat(opening.firstOpen(Instant.parse("2026-03-10T15:00:00Z"), 400)).isEmpty();
    assertThat(
            opening(at(daily("never", DayHours.CLOSED), "UTC"))
                .firstOpen(Instant.parse("2026-03-10T15:00:00Z"), 400))
        .isEmpty();
    assertThat(
            opening(at(daily("never", DayHours.CLOSED), "UTC"))
                .nextClose(Instant.parse("2026-03-10T15:00:00Z")))
        .isEmpty();
  }

  @Test
  void firstOpen_horizon_isReachedAndNotPassed() {
    var opening = opening(at(US, "UTC"));
    Instant at = Instant.parse("2026-03-09T08:00:00Z");
    var sundays =
        HoursSchedule.of(
            "sundays",
            new Week(DayHours.CLOSED, DayHours.CLOSED, DayHours.ALL_DAY, null, null),
            NO_HOLIDAYS);
    assertThat(opening.firstOpen(at, 0)).contains(at);
    var sunday = opening(at(sundays, "UTC"));
    Instant monday = Instant.parse("2026-03-09T00:00:00Z");
    assertThat(sunday.firstOpen(monday, 6)).contains(Instant.parse("2026-03-15T00:00:00Z"));
    assertThat(sunday.firstOpen(monday, 5)).isEmpty();
    var closedUntilSunday =
        opening(
            at(daily("until", DayHours.CLOSED).between(null, LocalDate.of(2026, 3, 14)), "UTC"));
    assertThat(closedUntilSunday.firstOpen(monday, 6))
        .contains(Instant.parse("2026-03-15T00:00:00Z"));
    assertThat(closedUntilSunday.firstOpen(monday, 5)).isEmpty();
  }

  @Test
  void nextClose_hoursUntilMidnight_goOnIntoTheNextDay() {
    var late =
        HoursSchedule.of(
            "late",
            new Week(DayHours.ALL_DAY, DayHours.ALL_DAY, DayHours.hours(12, 24), null, null),
            NO_HOLIDAYS);
    var opening = opening(at(late, "Europe/Berlin"));
    assertThat(opening.nextClose(Instant.parse("2026-03-09T00:00:00Z")))
        .contains(Instant.parse("2026-03-14T23:00:00Z"));
    assertThat(opening.firstOpen(Instant.parse("2026-03-14T23:00:00Z"), 400))
        .contains(Instant.parse("2026-03-15T11:00:00Z"));
  }

  @Test
  void alwaysOpen_askedAnything_neverCloses() {
    var email = daily("Q-US-E", DayHours.ALL_DAY);
    assertThat(email.isAlwaysOpen()).isTrue();
    var opening = opening(at(email, "America/New_York"));
    Instant at = Instant.parse("2026-03-10T03:00:00Z");
    assertThat(opening.firstOpen(at, 400)).contains(at);
    assertThat(opening.nextClose(at)).isEmpty();
    assertThat(Opening.of(List.of()).isOpen(at)).isTrue();
  }

  @Test
  void hours_pauseAtNoon_closeTwice() {
    var france =
        HoursSchedule.of(
            "Q-FR-V",
            new Week(
                DayHours.hours(10, 20),
                DayHours.CLOSED,
                DayHours.CLOSED,
                DayHours.CLOSED,
                DayHours.hours(13, 14)),
            NO_HOLIDAYS);
    var opening = opening(at(france, "Europe/Paris"));
    assertThat(opening.nextClose(Instant.parse("2026-11-23T10:00:00Z")))
        .contains(Instant.parse("2026-11-23T12:00:00Z"));
    assertOpens(opening, "2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z");
    assertThat(opening.shutAt(Instant.parse("2026-11-23T12:30:00Z")))
        .extracting(Opening.Shut::closedDay)
        .containsExactly(false);
  }

  @Test
  void holiday_hoursOfItsOwn_shortenTheDayAndNeverOpenIt() {
    var dates = DateSet.of(List.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 27)));
    var hours =
        HoursSchedule.of(
            "feast",
            new Week(
                DayHours.hours(8, 20),
                DayHours.hours(8, 20),
                DayHours.CLOSED,
                DayHours.hours(10, 22),
                null),
            dates);
    var opening = opening(at(hours, "UTC"));
    assertOpens(opening, "2026-12-25T08:00:00Z", "2026-12-25T10:00:00Z");
    assertThat(opening.nextClose(Instant.parse("2026-12-25T10:00:00Z")))
        .contains(Instant.parse("2026-12-25T20:00:00Z"));
    assertThat(opening.shutAt(Instant.parse("2026-12-27T12:00:00Z")))
        .extracting(Opening.Shut::closedDay)
        .containsExactly(true);
  }

  @Test
  void windowInTheHourLeftOut_staysClosedThatNight() {
    var night = daily("night", new DayHours(120, 180));
    var opening = opening(at(night, "America/New_York"));
    assertOpens(opening, "2027-03-14T05:00:00Z", "2027-03-15T06:00:00Z");
    var lordHowe = opening(at(daily("night", new DayHours(120, 150)), "Australia/Lord_Howe"));
    assertThat(lordHowe.firstOpen(Instant.parse("2026-10-03T14:00:00Z"), 400))
        .contains(Instant.parse("2026-10-04T15:00:00Z"));
  }

  @Test
  void windowInTheHourReadTwice_isOpenInBothPasses() {
    var night = opening(at(daily("night", new DayHours(60, 120)), "America/New_York"));
    assertThat(night.firstOpen(Instant.parse("2026-11-01T04:00:00Z"), 400))
        .contains(Instant.parse("2026-11-01T05:00:00Z"));
    assertThat(night.nextClose(Instant.parse("2026-11-01T05:00:00Z")))
        .contains(Instant.parse("2026-11-01T07:00:00Z"));
    var half = opening(at(daily("half", new DayHours(60, 90)), "America/New_York"));
    assertThat(half.nextClose(Instant.parse("2026-11-01T05:00:00Z")))
        .contains(Instant.parse("2026-11-01T05:30:00Z"));
    assertOpens(half, "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z");
  }

  @Test
  void place_withoutZone_isRefused() {
    assertThatThrownBy(() -> new Place(US, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The hours of Q-US need a zone");
  }

  private static void assertOpens(Opening opening, String at, String until) {
    Instant instant = Instant.parse(at);
    assertThat(opening.isOpen(instant)).isFalse();
    assertThat(opening.shutAt(instant)).isNotEmpty();
    assertThat(opening.firstOpen(instant, 400)).contains(Instant.parse(until));
    assertThat(opening.isOpen(Instant.parse(until).minusSeconds(1))).isFalse();
    assertThat(opening.isOpen(Instant.parse(until))).isTrue();
    assertThat(opening.shutAt(Instant.parse(until))).isEmpty();
  }

  private static HoursSchedule daily(String id, DayHours hours) {
    return HoursSchedule.of(id, Week.daily(hours), NO_HOLIDAYS);
  }

  private static Place at(HoursSchedule schedule, String... zones) {
    return new Place(schedule, FrozenZones.zones(zones));
  }

  private static Opening opening(Place... places) {
    return Opening.of(Arrays.asList(places));
  }
}

package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.calendar.LocalClock;
import rekindle.eligibility.RevocationDeadlines;
import rekindle.eligibility.RevocationDeadlines.Deadline;
import rekindle.facts.Channel;
import rekindle.policy.Release;

/** The worked cases 17, 19 and 20 of COMPLIANCE.md: deadlines of the shipped Revocations table. */
class RevocationDeadlinesTest {
  private final Release release = Objects.requireNonNull(ShippedPolicy.read().release());

  private List<Deadline> deadlines(String received, Channel channel, String place, String zone) {
    var clock = new LocalClock(release.zones().distinct(List.of(zone)));
    return new RevocationDeadlines(release)
        .of(Instant.parse(received), channel, List.of(place), clock);
  }

  @Test
  void stopOnFridayNight_localFridayIsDayZero_legalCountSkipsThanksgiving() {
    assertThat(deadlines("2026-11-21T04:58:00Z", Channel.SMS, "US-OH", "America/New_York"))
        .extracting(one -> one.hit().rule(), Deadline::legal, Deadline::strict)
        .containsExactly(
            tuple(
                "R-US-S",
                Instant.parse("2026-12-08T05:00:00Z"), // the end of 7 December
                Instant.parse("2026-12-05T05:00:00Z"))); // the end of 4 December
  }

  @Test
  void unsubscribeOnSunday_countsFromMonday_providersGiveTwoDays() {
    assertThat(deadlines("2026-11-22T15:00:00Z", Channel.EMAIL, "US-OH", "America/New_York"))
        .extracting(one -> one.hit().rule(), Deadline::legal)
        .containsExactly(
            tuple("R-US-E", Instant.parse("2026-12-08T05:00:00Z")),
            tuple("R-GY", Instant.parse("2026-11-24T15:00:00Z")));
  }

  @Test
  void optOutBeforeJuneteenth_observedFridayIsSkippedByTheLegalCountAlone() {
    assertThat(deadlines("2027-06-11T18:00:00Z", Channel.PHONE, "US-OH", "America/New_York"))
        .extracting(Deadline::legal, Deadline::strict)
        .containsExactly(
            tuple(Instant.parse("2027-06-29T04:00:00Z"), Instant.parse("2027-06-26T04:00:00Z")));
  }

  @Test
  void objectionInTheUnion_hasNoGrace() {
    assertThat(deadlines("2026-11-22T15:00:00Z", Channel.SMS, "DE", "Europe/Berlin"))
        .extracting(Deadline::legal)
        .containsExactly(Instant.parse("2026-11-22T15:00:00Z"));
  }

  @Test
  void unsubscribeInAustralia_fiveBusinessDays_noHolidaySkipped() {
    assertThat(deadlines("2026-12-22T01:00:00Z", Channel.EMAIL, "AU-NSW", "Australia/Sydney"))
        .extracting(Deadline::legal, Deadline::strict)
        .containsExactly(
            tuple(Instant.parse("2026-12-29T13:00:00Z"), Instant.parse("2026-12-29T13:00:00Z")));
  }

  @Test
  void callsInCanada_fourteenDays_andNothingWhereNoRowIs() {
    assertThat(deadlines("2026-11-22T15:00:00Z", Channel.PHONE, "CA-ON", "America/Toronto"))
        .extracting(Deadline::legal)
        .containsExactly(Instant.parse("2026-12-07T05:00:00Z"));
    assertThat(deadlines("2026-11-22T15:00:00Z", Channel.PHONE, "JP", "Asia/Tokyo")).isEmpty();
  }
}

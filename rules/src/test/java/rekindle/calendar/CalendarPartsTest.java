package rekindle.calendar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.calendar.Holidays.Holiday;

class CalendarPartsTest {
  @Test
  void zoneRulesOfJava_anywhereButWhereReleasesAreFrozen_areNotRead() {
    JavaClasses rules =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("rekindle");
    noClasses()
        .that()
        .doNotBelongToAnyOf(JdkZones.class, ZoneTransitions.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.time.zone")
        .because("a decision must not depend on the zone data of the runtime that makes it")
        .check(rules);
    noClasses()
        .should()
        .callMethod(ZoneId.class, "of", String.class)
        .orShould()
        .callMethod(ZoneId.class, "systemDefault")
        .orShould()
        .callMethod(ZoneId.class, "getRules")
        .because("zones come from the release")
        .check(rules);
  }

  @Test
  void holidays_severalCalendars_areKeptApart() {
    var christmas = LocalDate.of(2026, 12, 25);
    var boxing = LocalDate.of(2026, 12, 26);
    var holidays =
        Holidays.of(
            List.of(
                new Holiday("US", christmas, "Christmas Day"),
                new Holiday("GB", christmas, "Christmas Day"),
                new Holiday("GB", boxing, "Boxing Day"),
                new Holiday("GB", boxing, "Saint Stephen's Day")));
    assertThat(holidays.calendars()).containsExactly("GB", "US");
    assertThat(holidays.dates("US").contains(christmas)).isTrue();
    assertThat(holidays.dates("US").contains(boxing)).isFalse();
    assertThat(holidays.dates("GB")).isEqualTo(DateSet.of(List.of(boxing, christmas)));
    assertThatThrownBy(() -> holidays.dates("FR"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no calendar \"FR\"; known are [GB, US]");
  }

  @ParameterizedTest
  @CsvSource({"-1, 60", "0, 1441", "600, 600", "1200, 480", "1440, 1440"})
  void dayHours_thatAreNone_areRefused(int from, int to) {
    assertThatThrownBy(() -> new DayHours(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hours past midnight belong to two days");
  }

  @Test
  void between_endBeforeStart_isRefused() {
    var schedule =
        HoursSchedule.of("Q-X", HoursSchedule.Week.daily(DayHours.ALL_DAY), DateSet.NONE);
    var day = LocalDate.of(2026, 3, 10);
    assertThatThrownBy(() -> schedule.between(day, day.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Q-X would end on 2026-03-09, before 2026-03-10");
  }

  @Test
  void correctionOrCheck_ofNoZone_isRefused() {
    Instant at = Instant.parse("2026-03-10T00:00:00Z");
    assertThatThrownBy(() -> new ZoneCorrection("Mars/Base", at, 0))
        .hasMessage("\"Mars/Base\" is no IANA time zone");
    assertThatThrownBy(() -> new ZoneCheck("Mars/Base", at, 0))
        .hasMessage("\"Mars/Base\" is no IANA time zone");
    assertThatThrownBy(() -> new ZoneCorrection("UTC", at.plusMillis(1), 0))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> new ZoneCheck("UTC", at, 70_000))
        .hasMessageContaining("from -18:00 to +18:00 is allowed");
  }

  @Test
  void candidateZones_severalDates_areRisingAndEachOnce() {
    var zones =
        new CandidateZones(FrozenZones.zones("Asia/Tokyo", "America/Chicago", "America/New_York"));
    Instant at = Instant.parse("2026-03-10T16:00:00Z");
    assertThat(zones.dates(at))
        .containsExactly(LocalDate.of(2026, 3, 10), LocalDate.of(2026, 3, 11));
    assertThat(zones.withinEnds(at, 1)).isEqualTo("2026-04-09T15:00:00Z");
    assertThat(zones.monthsSince(at, Instant.parse("2026-04-09T15:00:00Z"))).isEqualTo(1);
    assertThatThrownBy(() -> new CandidateZones(List.of())).hasMessageContaining("needs a zone");
  }
}

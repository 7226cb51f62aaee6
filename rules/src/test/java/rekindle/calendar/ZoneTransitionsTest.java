package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.code.TimeZones;

class ZoneTransitionsTest {
  private static final Instant VANCOUVER_STAYS = Instant.parse("2026-11-01T09:00:00Z");

  @Test
  void freeze_everyZoneOfTheList_agreesWithJavaTime() {
    var random = new Random(11);
    var available = ZoneId.getAvailableZoneIds();
    for (String name : TimeZones.all()) {
      var zone = ZoneTransitions.freeze(name);
      assertThat(zone.zone()).isEqualTo(name);
      if (available.contains(name)) {
        var rules = ZoneId.of(name).getRules();
        for (int i = 0; i < 50; i++) {
          Instant at = LocalTimeOracle.instant(random, name);
          assertThat(zone.offsetSecondsAt(at))
              .as("%s at %s", name, at)
              .isEqualTo(rules.getOffset(at).getTotalSeconds());
        }
      }
    }
  }

  @Test
  void localDateAndMinute_manyInstants_agreeWithJavaTime() {
    var random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      String name = LocalTimeOracle.zone(random);
      Instant at = LocalTimeOracle.instant(random, name);
      var zone = FrozenZones.zone(name);
      var local = at.atZone(ZoneId.of(name));
      assertThat(zone.localDate(at)).as("%s at %s", name, at).isEqualTo(local.toLocalDate());
      assertThat(zone.localMinuteOfDay(at))
          .as("%s at %s", name, at)
          .isEqualTo(local.getHour() * 60 + local.getMinute());
    }
  }

  @Test
  void instantOf_manyDates_isTheFirstInstantNotBeforeTheLocalTime() {
    var random = new Random(13);
    for (int i = 0; i < 5_000; i++) {
      String name = LocalTimeOracle.zone(random);
      var id = ZoneId.of(name);
      LocalDate date = LocalTimeOracle.instant(random, name).atZone(id).toLocalDate();
      int minute = random.nextBoolean() ? random.nextInt(1441) : random.nextInt(6) * 30;
      Instant found = FrozenZones.zone(name).instantOf(date, minute);
      var wanted = date.atStartOfDay().plusMinutes(minute);
      String what = name + " " + wanted;
      assertThat(found.atZone(id).toLocalDateTime()).as(what).isAfterOrEqualTo(wanted);
      for (Instant before = found.minusMillis(1);
          before.isAfter(found.minusSeconds(5 * 3600));
          before = before.minusSeconds(60)) {
        assertThat(before.atZone(id).toLocalDateTime()).as(what).isBefore(wanted);
      }
    }
  }

  @Test
  void startOfDay_dateThatSamoaLeftOut_isTheStartOfTheNext() {
    var apia = FrozenZones.zone("Pacific/Apia");
    assertThat(apia.startOfDay(LocalDate.of(2011, 12, 30)))
        .isEqualTo(apia.startOfDay(LocalDate.of(2011, 12, 31)))
        .isEqualTo("2011-12-30T10:00:00Z");
  }

  @Test
  void startOfDay_midnightReadTwice_isTheFirst() {
    var stJohns = FrozenZones.zone("America/St_Johns");
    assertThat(stJohns.startOfDay(LocalDate.of(2010, 11, 7))).isEqualTo("2010-11-07T02:30:00Z");
    assertThat(stJohns.localDate(Instant.parse("2010-11-07T02:31:00Z")))
        .isEqualTo(LocalDate.of(2010, 11, 6));
  }

  @Test
  void offset_outsideTheFrozenYears_isThatOfTheEdge() {
    var newYork = FrozenZones.zone("America/New_York");
    assertThat(newYork.offsetSecondsAt(Instant.parse("1970-07-01T00:00:00Z"))).isEqualTo(-18_000);
    assertThat(newYork.offsetSecondsAt(Instant.parse("2080-07-01T00:00:00Z"))).isEqualTo(-18_000);
  }

  @Test
  void toText_everyZone_readsBackEqual() {
    for (String name : TimeZones.all()) {
      var zone = ZoneTransitions.freeze(name);
      assertThat(ZoneTransitions.parse(zone.toText())).isEqualTo(zone).hasSameHashCodeAs(zone);
    }
    assertThat(FrozenZones.zone("Asia/Pyongyang").toText())
        .isEqualTo("Asia/Pyongyang +09:00 2015-08-14T15:00:00Z +08:30 2018-05-04T15:00:00Z +09:00");
    assertThat(ZoneTransitions.fixed("UTC", 0).toText()).isEqualTo("UTC +00:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UTC",
        "UTC 0",
        "UTC +00:00 2020-01-01T00:00:00Z",
        "UTC +00:00 tomorrow +01:00",
        "UTC +00:00 2020-01-01T00:00:00Z +25:00",
        "UTC +00:00 2020-01-01T00:00:00Z +01:00 2019-01-01T00:00:00Z +02:00",
        "UTC  +00:00"
      })
  void parse_otherText_isRefused(String line) {
    assertThatThrownBy(() -> ZoneTransitions.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line.isEmpty() ? "expected" : "UTC");
  }

  @Test
  void freeze_unknownZone_saysWhatToDo() {
    assertThatThrownBy(() -> ZoneTransitions.freeze("Mars/Base"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "This Java runtime has no time zone \"Mars/Base\"; build the release with newer zone"
                + " data");
  }

  @Test
  void corrections_vancouver_keepItsSummerOffset() {
    var vancouver =
        FrozenZones.zone("America/Vancouver")
            .withCorrections(
                List.of(new ZoneCorrection("America/Vancouver", VANCOUVER_STAYS, -25_200)));
    assertThat(vancouver.offsetSecondsAt(Instant.parse("2026-02-01T00:00:00Z"))).isEqualTo(-28_800);
    for (String at :
        List.of("2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z", "2049-01-01T00:00:00Z")) {
      assertThat(vancouver.offsetSecondsAt(Instant.parse(at))).as(at).isEqualTo(-25_200);
    }
  }

  @Test
  void corrections_ofALink_concernTheZone() {
    var correction = new ZoneCorrection("Canada/Pacific", VANCOUVER_STAYS, -25_200);
    assertThat(FrozenZones.zone("America/Vancouver").withCorrections(List.of(correction)))
        .isNotEqualTo(FrozenZones.zone("America/Vancouver"));
    assertThat(FrozenZones.zone("America/Los_Angeles").withCorrections(List.of(correction)))
        .isEqualTo(FrozenZones.zone("America/Los_Angeles"));
  }

  @Test
  void corrections_severalInAnyOrder_holdUntilTheNext() {
    var first = new ZoneCorrection("Europe/London", Instant.parse("2030-01-01T00:00:00Z"), 3600);
    var second = new ZoneCorrection("Europe/London", Instant.parse("2031-01-01T00:00:00Z"), 0);
    var london = FrozenZones.zone("Europe/London");
    var corrected = london.withCorrections(List.of(second, first));
    assertThat(corrected).isEqualTo(london.withCorrections(List.of(first, second)));
    assertThat(corrected.offsetSecondsAt(Instant.parse("2029-12-31T23:59:59Z"))).isZero();
    assertThat(corrected.offsetSecondsAt(Instant.parse("2030-01-01T00:00:00Z"))).isEqualTo(3600);
    assertThat(corrected.offsetSecondsAt(Instant.parse("2031-07-01T00:00:00Z"))).isZero();
    assertThatThrownBy(() -> london.withCorrections(List.of(first, first)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two corrections from 2030-01-01T00:00:00Z");
  }

  @Test
  void corrections_thatTheDataAlreadyHave_changeNothing() {
    var phoenix = FrozenZones.zone("America/Phoenix");
    assertThat(
            phoenix.withCorrections(
                List.of(new ZoneCorrection("America/Phoenix", VANCOUVER_STAYS, -25_200))))
        .isEqualTo(phoenix);
  }
}

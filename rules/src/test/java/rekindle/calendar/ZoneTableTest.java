package rekindle.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import rekindle.code.TimeZones;

class ZoneTableTest {
  private static final int PACIFIC_SUMMER = -7 * 3600;
  private static final ZoneCorrection VANCOUVER_STAYS =
      new ZoneCorrection(
          "America/Vancouver", Instant.parse("2026-11-01T09:00:00Z"), PACIFIC_SUMMER);
  private static final ZoneCheck VANCOUVER_IN_WINTER =
      new ZoneCheck("America/Vancouver", Instant.parse("2026-12-01T12:00:00Z"), PACIFIC_SUMMER);
  private static final List<String> NAMES =
      List.of("America/Vancouver", "America/Los_Angeles", "US/Pacific", "America/Phoenix", "MST");

  @Test
  void stale_dataThatACheckContradicts_isKnownByEveryNameOfTheZone() {
    var old =
        ZoneTable.of(
            List.of(
                ZoneTransitions.fixed("America/Vancouver", -28_800),
                ZoneTransitions.fixed("America/Los_Angeles", -28_800)),
            List.of(),
            List.of(VANCOUVER_IN_WINTER));
    assertThat(old.stale()).containsExactly("America/Vancouver");
    assertThat(old.isStale("Canada/Pacific")).isTrue();
    assertThat(old.isStale("America/Los_Angeles")).isFalse();
  }

  @Test
  void stale_correctedData_isNot() {
    var table = ZoneTable.freeze(NAMES, List.of(VANCOUVER_STAYS), List.of(VANCOUVER_IN_WINTER));
    assertThat(table.stale()).isEmpty();
    assertThat(table.isStale("America/Vancouver")).isFalse();
  }

  @Test
  void stale_zoneThatTheReleaseDoesNotName_is() {
    var table = ZoneTable.freeze(NAMES, List.of(), List.of());
    assertThat(table.isStale("Europe/Berlin")).isTrue();
    assertThat(table.find("Europe/Berlin")).isEmpty();
  }

  @Test
  void find_link_isTheZone() {
    var table = ZoneTable.freeze(NAMES, List.of(), List.of());
    assertThat(table.find("Canada/Pacific")).contains(FrozenZones.zone("America/Vancouver"));
    assertThat(table.zones()).hasSize(4);
  }

  @Test
  void distinct_sameOffsets_countOnce() {
    var before = ZoneTable.freeze(NAMES, List.of(), List.of());
    assertThat(before.distinct(List.of("America/Phoenix", "MST", "US/Arizona")))
        .extracting(ZoneTransitions::zone)
        .containsExactly("America/Phoenix");
    var after = ZoneTable.freeze(NAMES, List.of(VANCOUVER_STAYS), List.of());
    assertThat(after.distinct(List.of("US/Pacific", "America/Vancouver", "Mars/Base")))
        .extracting(ZoneTransitions::zone)
        .containsExactly("America/Los_Angeles", "America/Vancouver");
    assertThat(after.distinct(List.of("Canada/Pacific")))
        .extracting(ZoneTransitions::zone)
        .containsExactly("America/Vancouver");
    assertThat(after.distinct(List.of("Mars/Base"))).isEmpty();
    assertThat(after.distinct(List.of())).isEmpty();
  }

  @Test
  void distinct_orderOfNames_doesNotMatter() {
    var table = ZoneTable.freeze(NAMES, List.of(VANCOUVER_STAYS), List.of());
    assertThat(table.distinct(List.of("MST", "US/Pacific", "America/Vancouver")))
        .isEqualTo(table.distinct(List.of("America/Vancouver", "MST", "US/Pacific")));
  }

  @Test
  void toText_allZones_readsBackTheSame() {
    var table = ZoneTable.freeze(TimeZones.all(), List.of(VANCOUVER_STAYS), List.of());
    String text = table.toText();
    var read = ZoneTable.parse(text, List.of(VANCOUVER_IN_WINTER));
    assertThat(read.toText()).isEqualTo(text);
    assertThat(read.zones()).isEqualTo(table.zones());
    assertThat(read.stale()).isEmpty();
  }
}

package rekindle.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.code.Jurisdictions;
import rekindle.code.TimeZones;

class CodesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "US", "GB", "US-TX", "US-DC", "US-PR", "PR", "GU", "VI", "AS", "MP", "CA-ON", "AU-NSW",
        "GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "GB-LND", "DE-BY", "FR-974", "FR-RE", "FR-75",
        "ES-CN", "IT-RM", "BR-SP", "IN-MH", "IN-TS", "IN-TG", "MX-CMX", "JP-13", "CH-ZH", "NL-BQ1"
      })
  void isKnown_codeOfIso3166_yes(String code) {
    assertThat(Jurisdictions.isKnown(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UK", "EU", "us", "us-tx", "USA", "US-", "US-XX", "US-UK", "CA-TX", "AU-XYZ", "GB-UK",
        "DE-XX", "XX", "XX-AB", "JP-1234", "JP-é", "JP_13", "", " US", "US\n", "İN", "IT-ROMA"
      })
  void isKnown_anythingElse_no(String code) {
    assertThat(Jurisdictions.isKnown(code)).isFalse();
  }

  @Test
  void parent_subdivision_isItsCountry() {
    assertThat(Jurisdictions.parent("US-TX")).contains("US");
    assertThat(Jurisdictions.parent("US")).isEmpty();
  }

  @Test
  void all_everyCode_isKnownWithItsParentAndAName() {
    assertThat(Jurisdictions.countries()).hasSize(249);
    assertThat(Jurisdictions.all())
        .hasSizeGreaterThan(900)
        .allMatch(Jurisdictions::isKnown)
        .allMatch(code -> Jurisdictions.name(code) != null)
        .allMatch(code -> Jurisdictions.parent(code).map(Jurisdictions::isKnown).orElse(true));
    assertThat(Jurisdictions.name("US-TX")).isEqualTo("Texas");
  }

  @Test
  void zones_linksAndZones_haveACanonicalZone() {
    assertThat(TimeZones.canonical("US/Eastern")).isEqualTo("America/New_York");
    assertThat(TimeZones.canonical("America/New_York")).isEqualTo("America/New_York");
    assertThat(TimeZones.canonical("Asia/Calcutta")).isEqualTo("Asia/Kolkata");
    assertThat(TimeZones.all())
        .hasSize(597)
        .allMatch(z -> TimeZones.canonical(TimeZones.canonical(z)).equals(TimeZones.canonical(z)))
        .allMatch(z -> TimeZones.isKnown(TimeZones.canonical(z)));
  }

  @Test
  void zones_standIn_isGivenOnlyForZonesThatSomeJdksLack() {
    assertThat(TimeZones.standIn("EST")).contains("America/Panama");
    assertThat(TimeZones.standIn("America/New_York")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mars/Base",
        "america/new_york",
        "EDT",
        "+05:30",
        "GMT+5",
        "Factory",
        "SystemV/PST8"
      })
  void zones_anythingElse_unknown(String name) {
    assertThat(TimeZones.isKnown(name)).isFalse();
  }
}

package rekindle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "2026-03-10T15:00:00Z,2026-03-10T15:00:00Z",
    "2026-03-10t15:00:00z,2026-03-10T15:00:00Z",
    "2026-03-10T15:00:00+05:30,2026-03-10T09:30:00Z",
    "2026-03-10T15:00:00-08:00,2026-03-10T23:00:00Z",
    "2026-03-10T00:00:00+23:59,2026-03-09T00:01:00Z",
    "2026-03-10T15:00:00-00:00,2026-03-10T15:00:00Z",
    "2026-03-10T15:00:00.1Z,2026-03-10T15:00:00.100Z",
    "2026-03-10T15:00:00.1239999999Z,2026-03-10T15:00:00.123Z",
    "2026-03-10T15:00:00.0009Z,2026-03-10T15:00:00Z",
    "1969-12-31T23:59:59.9999Z,1969-12-31T23:59:59.999Z",
    "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
  })
  void parse_dateTime_truncatesToTheMillisecond(String text, String canonical) {
    assertThat(Rfc3339.parse(text).map(Rfc3339::format)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-10",
        "2026-03-10T15:00Z",
        "2026-03-10T15:00:00",
        "2026-03-10 15:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-03-10T24:00:00Z",
        "2026-03-10T15:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-03-10T15:00:00.Z",
        "2026-03-10T15:00:00+5:30",
        "2026-03-10T15:00:00+24:00",
        "26-03-10T15:00:00Z",
        "+2026-03-10T15:00:00Z",
        "2026-03-10T15:00:00Z ",
        "٢٠٢٦-03-10T15:00:00Z",
        "2026-03-10T15:00:00,5Z",
        "2026-03-10T15:00:00+0530",
        "1773154800"
      })
  void parse_anythingElse_isEmpty(String text) {
    assertThat(Rfc3339.parse(text)).isEmpty();
  }

  @Test
  void format_randomInstants_equalsTheLibrarysIsoForm() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var instant =
          Instant.ofEpochMilli(random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L));

      assertThat(Rfc3339.format(instant)).isEqualTo(DateTimeFormatter.ISO_INSTANT.format(instant));
      OffsetDateTime local =
          instant.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-1080, 1081) * 60));
      if (local.getYear() >= 0 && local.getYear() <= 9999) {
        String text =
            local.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT));
        assertThat(Rfc3339.parse(text)).contains(instant);
      }
    }
  }

  @Test
  void format_yearsOfMoreThanFourDigits_areRefused() {
    assertThatThrownBy(() -> Rfc3339.format(Instant.parse("+10000-01-01T00:00:00Z")))
        .hasMessage("RFC 3339 knows the years 0000 to 9999, not +10000-01-01T00:00:00Z");
    assertThatThrownBy(() -> Rfc3339.format(Instant.parse("-0001-12-31T23:59:59Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

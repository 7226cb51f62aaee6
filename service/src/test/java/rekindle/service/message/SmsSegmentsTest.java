package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTest {
  @ParameterizedTest
  @CsvSource({
    "a, 0, gsm_7bit, 0, 1",
    "a, 160, gsm_7bit, 160, 1",
    "a, 161, gsm_7bit, 161, 2",
    "a, 306, gsm_7bit, 306, 2",
    "a, 307, gsm_7bit, 307, 3",
    "€, 80, gsm_7bit, 160, 1",
    "€, 81, gsm_7bit, 162, 2",
    // 76 of two septets fit a part of 153, and one septet stays free.
    "€, 152, gsm_7bit, 304, 2",
    "€, 153, gsm_7bit, 306, 3",
    "^, 1, gsm_7bit, 2, 1",
    "à, 160, gsm_7bit, 160, 1",
    "á, 70, ucs_2, 70, 1",
    "á, 71, ucs_2, 71, 2",
    "á, 134, ucs_2, 134, 2",
    "á, 135, ucs_2, 135, 3",
    "😀, 35, ucs_2, 70, 1",
    // 33 of two units fit a part of 67.
    "😀, 66, ucs_2, 132, 2",
    "😀, 67, ucs_2, 134, 3",
    "’, 1, ucs_2, 1, 1",
  })
  void segments_atTheirLimits(
      String character, int times, String encoding, int units, int segments) {
    assertThat(SmsSegments.of(character.repeat(times)))
        .isEqualTo(new SmsSegments(encoding, units, segments));
  }
}

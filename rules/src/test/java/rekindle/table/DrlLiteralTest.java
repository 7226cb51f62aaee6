package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rekindle.testing.HostileTexts;

class DrlLiteralTest {
  @Test
  void string_hostileTexts_hasNoQuoteAndOnlyEscapesOfItsOwn() {
    assertThat(HostileTexts.stream(7).limit(20_000))
        .allSatisfy(
            text ->
                assertThat(DrlLiteral.string(text))
                    .matches("\"([A-Za-z0-9 ,\\-./:_]|\\\\[0-3][0-7]{2}|\\\\u[0-9a-f]{4})*+\"")
                    .doesNotContain("_x", "_X", "\\u00"));
  }

  @Test
  void string_codes_staysReadable() {
    assertThat(DrlLiteral.string("paid_media")).isEqualTo("\"paid_media\"");
    assertThat(DrlLiteral.string("America/New_York")).isEqualTo("\"America/New_York\"");
    assertThat(DrlLiteral.string("a\"b\\c\n$")).isEqualTo("\"a\\042b\\134c\\012\\044\"");
  }

  @Test
  void number_smallest_isALiteralOfJava() {
    assertThat(DrlLiteral.number(Long.MIN_VALUE)).isEqualTo("-9223372036854775808L");
  }
}

package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what is the matter with a person's rows keeps the person out of looks. */
class LookFailureTest {
  @ParameterizedTest
  @CsvSource({
    ", OF_EVERYBODY",
    "08006, OF_EVERYBODY",
    "25006, OF_EVERYBODY",
    "53100, OF_EVERYBODY",
    "57P01, OF_EVERYBODY",
    "58030, OF_EVERYBODY",
    "40001, PASSING",
    "40P01, PASSING",
    "55P03, PASSING",
    "57014, PASSING",
    "22P02, OF_PERSON",
    "23505, OF_PERSON",
  })
  void database_thatFailed_tellsByItsState(@Nullable String state, LookFailure expected) {
    var failed = new IllegalStateException(new SQLException("no", state));
    assertThat(LookFailure.of(failed)).isEqualTo(expected);
  }

  @Test
  void engine_thatCannotBeHad_isNobodysFault_andOneThatFailsIs() {
    assertThat(LookFailure.of(new EngineUnavailable(new IllegalStateException("none"))))
        .isEqualTo(LookFailure.OF_EVERYBODY);
    assertThat(LookFailure.of(new IllegalStateException("a rule failed")))
        .isEqualTo(LookFailure.OF_PERSON);
  }
}

package rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each sequence of the shipped tables, played from begin to end: the calendar of touches is a text
 * that a person has read and checked. After a change of the tables that is meant, run it with
 * {@code -Dgolden.write=true} and read what differs.
 */
class GoldenCalendarsTest {
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  @TestFactory
  Stream<DynamicTest> calendar_ofEachSequence_isTheOneThatWasChecked() {
    return PlannedCase.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> assertKnown(one)));
  }

  @Test
  void goldenFiles_eachHasItsCase() throws IOException {
    try (var files = Files.list(PlannedCase.FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".txt")))
          .containsExactlyInAnyOrderElementsOf(
              PlannedCase.all().stream().map(PlannedCase::golden).toList());
    }
  }

  private static void assertKnown(PlannedCase one) throws IOException {
    String text = withoutRelease(CalendarText.of(one.calendar()));
    Path golden = one.golden();
    if (WRITE) {
      Files.writeString(golden, text);
    }
    assertThat(golden).isRegularFile();
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  /** Any change of a workbook makes another release, also one that decides nothing. */
  private static String withoutRelease(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("Release "))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

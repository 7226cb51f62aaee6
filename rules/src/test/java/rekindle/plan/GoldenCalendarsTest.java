package rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rekindle.decision.Decision.Verdict;
import rekindle.engine.ShippedEngine;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;

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

  /**
   * High-ticket programs are dormant after 90 days, and from then on a person is ageing, of which
   * the cohort drops the last step: it is never taken.
   */
  @Test
  void steps_ofTheTables_areAllTakenInACalendarButOne() {
    TypedTable steps = ShippedEngine.get().release().table(CadenceTables.STEPS);
    Set<String> never = new TreeSet<>(steps.rows().stream().map(TypedRow::id).toList());
    for (PlannedCase one : PlannedCase.all()) {
      for (CalendarEntry entry : one.calendar().entries()) {
        if (entry instanceof Decided decided && decided.decision().verdict() == Verdict.TOUCH) {
          decided.decision().reasons().forEach(reason -> never.remove(reason.rule()));
        }
      }
    }
    assertThat(never).containsExactly("standard_five-5-high_ticket");
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

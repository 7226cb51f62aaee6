package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Touch;

/**
 * The steps of a sequence for a person, and how far they are (DECIDING.md section 3, Next step).
 *
 * @param enteredAt when the journey began, or would begin
 * @param previous the highest counted touch, null before the first
 * @param remaining the later steps that have not failed too often
 */
record OracleSteps(
    String sequence,
    Instant enteredAt,
    int of,
    @Nullable Touch previous,
    List<OracleRow> steps,
    List<OracleRow> remaining) {
  private static final Set<String> FAILED = Set.of("failed", "not_sent");

  static boolean countsForSteps(Touch touch) {
    return !FAILED.contains(touch.outcome());
  }

  static boolean countsForCaps(Touch touch) {
    return countsForSteps(touch) && !touch.outcome().equals("withheld");
  }

  /**
   * @param begun whether the journey is under way; else it begins at {@code enteredAt} and nothing
   *     of before counts
   */
  static OracleSteps of(
      OracleTables tables,
      ContactFacts facts,
      String sequence,
      int dropped,
      Instant enteredAt,
      boolean begun) {
    var all =
        tables.rows("cadence/Steps").stream()
            .filter(row -> row.takes("Sequence", sequence))
            .filter(row -> row.takes("Program", facts.contact().program()))
            .sorted(Comparator.comparingInt(row -> row.whole("→ Step")))
            .toList();
    int of = all.isEmpty() ? 0 : Math.max(1, all.size() - dropped);
    var touches =
        begun
            ? facts.touches().stream()
                .filter(touch -> touch.sequence().equals(sequence))
                .filter(touch -> !touch.at().isBefore(enteredAt))
                .toList()
            : List.<Touch>of();
    var previous =
        touches.stream()
            .filter(OracleSteps::countsForSteps)
            .max(Comparator.comparingInt(Touch::step).thenComparing(Touch::at))
            .orElse(null);
    int limit = limit(tables, "failed_attempts");
    var remaining =
        all.subList(0, of).stream()
            .filter(row -> previous == null || row.whole("→ Step") > previous.step())
            .filter(
                row ->
                    touches.stream()
                            .filter(touch -> touch.step() == row.whole("→ Step"))
                            .filter(touch -> FAILED.contains(touch.outcome()))
                            .count()
                        < limit)
            .toList();
    return new OracleSteps(sequence, enteredAt, of, previous, all, remaining);
  }

  private Duration offset(int step) {
    return steps.stream()
        .filter(row -> row.whole("→ Step") == step)
        .findFirst()
        .map(row -> row.days("→ Days from the begin"))
        .orElse(Duration.ZERO);
  }

  Instant dueAt(OracleRow step) {
    Duration offset = offset(step.whole("→ Step"));
    Instant due = enteredAt.plus(offset);
    if (previous != null) {
      Instant after = previous.at().plus(offset.minus(offset(previous.step())));
      due = after.isAfter(due) ? after : due;
    }
    return due;
  }

  static int limit(OracleTables tables, String name) {
    return tables.first("cadence/Limits", row -> row.cell("Limit").equals(name)).whole("→ Value");
  }
}

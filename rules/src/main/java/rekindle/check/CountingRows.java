package rekindle.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;

/**
 * All-hit tables: rows that hold at once are meant to, so only those are found that add nothing to
 * others with the same results, and those that share a number.
 */
final class CountingRows {
  private final TableSpace table;
  private final Cover cover;
  private final Wording wording;
  private final List<Finding> findings = new ArrayList<>();
  private final BitSet spare = new BitSet();

  CountingRows(TableSpace table, Cover cover) {
    this.table = table;
    this.cover = cover;
    this.wording = new Wording(table.table());
  }

  List<Finding> findings() {
    if (table.meaning().rows() != TableMeaning.Rows.NAMED) {
      // From below, so that of two rows that repeat each other the lower is reported.
      for (int row = table.rows().size() - 1; row >= 0; row--) {
        if (table.canHold(row)) {
          checkSpare(row);
        }
      }
    }
    String number = table.meaning().number();
    if (number != null) {
      IntStream.range(1, table.rows().size()).forEach(row -> checkNumber(row, number));
    }
    return findings;
  }

  private void checkSpare(int row) {
    Box box = table.boxes().get(row);
    List<Integer> others = sameAnswer(row);
    List<Integer> larger =
        others.stream().filter(other -> table.boxes().get(other).contains(box)).limit(1).toList();
    if (larger.isEmpty()) {
      List<Integer> meeting =
          others.stream()
              .filter(other -> table.space().intersects(box, table.boxes().get(other)))
              .toList();
      var answer = cover.anyOutside(box, meeting.stream().map(table.boxes()::get).toList());
      if (!answer.isCovered()) {
        return;
      }
      larger = answer.used().stream().mapToObj(meeting::get).toList();
    }
    spare.set(row);
    report(row, larger);
  }

  private List<Integer> sameAnswer(int row) {
    TypedRow own = table.rows().get(row);
    boolean ordered = table.meaning().rows() == TableMeaning.Rows.ORDERED;
    return IntStream.range(0, ordered ? row : table.rows().size())
        .filter(other -> other != row && !spare.get(other) && table.canHold(other))
        .filter(other -> Answers.sameWithCitation(table.table(), own, table.rows().get(other)))
        .boxed()
        .toList();
  }

  private void report(int row, List<Integer> larger) {
    TypedRow own = table.rows().get(row);
    Box box = table.boxes().get(row);
    boolean twin = table.space().sameBut(box, table.boxes().get(larger.get(0)), table.days());
    String others = Wording.names(larger.stream().map(table.rows()::get).toList());
    findings.add(
        wording.finding(
            Severity.WARNING,
            twin ? CheckCodes.ROW_DUPLICATED : CheckCodes.ROW_REDUNDANT,
            own,
            Wording.name(own)
                + (twin
                    ? " repeats " + others + ": the same conditions, the same results. Delete it."
                    : " adds nothing: "
                        + others
                        + (larger.size() == 1 ? " gives" : " together give")
                        + " the same results wherever it holds."),
            Wording.example(table.space(), box, List.of(box))));
  }

  private void checkNumber(int row, String number) {
    TypedRow own = table.rows().get(row);
    for (int upper = 0; upper < row; upper++) {
      TypedRow other = table.rows().get(upper);
      @Nullable Box shared =
          own.cell(number).equals(other.cell(number))
              ? table.space().intersection(table.boxes().get(row), table.boxes().get(upper))
              : null;
      if (shared != null && !Answers.same(table.table(), own, other)) {
        findings.add(
            wording.finding(
                Severity.WARNING,
                CheckCodes.ROWS_OVERLAP,
                own,
                Wording.names(List.of(other, own))
                    + " hold at once and have the same number, "
                    + own.number(number).map(n -> n.toPlainString()).orElse("none")
                    + ": only the upper one counts then. Give one another number, or tell them"
                    + " apart.",
                Wording.example(table.space(), shared, List.of(shared))));
        return;
      }
    }
  }
}

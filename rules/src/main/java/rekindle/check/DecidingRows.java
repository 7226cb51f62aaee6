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
 * First-hit tables: what is left to each row by those above it, and what would become of that
 * without the row. "Masked rule" and "subsumption" in the literature on DMN tables.
 */
final class DecidingRows {
  /** Of longer lists no smaller one is looked for that would do too. */
  private static final int THINNED_MAX = 40;

  private final TableSpace table;
  private final Cover cover;
  private final Wording wording;
  private final List<Finding> findings = new ArrayList<>();

  /** Rows that decide something. */
  private final BitSet deciding = new BitSet();

  /** Rows that can hold and were not found spare: they may decide once another is gone. */
  private final BitSet kept = new BitSet();

  DecidingRows(TableSpace table, Cover cover) {
    this.table = table;
    this.cover = cover;
    this.wording = new Wording(table.table());
  }

  List<Finding> findings() {
    for (int row = 0; row < table.rows().size(); row++) {
      if (table.canHold(row)) {
        kept.set(row);
        deciding.set(row, !isMasked(row));
      }
    }
    deciding.stream().forEach(this::checkSpare);
    checkGap();
    return findings;
  }

  /** Reports a row that upper rows leave nothing. */
  private boolean isMasked(int row) {
    Box box = table.boxes().get(row);
    List<Integer> above = IntStream.range(0, row).boxed().toList();
    Integer same = null;
    Integer larger = null;
    for (int other : above) {
      if (same == null && table.boxes().get(other).contains(box)) {
        larger = larger == null ? other : larger;
        same = isSameButDays(row, other) ? other : null;
      }
    }
    if (same != null) {
      reportTwin(row, table.rows().get(same));
      return true;
    }
    if (larger != null) {
      reportMasked(row, List.of(larger));
      return true;
    }
    List<Integer> meeting =
        above.stream()
            .filter(deciding::get)
            .filter(other -> table.space().intersects(box, table.boxes().get(other)))
            .toList();
    Cover.Answer answer = cover.anyOutside(box, boxes(meeting));
    if (answer.isCovered()) {
      reportMasked(row, thinned(box, answer.used().stream().mapToObj(meeting::get).toList()));
    }
    return answer.isCovered();
  }

  private boolean isSameButDays(int row, int other) {
    return table.space().sameBut(table.boxes().get(row), table.boxes().get(other), table.days());
  }

  /** Leaves out, one after another, rows that are not needed to cover the box. */
  private List<Integer> thinned(Box box, List<Integer> covering) {
    var needed = new ArrayList<>(covering);
    for (Integer row : covering.size() > THINNED_MAX ? List.<Integer>of() : covering) {
      var fewer = new ArrayList<>(needed);
      fewer.remove(row);
      if (cover.anyOutside(box, boxes(fewer)).isCovered()) {
        needed = fewer;
      }
    }
    return needed;
  }

  private void reportTwin(int row, TypedRow twin) {
    TypedRow lower = table.rows().get(row);
    Box box = table.boxes().get(row);
    String example = Wording.example(table.space(), box, List.of(box));
    boolean same = Answers.same(table.table(), lower, twin);
    kept.set(row, !same);
    findings.add(
        same
            ? wording.finding(
                Severity.WARNING,
                CheckCodes.ROW_DUPLICATED,
                lower,
                Wording.name(lower)
                    + " repeats "
                    + Wording.name(twin)
                    + ": the same conditions, the same results. Delete one of them.",
                example)
            : wording.finding(
                Severity.ERROR,
                CheckCodes.ROWS_CONTRADICT,
                lower,
                Wording.name(lower)
                    + " contradicts "
                    + Wording.name(twin)
                    + ": the same conditions, other results, and only the upper row can decide."
                    + " Delete one of them, or tell them apart by a condition or by their dates.",
                example));
  }

  private void reportMasked(int row, List<Integer> masking) {
    TypedRow masked = table.rows().get(row);
    Box box = table.boxes().get(row);
    boolean one = masking.size() == 1;
    findings.add(
        wording.finding(
            Severity.WARNING,
            CheckCodes.ROW_NEVER_DECIDES,
            masked,
            Wording.name(masked)
                + " can never decide: "
                + Wording.names(masking.stream().map(table.rows()::get).toList())
                + (one ? " already holds" : " together already hold")
                + " for every person for whom it does"
                + (table.days() < 0 ? "." : ", on each of its days."),
            Wording.example(table.space(), box, List.of(box))));
  }

  private void checkSpare(int row) {
    List<TypedRow> instead = standIns(row);
    if (instead != null) {
      kept.clear(row);
      TypedRow spare = table.rows().get(row);
      Box box = table.boxes().get(row);
      findings.add(
          wording.finding(
              Severity.WARNING,
              CheckCodes.ROW_REDUNDANT,
              spare,
              Wording.name(spare)
                  + " changes nothing: without it "
                  + Wording.names(instead)
                  + " would give the same results for every person for whom it decides.",
              Wording.example(table.space(), box, List.of(box))));
    }
  }

  /** Rows that would answer the same in all cases that the row decides; null if not all do. */
  private @Nullable List<TypedRow> standIns(int row) {
    Box box = table.boxes().get(row);
    TypedRow own = table.rows().get(row);
    TypedRow otherwise = table.otherwiseInstead(own);
    List<Integer> others = kept.stream().filter(other -> other != row).boxed().toList();
    if (otherwise == null && !cover.anyOutside(box, table.meeting(box, others)).isCovered()) {
      return null;
    }
    var instead = new ArrayList<TypedRow>();
    var before =
        new ArrayList<>(table.meeting(box, others.stream().filter(other -> other < row).toList()));
    for (int lower : others) {
      Box part = lower < row ? null : table.space().intersection(box, table.boxes().get(lower));
      if (part != null) {
        var answer = cover.anyOutside(part, before);
        boolean same = Answers.sameWithCitation(table.table(), own, table.rows().get(lower));
        if (!same && !answer.isCovered()) {
          return null;
        }
        if (same && answer.isUncovered()) {
          instead.add(table.rows().get(lower));
        }
        before.add(table.boxes().get(lower));
      }
    }
    if (otherwise != null && cover.anyOutside(box, before).isUncovered()) {
      instead.add(otherwise);
    }
    return instead.isEmpty() ? null : instead;
  }

  private void checkGap() {
    if (table.otherwise() == null) {
      var answer = cover.anyOutside(table.space().everything(), table.boxes());
      if (answer.isUncovered()) {
        Box gap = answer.parts().get(0);
        findings.add(
            wording.finding(
                Severity.ERROR,
                CheckCodes.GAP,
                null,
                "no row holds for some people, for example: "
                    + Wording.sentence(table.space(), gap, List.of())
                    + ". Add a row for them, or an otherwise row.",
                Wording.example(table.space(), gap, List.of())));
      }
    }
  }

  private List<Box> boxes(List<Integer> rows) {
    return rows.stream().map(table.boxes()::get).toList();
  }
}

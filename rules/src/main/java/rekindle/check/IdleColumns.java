package rekindle.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import rekindle.table.Cell;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.Condition.Comparison;
import rekindle.table.Condition.Wildcards;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.HitPolicy;
import rekindle.table.TypedRow;

/**
 * Columns, and single cells, that say something although no answer depends on it. A column in which
 * every row says {@code any} is none: nobody was misled. Neither is one in which only rows say
 * something that are reported themselves.
 */
final class IdleColumns {
  private final TableSpace table;
  private final Cover cover;
  private final Wording wording;
  private final Set<Integer> reported;

  /**
   * @param reported numbers of rows that were found never to hold, to decide or to matter
   */
  IdleColumns(TableSpace table, Cover cover, Set<Integer> reported) {
    this.table = table;
    this.cover = cover;
    this.reported = reported;
    this.wording = new Wording(table.table());
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    for (Column column : table.table().definition().conditions()) {
      List<TypedRow> saying =
          table.rows().stream()
              .filter(row -> !(row.cell(column.key()) instanceof Cell.Any))
              .filter(row -> !reported.contains(row.number()))
              .toList();
      if (saying.isEmpty() || table.meaning().isRemark(column.key())) {
        continue;
      }
      if (takesAny(column) && new Widened(column).neverMatters()) {
        findings.add(column(column));
      } else if (isTogether(column)) {
        saying.stream()
            .filter(row -> !table.tests().isRead(row, column))
            .forEach(row -> findings.add(cell(column, row)));
      }
    }
    return findings;
  }

  private static boolean takesAny(Column column) {
    return column.condition() == null || column.condition().wildcards() != Wildcards.NONE;
  }

  private static boolean isTogether(Column column) {
    return column.condition() != null && column.condition().comparison() == Comparison.TOGETHER;
  }

  private Finding column(Column column) {
    return wording.finding(
        Severity.WARNING,
        CheckCodes.COLUMN_NEVER_MATTERS,
        null,
        "the column \""
            + column.label()
            + "\" decides nothing: with any in all of its cells every answer would be the same.",
        null);
  }

  private Finding cell(Column column, TypedRow row) {
    return wording.finding(
        Severity.WARNING,
        CheckCodes.CELL_NEVER_MATTERS,
        row,
        Wording.name(row)
            + " holds or not whatever \""
            + column.label()
            + "\" says: "
            + CellWriter.text(column, row.cell(column.key()))
            + " is not looked at beside the row's other cells. Write any, or fill in what it"
            + " belongs to.",
        null);
  }

  /** The table beside the same with any in all cells of one column. */
  private final class Widened {
    private final List<Integer> dimensions;
    private final List<Box> boxes = new ArrayList<>();

    Widened(Column column) {
      dimensions = table.dimensions(column);
      for (int row = 0; row < table.rows().size(); row++) {
        boxes.add(table.boxWithout(row, column));
      }
    }

    boolean neverMatters() {
      return IntStream.range(0, boxes.size()).noneMatch(this::mayMatter);
    }

    /** Whether the row's cell may change an answer. */
    private boolean mayMatter(int row) {
      Box narrow = table.boxes().get(row);
      Box wide = boxes.get(row);
      for (int d : narrow.equals(wide) ? List.<Integer>of() : dimensions) {
        Box kept = table.space().outside(wide, narrow, d);
        if (!table.space().isEmpty(kept)
            && (table.table().definition().hitPolicy() == HitPolicy.FIRST
                ? decidesOtherwise(row, kept)
                : addsResult(row, kept))) {
          return true;
        }
      }
      return false;
    }

    /** First hit: whether the widened row would decide where now another answer comes out. */
    private boolean decidesOtherwise(int row, Box kept) {
      TypedRow own = table.rows().get(row);
      var before = new ArrayList<Box>();
      boxes.subList(0, row).stream()
          .filter(box -> table.space().intersects(box, kept))
          .forEach(before::add);
      List<Integer> below = IntStream.range(row + 1, boxes.size()).boxed().toList();
      if (table.otherwiseInstead(own) == null) {
        var all = new ArrayList<>(before);
        all.addAll(table.meeting(kept, below));
        if (!cover.anyOutside(kept, all).isCovered()) {
          return true;
        }
      }
      for (int lower : below) {
        Box part = table.space().intersection(kept, table.boxes().get(lower));
        if (part != null) {
          boolean same = Answers.sameWithCitation(table.table(), own, table.rows().get(lower));
          if (!same && !cover.anyOutside(part, before).isCovered()) {
            return true;
          }
          before.add(table.boxes().get(lower));
        }
      }
      return false;
    }

    /** All hits: whether the widened row would give a result where now none with it holds. */
    private boolean addsResult(int row, Box kept) {
      if (table.meaning().rows() != TableMeaning.Rows.UNORDERED) {
        return true;
      }
      TypedRow own = table.rows().get(row);
      List<Integer> same =
          IntStream.range(0, boxes.size())
              .filter(
                  other ->
                      other != row
                          && Answers.sameWithCitation(table.table(), own, table.rows().get(other)))
              .boxed()
              .toList();
      return !cover.anyOutside(kept, table.meeting(kept, same)).isCovered();
    }
  }
}

package rekindle.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.policy.Release;
import rekindle.release.RowChange.CellChange;
import rekindle.release.RowChange.Kind;
import rekindle.table.Cell;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.HitPolicy;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Two policies compared by what they mean: rows are recognised by their Ids and cells by what was
 * read from them, so that what a spreadsheet program does to a file by itself is no difference.
 */
public final class PolicyDifference {
  private PolicyDifference() {}

  /**
   * All changes: by workbook and sheet, in each sheet removed rows first, then the others in the
   * order of the sheet after. Empty if nothing changed in meaning.
   */
  public static List<RowChange> of(Release before, Release after) {
    var changes = new ArrayList<RowChange>();
    for (TypedTable table : after.tables()) {
      changes.addAll(of(before.table(table.definition()), table));
    }
    return changes;
  }

  /** The changes of one table; both have the same definition. */
  static List<RowChange> of(TypedTable before, TypedTable after) {
    Map<String, TypedRow> old = byId(before);
    Map<String, TypedRow> young = byId(after);
    var changes = new ArrayList<RowChange>();
    for (TypedRow row : before.rows()) {
      if (!young.containsKey(row.id())) {
        changes.add(change(after, Kind.REMOVED, row, null));
      }
    }
    Set<String> moved = moved(old, young, after.definition().hitPolicy());
    for (TypedRow row : after.rows()) {
      TypedRow earlier = old.get(row.id());
      if (earlier == null) {
        changes.add(change(after, Kind.ADDED, null, row));
        continue;
      }
      RowChange change = change(after, Kind.CHANGED, earlier, row);
      if (!change.cells().isEmpty()) {
        changes.add(change);
      }
      if (moved.contains(row.id())) {
        changes.add(
            new RowChange(
                after.definition().workbook(),
                after.definition().sheet(),
                row.id(),
                Kind.MOVED,
                earlier.number(),
                row.number(),
                List.of()));
      }
    }
    return changes;
  }

  static Map<String, TypedRow> byId(TypedTable table) {
    var rows = new LinkedHashMap<String, TypedRow>();
    table.rows().forEach(row -> rows.put(row.id(), row));
    return rows;
  }

  private static RowChange change(
      TypedTable table, Kind kind, @Nullable TypedRow before, @Nullable TypedRow after) {
    var cells = new ArrayList<CellChange>();
    for (Column column : table.definition().columns()) {
      if (column.kind() == Column.Kind.ID) {
        continue;
      }
      Cell old = before == null ? new Cell.Blank() : before.cell(column.key());
      Cell young = after == null ? new Cell.Blank() : after.cell(column.key());
      if (!meansTheSame(column, old, young)) {
        cells.add(
            new CellChange(
                column.label(),
                CellWriter.text(column, old),
                CellWriter.text(column, young),
                column.kind() != Column.Kind.NOTE));
      }
    }
    TypedRow row = before == null ? after : before;
    return new RowChange(
        table.definition().workbook(),
        table.definition().sheet(),
        row == null ? "" : row.id(),
        kind,
        before == null ? null : before.number(),
        after == null ? null : after.number(),
        cells);
  }

  /** The order of a list counts in results; a condition is asked for its members. */
  static boolean meansTheSame(Column column, Cell before, Cell after) {
    if (column.kind() == Column.Kind.CONDITION
        && before instanceof Cell.Codes old
        && after instanceof Cell.Codes young) {
      return old.negated() == young.negated()
          && old.orUnknown() == young.orUnknown()
          && new HashSet<>(old.values()).equals(new HashSet<>(young.values()));
    }
    return before.equals(after);
  }

  /**
   * The fewest rows that must have been moved to bring the rows that both have from the one order
   * into the other: all but a longest increasing subsequence. Order means nothing where every row
   * that holds counts.
   */
  static Set<String> moved(
      Map<String, TypedRow> before, Map<String, TypedRow> after, HitPolicy hitPolicy) {
    if (hitPolicy != HitPolicy.FIRST) {
      return Set.of();
    }
    Map<String, Integer> numbers = new HashMap<>();
    before.keySet().forEach(id -> numbers.put(id, numbers.size()));
    List<String> common = after.keySet().stream().filter(numbers::containsKey).toList();
    int[] places = common.stream().mapToInt(id -> numbers.getOrDefault(id, 0)).toArray();
    Set<String> moved = new HashSet<>(common);
    for (int i : longestIncreasing(places)) {
      moved.remove(common.get(i));
    }
    return moved;
  }

  /** Indexes of a longest increasing subsequence (patience sorting). */
  private static List<Integer> longestIncreasing(int[] values) {
    int[] previous = new int[values.length];
    List<Integer> tails = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int length = lengthBelow(tails, values, values[i]);
      previous[i] = length == 0 ? -1 : tails.get(length - 1);
      if (length == tails.size()) {
        tails.add(i);
      } else {
        tails.set(length, i);
      }
    }
    List<Integer> indexes = new ArrayList<>();
    for (int i = tails.isEmpty() ? -1 : tails.get(tails.size() - 1); i >= 0; i = previous[i]) {
      indexes.add(i);
    }
    return indexes;
  }

  /** How long the longest subsequence is that the value can be put after (binary search). */
  private static int lengthBelow(List<Integer> tails, int[] values, int value) {
    int low = 0;
    int high = tails.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[tails.get(middle)] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

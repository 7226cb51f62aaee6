package rekindle.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.release.PolicyMerge.Conflict;
import rekindle.table.Cell;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * One table of a merge.
 *
 * @param mineChanged whether that side differs from the base in meaning; likewise theirs
 */
record MergedTable(
    TypedTable table, List<Conflict> conflicts, boolean mineChanged, boolean theirsChanged) {
  private static final int FIRST_ROW = 11;

  static MergedTable of(TypedTable base, TypedTable mine, TypedTable theirs) {
    var merging = new Merging(base, mine, theirs);
    List<TypedRow> rows = merging.rows();
    return new MergedTable(
        new TypedTable(base.definition(), rows),
        List.copyOf(merging.conflicts),
        !PolicyDifference.of(base, mine).isEmpty(),
        !PolicyDifference.of(base, theirs).isEmpty());
  }

  /** The three tables side by side. Confined to one thread. */
  private static final class Merging {
    private final TypedTable base;
    private final Map<String, TypedRow> before;
    private final Map<String, TypedRow> mine;
    private final Map<String, TypedRow> theirs;
    private final Set<String> movedByMe;
    private final Set<String> movedByThem;
    private final List<Conflict> conflicts = new ArrayList<>();

    Merging(TypedTable base, TypedTable mine, TypedTable theirs) {
      this.base = base;
      this.before = PolicyDifference.byId(base);
      this.mine = PolicyDifference.byId(mine);
      this.theirs = PolicyDifference.byId(theirs);
      movedByMe = PolicyDifference.moved(before, this.mine, base.definition().hitPolicy());
      movedByThem = PolicyDifference.moved(before, this.theirs, base.definition().hitPolicy());
    }

    List<TypedRow> rows() {
      Map<String, TypedRow> merged = new HashMap<>();
      var ids = new LinkedHashSet<>(before.keySet());
      ids.addAll(mine.keySet());
      ids.addAll(theirs.keySet());
      for (String id : ids) {
        TypedRow row = merged(id, before.get(id), mine.get(id), theirs.get(id));
        if (row != null) {
          merged.put(id, row);
        }
      }
      var rows = new ArrayList<TypedRow>();
      for (String id : order(merged.keySet())) {
        TypedRow row = Objects.requireNonNull(merged.get(id));
        rows.add(new TypedRow(FIRST_ROW + rows.size(), id, row.cells(), row.from(), row.to()));
      }
      return rows;
    }

    private @Nullable TypedRow merged(
        String id, @Nullable TypedRow old, @Nullable TypedRow my, @Nullable TypedRow their) {
      if (my != null && their != null) {
        return old == null ? addedByBoth(id, my, their) : cells(id, old, my, their);
      }
      TypedRow left = my == null ? their : my;
      if (old == null || left == null) {
        return left;
      }
      if (!isSame(old, left)) {
        conflict(
            id,
            null,
            "there",
            my == null ? "removed" : "changed",
            my == null ? "changed" : "removed",
            "removed");
        return left;
      }
      return null;
    }

    private TypedRow addedByBoth(String id, TypedRow my, TypedRow their) {
      if (!isSame(my, their)) {
        conflict(id, null, "", text(my), text(their), "added");
      }
      return their;
    }

    private TypedRow cells(String id, TypedRow old, TypedRow my, TypedRow their) {
      var cells = new LinkedHashMap<String, Cell>();
      TypedRow from = their;
      TypedRow to = their;
      for (Column column : base.definition().columns()) {
        String key = column.key();
        boolean iChanged = !PolicyDifference.meansTheSame(column, old.cell(key), my.cell(key));
        boolean theyChanged =
            !PolicyDifference.meansTheSame(column, old.cell(key), their.cell(key));
        boolean takesMine = iChanged && !theyChanged;
        if (iChanged
            && theyChanged
            && !PolicyDifference.meansTheSame(column, my.cell(key), their.cell(key))) {
          conflict(
              id,
              column.label(),
              CellWriter.text(column, old.cell(key)),
              CellWriter.text(column, my.cell(key)),
              CellWriter.text(column, their.cell(key)),
              "cell");
        }
        cells.put(key, takesMine ? my.cell(key) : their.cell(key));
        from = takesMine && column.kind() == Column.Kind.FROM ? my : from;
        to = takesMine && column.kind() == Column.Kind.TO ? my : to;
      }
      return new TypedRow(their.number(), id, cells, from.from(), to.to());
    }

    /**
     * Their order; rows that only I have, and those that I moved, follow the row that they follow
     * in mine.
     */
    private List<String> order(Set<String> kept) {
      var order = new ArrayList<String>();
      theirs.keySet().stream().filter(kept::contains).forEach(order::add);
      String previous = null;
      for (String id : mine.keySet()) {
        if (!kept.contains(id)) {
          continue;
        }
        if (!order.contains(id)) {
          order.add(previous == null ? 0 : order.indexOf(previous) + 1, id);
        } else if (movedByMe.contains(id)) {
          move(id, previous, order);
        }
        previous = id;
      }
      if (order.remove(TypedRow.OTHERWISE)) {
        order.add(TypedRow.OTHERWISE);
      }
      return order;
    }

    private void move(String id, @Nullable String previous, List<String> order) {
      if (movedByThem.contains(id)) {
        String mineAfter = before(id, mine);
        String theirsAfter = before(id, theirs);
        if (!mineAfter.equals(theirsAfter)) {
          conflict(
              id, null, after(before(id, before)), after(mineAfter), after(theirsAfter), "moved");
        }
        return;
      }
      order.remove(id);
      order.add(previous == null ? 0 : order.indexOf(previous) + 1, id);
    }

    /** The row that a row follows; empty for the topmost. */
    private static String before(String id, Map<String, TypedRow> rows) {
      String previous = "";
      for (String one : rows.keySet()) {
        if (one.equals(id)) {
          return previous;
        }
        previous = one;
      }
      return "";
    }

    private static String after(String previous) {
      return previous.isEmpty() ? "topmost" : "after " + previous;
    }

    private boolean isSame(TypedRow one, TypedRow other) {
      return base.definition().columns().stream()
          .allMatch(
              column ->
                  PolicyDifference.meansTheSame(
                      column, one.cell(column.key()), other.cell(column.key())));
    }

    private String text(TypedRow row) {
      return base.definition().columns().stream()
          .filter(column -> column.kind() != Column.Kind.ID)
          .map(column -> CellWriter.text(column, row.cell(column.key())))
          .collect(Collectors.joining(" | "));
    }

    private void conflict(
        String id, @Nullable String column, String old, String my, String their, String reason) {
      conflicts.add(
          new Conflict(
              base.definition().workbook(),
              base.definition().sheet(),
              id,
              column,
              old,
              my,
              their,
              reason));
    }
  }
}

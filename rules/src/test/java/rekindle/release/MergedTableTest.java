package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import rekindle.policy.Release;
import rekindle.segment.SegmentTables;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

class MergedTableTest {
  private static final int POLICIES = 200;
  private static final TypedTable BASE =
      Objects.requireNonNull(ShippedPolicy.read().release()).table(SegmentTables.SEGMENTS);

  private static TypedTable table(List<TypedRow> rows) {
    return new TypedTable(BASE.definition(), rows);
  }

  private static TypedRow with(TypedRow row, String key, String text) {
    var cells = new HashMap<>(row.cells());
    cells.put(key, new Cell.Text(text));
    return new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
  }

  private static TypedRow named(TypedRow row, String id) {
    return new TypedRow(row.number(), id, row.cells(), row.from(), row.to());
  }

  /** What people do to a table, to the rows that they may touch. */
  private static TypedTable edited(Random random, String author, IntPredicate mayTouch) {
    var rows = new ArrayList<TypedRow>();
    for (int i = 0; i < BASE.rows().size(); i++) {
      TypedRow row = BASE.rows().get(i);
      int what = mayTouch.test(i) && !row.isOtherwise() ? random.nextInt(6) : 5;
      if (what == 0) {
        continue;
      }
      rows.add(what == 1 ? with(row, "why", author + random.nextInt(100)) : row);
      if (what == 2) {
        rows.add(named(row, author.toUpperCase(java.util.Locale.ROOT) + "-" + i));
      }
    }
    return table(rows);
  }

  private static TypedTable moved(TypedTable table, Random random) {
    var rows = new ArrayList<>(table.rows());
    TypedRow row = rows.remove(random.nextInt(rows.size() - 1));
    rows.add(random.nextInt(rows.size()), row);
    return table(rows);
  }

  private static MergedTable merged(TypedTable mine, TypedTable theirs) {
    return MergedTable.of(BASE, mine, theirs);
  }

  private static Map<String, Map<String, Cell>> cells(TypedTable table) {
    var cells = new HashMap<String, Map<String, Cell>>();
    table.rows().forEach(row -> cells.put(row.id(), row.cells()));
    return cells;
  }

  @Test
  void oneSideAlone_isWhatComesOut() {
    for (int seed = 0; seed < POLICIES; seed++) {
      var random = new Random(seed);
      TypedTable side = moved(edited(random, "a", i -> true), random);
      for (MergedTable merged : List.of(merged(side, BASE), merged(BASE, side))) {
        assertThat(merged.conflicts()).as("seed %d", seed).isEmpty();
        assertThat(cells(merged.table())).as("seed %d", seed).isEqualTo(cells(side));
        assertThat(PolicyDifference.of(side, merged.table())).as("seed %d", seed).isEmpty();
      }
    }
  }

  @Test
  void editsOfOtherRows_areAllThere() {
    for (int seed = 0; seed < POLICIES; seed++) {
      var random = new Random(seed);
      TypedTable mine = edited(random, "m", i -> i % 2 == 0);
      TypedTable theirs = edited(random, "t", i -> i % 2 == 1);
      MergedTable merged = merged(mine, theirs);
      assertThat(merged.conflicts()).as("seed %d", seed).isEmpty();
      Map<String, Map<String, Cell>> expected = cells(BASE);
      for (TypedTable side : List.of(mine, theirs)) {
        Map<String, Map<String, Cell>> own = cells(side);
        cells(BASE).keySet().stream().filter(id -> !own.containsKey(id)).forEach(expected::remove);
        own.forEach(
            (id, row) -> {
              if (!row.equals(cells(BASE).get(id))) {
                expected.put(id, row);
              }
            });
      }
      assertThat(cells(merged.table())).as("seed %d", seed).isEqualTo(expected);
      TypedTable other = merged(theirs, mine).table();
      assertThat(cells(other)).as("seed %d", seed).isEqualTo(expected);
      List<TypedRow> rows = merged.table().rows();
      assertThat(rows.get(rows.size() - 1).isOtherwise()).isTrue();
    }
  }

  @Test
  void editsOfTheSameRows_conflictAlikeOnBothSides() {
    int conflicts = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      var random = new Random(seed);
      TypedTable mine = edited(random, "m", i -> true);
      TypedTable theirs = edited(random, "t", i -> true);
      List<PolicyMerge.Conflict> found = merged(mine, theirs).conflicts();
      conflicts += found.size();
      assertThat(merged(theirs, mine).conflicts())
          .as("seed %d", seed)
          .extracting(c -> c.id() + c.column() + c.reason() + c.theirs() + c.mine())
          .containsExactlyInAnyOrderElementsOf(
              found.stream()
                  .map(c -> c.id() + c.column() + c.reason() + c.mine() + c.theirs())
                  .toList());
    }
    assertThat(conflicts).isGreaterThan(POLICIES / 2);
  }

  @Test
  void cells_ofOneRow_areTakenFromTheSideThatChangedThem() {
    var mine = new ArrayList<>(BASE.rows());
    var theirs = new ArrayList<>(BASE.rows());
    mine.set(2, with(mine.get(2), "why", "mine"));
    theirs.set(2, with(theirs.get(2), "owner", "theirs"));
    TypedRow merged = merged(table(mine), table(theirs)).table().rows().get(2);
    assertThat(merged.text("why")).contains("mine");
    assertThat(merged.text("owner")).contains("theirs");
  }

  @Test
  void row_addedByOneSide_followsTheRowThatItFollowedThere() {
    var mine = new ArrayList<>(BASE.rows());
    mine.add(3, named(mine.get(3), "NEW"));
    var theirs = new ArrayList<>(BASE.rows());
    theirs.add(0, named(theirs.get(0), "TOP"));
    List<TypedRow> rows = merged(table(mine), table(theirs)).table().rows();
    assertThat(rows.get(0).id()).isEqualTo("TOP");
    assertThat(rows.get(3).id()).isEqualTo(BASE.rows().get(2).id());
    assertThat(rows.get(4).id()).isEqualTo("NEW");
    assertThat(rows.get(4).number()).isEqualTo(15);
  }

  @Test
  void workbook_thatOneSideChanged_staysThatSidesFile() {
    Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());
    Release changed =
        new Release(
            "sha256:mine",
            shipped.tables().stream()
                .map(one -> one.definition() == BASE.definition() ? withNote(one) : one)
                .toList(),
            shipped.zones(),
            shipped.holidays(),
            shipped.places());
    byte[] mine = {1};
    byte[] theirs = {2};
    PolicyMerge merge = PolicyMerge.of(shipped, changed, shipped);
    var files =
        merge.workbooks(
            Map.of("segments", mine, "cadence", mine),
            Map.of("segments", theirs, "cadence", theirs));
    assertThat(files.get("segments")).isSameAs(mine);
    assertThat(files.get("cadence")).isSameAs(theirs);
    PolicyMerge both = PolicyMerge.of(shipped, changed, changed);
    assertThat(both.conflicts()).isEmpty();
    assertThat(both.workbooks(Map.of("segments", mine), Map.of("segments", theirs)).get("segments"))
        .hasSizeGreaterThan(1000);
  }

  private static TypedTable withNote(TypedTable table) {
    var rows = new ArrayList<>(table.rows());
    rows.set(1, with(rows.get(1), "why", "because"));
    return table(rows);
  }
}

package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rekindle.eligibility.EligibilityTables;
import rekindle.policy.Release;
import rekindle.release.RowChange.CellChange;
import rekindle.release.RowChange.Kind;
import rekindle.segment.SegmentTables;
import rekindle.table.Cell;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

class PolicyDifferenceTest {
  private static final Release SHIPPED = Objects.requireNonNull(ShippedPolicy.read().release());
  private static final TypedTable CAPS = SHIPPED.table(EligibilityTables.CAPS);
  private static final TypedTable SEGMENTS = SHIPPED.table(SegmentTables.SEGMENTS);

  private static TypedTable with(TypedTable table, List<TypedRow> rows) {
    return new TypedTable(table.definition(), rows);
  }

  private static TypedRow with(TypedRow row, String key, Cell cell) {
    var cells = new HashMap<>(row.cells());
    cells.put(key, cell);
    return new TypedRow(row.number(), row.id(), cells, row.from(), row.to());
  }

  private static Release with(TypedTable table) {
    return new Release(
        "sha256:other",
        SHIPPED.tables().stream()
            .map(one -> one.definition() == table.definition() ? table : one)
            .toList(),
        SHIPPED.zones(),
        SHIPPED.holidays(),
        SHIPPED.places());
  }

  @Test
  void policies_thatAreTheSame_doNotDiffer() {
    assertThat(PolicyDifference.of(SHIPPED, Objects.requireNonNull(ShippedPolicy.read().release())))
        .isEmpty();
  }

  @Test
  void cell_typedAnew_isNamedWithBothTexts() {
    TypedRow row = CAPS.rows().get(0);
    var rows = new ArrayList<>(CAPS.rows());
    rows.set(0, with(row, "touches", new Cell.Number(new BigDecimal("7"))));
    assertThat(PolicyDifference.of(SHIPPED, with(with(CAPS, rows))))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.workbook()).isEqualTo("eligibility");
              assertThat(change.sheet()).isEqualTo("Caps");
              assertThat(change.id()).isEqualTo(row.id());
              assertThat(change.kind()).isEqualTo(Kind.CHANGED);
              assertThat(change.decides()).isTrue();
              assertThat(change.cells())
                  .singleElement()
                  .satisfies(cell -> assertThat(cell.after()).isEqualTo("7"));
            });
  }

  @Test
  void note_typedAnew_decidesNothing() {
    var rows = new ArrayList<>(CAPS.rows());
    rows.set(0, with(rows.get(0), "owner", new Cell.Text("somebody else")));
    assertThat(PolicyDifference.of(CAPS, with(CAPS, rows)))
        .singleElement()
        .satisfies(change -> assertThat(change.decides()).isFalse());
  }

  @Test
  void condition_withItsListInAnotherOrder_isTheSame() {
    TypedTable consents = SHIPPED.table(EligibilityTables.CONSENT);
    var rows = new ArrayList<TypedRow>();
    int turned = 0;
    for (TypedRow row : consents.rows()) {
      TypedRow changed = row;
      for (var column : consents.definition().conditions()) {
        if (row.cell(column.key()) instanceof Cell.Codes codes && codes.values().size() > 1) {
          var values = new ArrayList<>(codes.values());
          Collections.reverse(values);
          changed =
              with(
                  changed,
                  column.key(),
                  new Cell.Codes(values, codes.negated(), codes.orUnknown()));
          turned++;
        }
      }
      rows.add(changed);
    }
    assertThat(turned).isPositive();
    assertThat(PolicyDifference.of(consents, with(consents, rows))).isEmpty();
  }

  @Test
  void row_addedOrRemoved_isToldWithAllThatItSays() {
    List<TypedRow> rows = CAPS.rows();
    TypedTable fewer = with(CAPS, rows.subList(1, rows.size()));
    RowChange removed = PolicyDifference.of(CAPS, fewer).get(0);
    RowChange added = PolicyDifference.of(fewer, CAPS).get(0);
    assertThat(removed.kind()).isEqualTo(Kind.REMOVED);
    assertThat(removed.after()).isNull();
    assertThat(added.kind()).isEqualTo(Kind.ADDED);
    assertThat(added.before()).isNull();
    assertThat(added.cells())
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.before()).isEmpty())
        .hasSameSizeAs(removed.cells());
    assertThat(PolicyDifference.of(CAPS, fewer)).hasSize(1);
  }

  @Test
  void row_movedInAFirstHitTable_isOneMove() {
    var rows = new ArrayList<>(SEGMENTS.rows());
    TypedRow moved = rows.remove(0);
    rows.add(3, moved);
    assertThat(PolicyDifference.of(SEGMENTS, with(SEGMENTS, rows)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.kind()).isEqualTo(Kind.MOVED);
              assertThat(change.id()).isEqualTo(moved.id());
              assertThat(change.decides()).isTrue();
            });
  }

  @Test
  void row_movedWhereAllRowsCount_isNoDifference() {
    var rows = new ArrayList<>(CAPS.rows());
    Collections.reverse(rows);
    assertThat(PolicyDifference.of(CAPS, with(CAPS, rows))).isEmpty();
  }

  /** Against a search of all subsets: no fewer rows could have been moved. */
  @Test
  void moves_ofShuffledRows_areTheFewest() {
    List<TypedRow> few = SEGMENTS.rows().subList(0, 7);
    for (int seed = 0; seed < 300; seed++) {
      var rows = new ArrayList<>(few);
      Collections.shuffle(rows, new Random(seed));
      List<RowChange> changes = PolicyDifference.of(with(SEGMENTS, few), with(SEGMENTS, rows));
      assertThat(changes).allSatisfy(change -> assertThat(change.kind()).isEqualTo(Kind.MOVED));
      assertThat(changes).as("seed %d", seed).hasSize(few.size() - longestInOrder(few, rows));
    }
  }

  private static int longestInOrder(List<TypedRow> before, List<TypedRow> after) {
    int longest = 0;
    for (int subset = 0; subset < 1 << after.size(); subset++) {
      int last = -1;
      boolean inOrder = true;
      for (int i = 0; i < after.size() && inOrder; i++) {
        if ((subset >> i & 1) == 1) {
          int place = before.indexOf(after.get(i));
          inOrder = place > last;
          last = place;
        }
      }
      longest = inOrder ? Math.max(longest, Integer.bitCount(subset)) : longest;
    }
    return longest;
  }

  /** Both directions tell the same with before and after exchanged. */
  @Test
  void difference_turnedAround_isTheOtherWayRound() {
    TableDefinition definition = CAPS.definition();
    var rows = new ArrayList<>(CAPS.rows().subList(1, CAPS.rows().size()));
    rows.set(0, with(rows.get(0), "why", new Cell.Text("another reason")));
    TypedTable other = new TypedTable(definition, rows);
    List<CellChange> there =
        PolicyDifference.of(CAPS, other).stream().flatMap(one -> one.cells().stream()).toList();
    List<CellChange> back =
        PolicyDifference.of(other, CAPS).stream().flatMap(one -> one.cells().stream()).toList();
    assertThat(back)
        .containsExactlyInAnyOrderElementsOf(
            there.stream()
                .map(c -> new CellChange(c.column(), c.after(), c.before(), c.decides()))
                .toList());
  }
}

package rekindle.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.Condition.Comparison;
import rekindle.table.Condition.Scope;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * The rows of one table as boxes in the space of all that they compare, the days on which they are
 * in force included. The otherwise row is left out: it holds wherever no other does. Immutable once
 * built.
 */
final class TableSpace {
  private static final String DAYS = "days";

  private final TypedTable table;
  private final TableMeaning meaning;
  private final RowTests tests;
  private final List<TypedRow> rows;

  /** What each row asks, by the name of the dimension. */
  private final List<Map<String, List<CellTest>>> asked;

  private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
  private final List<String> names;
  private final Space space;
  private final List<Box> boxes;

  TableSpace(TypedTable table, TableMeaning meaning) {
    this.table = table;
    this.meaning = meaning;
    this.tests = new RowTests(table, meaning);
    this.rows = table.rows().stream().filter(row -> !row.isOtherwise()).toList();
    this.asked = asked(rows.stream().map(tests::of).toList());
    all(asked).forEach((name, some) -> dimensions.put(name, dimension(some)));
    for (TypedRow row : rows) {
      meaning
          .needs(row)
          .forEach(
              (property, words) ->
                  dimensions.computeIfAbsent(
                      need(property), n -> new FlagDimension(words, "known", "unknown")));
    }
    if (rows.stream().anyMatch(row -> row.from() != null || row.to() != null)) {
      dimensions.put(DAYS, NumberDimension.days(rows));
    }
    this.names = List.copyOf(dimensions.keySet());
    this.space = new Space(List.copyOf(dimensions.values()));
    var all = new ArrayList<Box>();
    for (int i = 0; i < rows.size(); i++) {
      all.add(box(i, null));
    }
    this.boxes = List.copyOf(all);
  }

  TypedTable table() {
    return table;
  }

  TableMeaning meaning() {
    return meaning;
  }

  RowTests tests() {
    return tests;
  }

  Space space() {
    return space;
  }

  /** All rows but the otherwise row, in the order of the sheet. */
  List<TypedRow> rows() {
    return rows;
  }

  /** The boxes of those rows. */
  List<Box> boxes() {
    return boxes;
  }

  /** The otherwise row; null where there is none. */
  @Nullable TypedRow otherwise() {
    return table.rows().stream().filter(TypedRow::isOtherwise).findFirst().orElse(null);
  }

  /**
   * The otherwise row, if it would give the row's answer where no other does; null if not. Where
   * places are looked up it never would: a row of a place counts beside those of its country, the
   * otherwise row only where none of them has any.
   */
  @Nullable TypedRow otherwiseInstead(TypedRow row) {
    boolean keyed =
        table.definition().conditions().stream()
            .anyMatch(c -> c.condition() != null && c.condition().scope() == Scope.KEY);
    TypedRow otherwise = otherwise();
    return !keyed && otherwise != null && Answers.sameWithCitation(table, row, otherwise)
        ? otherwise
        : null;
  }

  /** Index of the days in force; -1 where no row has dates. */
  int days() {
    return names.indexOf(DAYS);
  }

  /** The row's box if one of its columns said any. */
  Box boxWithout(int row, Column column) {
    return box(row, column);
  }

  /** Those of the given rows' boxes that share something with a box. */
  List<Box> meeting(Box box, List<Integer> some) {
    return some.stream().map(boxes::get).filter(other -> space.intersects(box, other)).toList();
  }

  /** Whether a row can hold at all. */
  boolean canHold(int row) {
    return !space.isEmpty(boxes.get(row));
  }

  /** What a row's cells ask of a dimension; nothing of days and of what only must be known. */
  List<CellTest> asked(int row, int dimension) {
    return asked.get(row).getOrDefault(names.get(dimension), List.of());
  }

  /** The dimensions that cells of a column are compared with. */
  List<Integer> dimensions(Column column) {
    Set<String> found = new LinkedHashSet<>();
    asked.forEach(
        ofRow ->
            ofRow.forEach(
                (name, some) -> {
                  if (some.stream().anyMatch(test -> test.column().equals(column))) {
                    found.add(name);
                  }
                }));
    return found.stream().map(names::indexOf).toList();
  }

  private Box box(int index, @Nullable Column without) {
    TypedRow row = rows.get(index);
    var pieces = new ArrayList<BitSet>();
    Set<String> needs = new HashSet<>();
    meaning.needs(row).keySet().forEach(property -> needs.add(need(property)));
    dimensions.forEach(
        (name, dimension) -> {
          BitSet some = dimension.all();
          for (CellTest test : asked.get(index).getOrDefault(name, List.of())) {
            if (!test.column().equals(without)) {
              some.and(dimension.matching(test));
            }
          }
          if (dimension instanceof NumberDimension number) {
            some.and(
                name.equals(DAYS)
                    ? number.inForce(row)
                    : needs.contains(name) ? number.known() : number.all());
          } else if (dimension instanceof FlagDimension flag && needs.contains(name)) {
            some.and(flag.holding());
          }
          pieces.add(some);
        });
    return space.box(pieces);
  }

  /** What is needed is mostly an age that rows compare too. */
  private static String need(String property) {
    return RowTests.number(property);
  }

  /** Sets of too many codes are compared as they stand in the cells. */
  private static List<Map<String, List<CellTest>>> asked(List<Map<String, List<CellTest>>> rows) {
    Set<String> tooMany = new HashSet<>();
    all(rows)
        .forEach(
            (name, some) -> {
              if (some.get(0).comparison() == Comparison.HOLDS && !SetDimension.fits(some)) {
                tooMany.add(name);
              }
            });
    if (tooMany.isEmpty()) {
      return rows;
    }
    var asked = new ArrayList<Map<String, List<CellTest>>>();
    for (var row : rows) {
      Map<String, List<CellTest>> renamed = new LinkedHashMap<>();
      row.forEach(
          (name, some) -> {
            for (CellTest test : some) {
              if (!tooMany.contains(name)) {
                renamed.put(name, some);
              } else if (!(test.cell() instanceof Cell.Any)) {
                var alone = new CellTest(test.column(), Comparison.TOGETHER, 1, test.cell());
                renamed.put(RowTests.asItStands(test.column(), test.cell()), List.of(alone));
              }
            }
          });
      asked.add(renamed);
    }
    return asked;
  }

  private static Map<String, List<CellTest>> all(List<Map<String, List<CellTest>>> rows) {
    Map<String, List<CellTest>> all = new LinkedHashMap<>();
    rows.forEach(
        row ->
            row.forEach(
                (name, some) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(some)));
    return all;
  }

  private static Dimension dimension(List<CellTest> some) {
    CellTest first = some.get(0);
    return switch (first.comparison()) {
      case IN -> {
        var condition = first.column().condition();
        boolean channel = condition != null && condition.scope() == Scope.CHANNEL_KEY;
        yield CodeDimension.of(label(first), some, channel);
      }
      case HOLDS -> SetDimension.of(label(first), some);
      case TOGETHER ->
          new FlagDimension(
              label(first),
              CellWriter.text(first.column(), first.cell()),
              "not as the row asks: " + CellWriter.text(first.column(), first.cell()));
      default -> NumberDimension.of(label(first), some);
    };
  }

  /** "Meeting, days ago" of "Meeting, days ago: at least". */
  private static String label(CellTest test) {
    String label = test.column().label();
    int colon = label.lastIndexOf(": ");
    return colon < 0 ? label : label.substring(0, colon);
  }
}

package rekindle.release;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.Column.Kind;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Tables that differ from a given one in one cell, which has a neighbouring value: a number one
 * more and one less, a time half an hour earlier and later, a code that is the next of its
 * vocabulary, a list with one code less and one more, the first two channels of a list in the other
 * order, {@code any} for a value and a value for {@code any}.
 */
final class TableMutants {
  private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
  private static final int HALF_HOUR = 30;
  private static final Cell ANY = new Cell.Any();

  private final TypedTable table;
  private final List<Mutant> mutants = new ArrayList<>();

  /**
   * One changed table.
   *
   * @param name the changed cell and how: {@code eligibility/Consent US-S-1 givenOrUsedMonths 18 ->
   *     19}
   */
  record Mutant(
      String name,
      TypedTable table,
      TypedRow before,
      TypedRow row,
      String column,
      boolean isResult) {}

  private TableMutants(TypedTable table) {
    this.table = table;
  }

  static List<Mutant> of(TypedTable table) {
    var all = new TableMutants(table);
    for (int i = 0; i < table.rows().size(); i++) {
      for (Column column : table.definition().columns()) {
        if (column.kind() == Kind.CONDITION || column.kind() == Kind.RESULT) {
          all.add(i, column);
        }
      }
      if (table.definition().hitPolicy() != HitPolicy.LOOKUP) {
        all.addDates(table.rows().get(i), i);
      }
    }
    return all.mutants;
  }

  /** The row in force a day earlier or later. */
  private void addDates(TypedRow row, int index) {
    for (int days : new int[] {-1, 1}) {
      if (row.from() != null) {
        LocalDate from = row.from().plusDays(days);
        add(index, "from", row.from() + " -> " + from, row.cells(), from, row.to());
      }
      if (row.to() != null) {
        LocalDate to = row.to().plusDays(days);
        add(index, "to", row.to() + " -> " + to, row.cells(), row.from(), to);
      }
    }
  }

  private void add(int index, Column column) {
    TypedRow row = table.rows().get(index);
    Cell cell = row.cell(column.key());
    if (cell instanceof Cell.Otherwise) {
      return;
    }
    if (column.type() instanceof CellType.TimeOfDay) {
      times(index, column, cell).forEach(changes -> add(index, column, changes));
      return;
    }
    boolean compared = column.kind() == Kind.CONDITION && column.condition() != null;
    for (Cell neighbour : neighbours(column, cell, compared)) {
      if (!neighbour.equals(cell)) {
        add(index, column, Map.of(column.key(), neighbour));
      }
    }
  }

  private void add(int index, Column column, Map<String, Cell> changes) {
    TypedRow row = table.rows().get(index);
    var cells = new HashMap<>(row.cells());
    cells.putAll(changes);
    String change =
        change(column, row.cell(column.key()), Objects.requireNonNull(cells.get(column.key())));
    add(index, column.key(), change, cells, row.from(), row.to());
  }

  private void add(
      int index,
      String column,
      String change,
      Map<String, Cell> cells,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    TypedRow row = table.rows().get(index);
    var changed = new TypedRow(row.number(), row.id(), cells, from, to);
    var rows = new ArrayList<>(table.rows());
    rows.set(index, changed);
    String name =
        table.definition().workbook()
            + "/"
            + table.definition().sheet()
            + " "
            + row.id()
            + " "
            + column
            + " "
            + change;
    mutants.add(
        new Mutant(
            name,
            new TypedTable(table.definition(), rows),
            row,
            changed,
            column,
            table.definition().results().stream().anyMatch(r -> r.key().equals(column))));
  }

  /** What was changed; of a list only the code that came or went. */
  private static String change(Column column, Cell before, Cell after) {
    if (before instanceof Cell.Codes was
        && after instanceof Cell.Codes is
        && was.values().size() + is.values().size() > 2
        && was.negated() == is.negated()) {
      var gone = new ArrayList<>(was.values());
      gone.removeAll(is.values());
      var come = new ArrayList<>(is.values());
      come.removeAll(was.values());
      if (gone.size() + come.size() > 0) {
        return gone.isEmpty() ? "with " + come.get(0) : "without " + gone.get(0);
      }
    }
    return CellWriter.text(column, before) + " -> " + CellWriter.text(column, after);
  }

  private List<Cell> neighbours(Column column, Cell cell, boolean compared) {
    var cells = new ArrayList<Cell>();
    if (cell instanceof Cell.Any) {
      cells.addAll(values(column));
    } else {
      if (compared && takesAny(column)) {
        cells.add(ANY);
      }
      if (cell instanceof Cell.Number number) {
        cells.addAll(numbers(column.type(), number.value()));
      } else if (cell instanceof Cell.Unknown) {
        cells.addAll(values(column));
      } else if (cell instanceof Cell.Codes codes) {
        cells.addAll(lists(column, codes));
      }
    }
    return cells;
  }

  private static boolean takesAny(Column column) {
    return column.condition() == null || column.condition().wildcards() != Condition.Wildcards.NONE;
  }

  /** Values for a cell that has none: what other rows say in the column, else the least. */
  private List<Cell> values(Column column) {
    for (TypedRow row : table.rows()) {
      Cell cell = row.cell(column.key());
      if (cell instanceof Cell.Number) {
        return List.of(cell);
      }
    }
    List<String> codes = vocabulary(column.type());
    if (codes.isEmpty()) {
      return column.type() instanceof CellType.Share
          ? List.of(new Cell.Number(HUNDREDTH))
          : List.of(new Cell.Number(BigDecimal.ONE));
    }
    int several = codes.size() <= 3 ? codes.size() : 1;
    return codes.subList(0, several).stream().map(code -> codes(List.of(code))).toList();
  }

  private static List<Cell> numbers(CellType type, BigDecimal value) {
    BigDecimal step = type instanceof CellType.Share ? HUNDREDTH : BigDecimal.ONE;
    var cells = new ArrayList<Cell>();
    for (BigDecimal neighbour : List.of(value.subtract(step), value.add(step))) {
      if (isAllowed(type, neighbour)) {
        cells.add(new Cell.Number(neighbour));
      }
    }
    return cells;
  }

  private static boolean isAllowed(CellType type, BigDecimal value) {
    if (type instanceof CellType.WholeNumber whole) {
      return value.compareTo(BigDecimal.valueOf(whole.min())) >= 0
          && value.compareTo(BigDecimal.valueOf(whole.max())) <= 0;
    }
    if (type instanceof CellType.Decimal decimal) {
      return value.compareTo(decimal.min()) >= 0 && value.compareTo(decimal.max()) <= 0;
    }
    return value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
  }

  private static List<Cell> lists(Column column, Cell.Codes cell) {
    List<String> vocabulary = vocabulary(column.type());
    List<String> values = cell.values();
    var cells = new ArrayList<Cell>();
    if (cell.negated()) {
      cells.add(new Cell.Codes(values, false, cell.orUnknown()));
      return cells;
    }
    if (cell.orUnknown()) {
      cells.add(new Cell.Codes(values, false, false));
    }
    if (values.isEmpty()) {
      vocabulary.stream().limit(1).forEach(code -> cells.add(codes(List.of(code))));
      return cells;
    }
    String next = next(vocabulary, values);
    if (values.size() == 1 && !next.isEmpty()) {
      cells.add(new Cell.Codes(List.of(next), false, cell.orUnknown()));
    }
    if (isList(column) && !next.isEmpty()) {
      var longer = new ArrayList<>(values);
      longer.add(next);
      cells.add(new Cell.Codes(longer, false, cell.orUnknown()));
    }
    if (values.size() > 1) {
      for (String value : values) {
        var shorter = new ArrayList<>(values);
        shorter.remove(value);
        cells.add(new Cell.Codes(shorter, false, cell.orUnknown()));
      }
      if (column.key().equals("channels")) {
        var swapped = new ArrayList<>(values);
        Collections.swap(swapped, 0, 1);
        cells.add(codes(swapped));
      }
    }
    return cells;
  }

  /** The code that follows the last one and is not in the list; blank where there is none. */
  private static String next(List<String> vocabulary, List<String> values) {
    int last = vocabulary.indexOf(values.get(values.size() - 1));
    for (int i = 1; i <= vocabulary.size(); i++) {
      String code = vocabulary.get(Math.floorMod(last + i, vocabulary.size()));
      if (!values.contains(code)) {
        return code;
      }
    }
    return "";
  }

  private static boolean isList(Column column) {
    return column.type() instanceof CellType.Codes codes && codes.many()
        || column.type() instanceof CellType.Jurisdictions places && places.many()
        || column.type() instanceof CellType.Zones zones && zones.many();
  }

  private static List<String> vocabulary(CellType type) {
    if (type instanceof CellType.Codes codes) {
      return List.copyOf(codes.vocabulary().codes());
    }
    if (type instanceof CellType.Jurisdictions) {
      return List.of("US", "JP"); // with rows of its own, and without
    }
    if (type instanceof CellType.Zones) {
      return List.of("America/New_York", "Asia/Kolkata");
    }
    if (type instanceof CellType.Currency) {
      return List.of("USD", "EUR");
    }
    return type instanceof CellType.YesNo ? List.of("yes", "no") : List.of();
  }

  /** Times go in pairs: a day that is closed, or has no break, gets both ends at once. */
  private List<Map<String, Cell>> times(int index, Column column, Cell cell) {
    var changes = new ArrayList<Map<String, Cell>>();
    if (cell instanceof Cell.TimeOfDay time) {
      changes.add(Map.of(column.key(), new Cell.TimeOfDay(time.minutes() - HALF_HOUR)));
      changes.add(Map.of(column.key(), new Cell.TimeOfDay(time.minutes() + HALF_HOUR)));
    } else if (column.key().endsWith("From")) {
      var pair = new LinkedHashMap<String, Cell>();
      pair.put(column.key(), new Cell.TimeOfDay(12 * 60));
      pair.put(column.key().replace("From", "To"), new Cell.TimeOfDay(13 * 60));
      changes.add(pair);
    }
    return changes;
  }

  private static Cell codes(List<String> values) {
    return new Cell.Codes(values, false, false);
  }
}

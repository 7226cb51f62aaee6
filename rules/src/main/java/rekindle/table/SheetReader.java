package rekindle.table;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.table.Column.Kind;
import rekindle.table.Finding.Severity;

/** Reads one sheet by its definition. Not thread-safe. */
final class SheetReader {
  private static final RawCell BLANK = new RawCell.Text("");

  private final TableDefinition definition;
  private final RawSheet sheet;
  private final Findings findings;
  private final Map<String, Integer> rowsById = new HashMap<>();
  private int otherwiseRow;

  SheetReader(TableDefinition definition, RawSheet sheet, Findings findings) {
    this.definition = definition;
    this.sheet = sheet;
    this.findings = findings;
  }

  /** The table; empty if it has an error. */
  Optional<TypedTable> read() {
    int errors = findings.errors();
    Optional<SheetHeader> header = SheetHeader.find(definition, sheet, findings);
    reportFormulasOutsideCells(header);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    var rows = new ArrayList<TypedRow>();
    for (var row : sheet.rows().tailMap(header.get().row(), false).entrySet()) {
      if (findings.isFull()) {
        return Optional.empty();
      }
      readRow(header.get(), row.getKey(), row.getValue()).ifPresent(rows::add);
    }
    if (definition.hitPolicy() == HitPolicy.FIRST && otherwiseRow == 0) {
      findings.sheet(
          Severity.ERROR,
          sheet.name(),
          FindingCodes.OTHERWISE_MISSING,
          "the last row is missing: write otherwise as its Id and in every condition, so that no"
              + " answer comes from nowhere");
    }
    return findings.errors() > errors
        ? Optional.empty()
        : Optional.of(new TypedTable(definition, rows));
  }

  private Optional<TypedRow> readRow(
      SheetHeader header, int number, SortedMap<Integer, RawCell> cells) {
    if (header.columns().values().stream()
        .allMatch(i -> Words.collapse(cells.getOrDefault(i, BLANK).shown()).isEmpty())) {
      return Optional.empty();
    }
    int errors = findings.errors();
    String id = readId(header, number, cells);
    boolean otherwise = TypedRow.OTHERWISE.equals(id);
    checkOrder(number, id, otherwise);
    var typed = new HashMap<String, Cell>();
    for (Column column : definition.columns()) {
      Integer index = header.columns().get(column.key());
      if (index == null || column.kind() == Kind.ID) {
        continue;
      }
      Cell cell = readCell(column, number, id, index, cells.getOrDefault(index, BLANK), otherwise);
      if (cell != null) {
        typed.put(column.key(), cell);
      }
    }
    LocalDate from = date(Kind.FROM, typed);
    LocalDate to = date(Kind.TO, typed);
    checkDates(number, id, otherwise, from, to);
    if (findings.errors() > errors || id == null) {
      return Optional.empty();
    }
    typed.put(idColumn().key(), new Cell.Codes(List.of(id), false, false));
    return Optional.of(new TypedRow(number, id, typed, from, to));
  }

  /** Formulas in titles, labels and ignored columns; those in cells are reported with the cell. */
  private void reportFormulasOutsideCells(Optional<SheetHeader> header) {
    int headerRow = header.map(SheetHeader::row).orElse(Integer.MAX_VALUE);
    sheet
        .rows()
        .forEach(
            (number, cells) ->
                cells.forEach(
                    (index, cell) -> {
                      boolean read =
                          number > headerRow && header.get().columns().containsValue(index);
                      if (cell instanceof RawCell.Formula && !read) {
                        fault(number, null, index, FindingCodes.FORMULA, CellReader.NO_FORMULA);
                      }
                    }));
  }

  private Column idColumn() {
    return definition.columns().stream().filter(c -> c.kind() == Kind.ID).findFirst().orElseThrow();
  }

  /** The row's id; null if it has none that can be used. */
  private @Nullable String readId(
      SheetHeader header, int number, SortedMap<Integer, RawCell> cells) {
    Column column = idColumn();
    Integer index = header.columns().get(column.key());
    if (index == null) {
      return null;
    }
    RawCell raw = cells.getOrDefault(index, BLANK);
    if (Words.collapse(raw.shown()).isEmpty()) {
      fault(
          number,
          null,
          index,
          FindingCodes.ID_MISSING,
          "the row has no Id; give it a name of its own that stays when rows move, such as US-S-1");
      return null;
    }
    Reading reading = CellReader.read(column, raw);
    if (!(reading.cell() instanceof Cell.Codes codes)) {
      addFault(number, null, index, reading);
      return null;
    }
    String id = codes.values().get(0);
    String lower = id.toLowerCase(Locale.ROOT);
    Integer earlier = rowsById.putIfAbsent(lower, number);
    if (earlier != null) {
      fault(
          number,
          id,
          index,
          FindingCodes.ID_DUPLICATED,
          "the Id " + id + " stands in row " + earlier + " too; every row needs an Id of its own");
      return lower.equals(TypedRow.OTHERWISE) ? TypedRow.OTHERWISE : id;
    }
    boolean first = definition.hitPolicy() == HitPolicy.FIRST;
    if (lower.equals(TypedRow.OTHERWISE) && first) {
      return TypedRow.OTHERWISE;
    }
    if (List.of(TypedRow.OTHERWISE, CellReader.ANY, CellReader.UNKNOWN, CellReader.NONE)
        .contains(lower)) {
      fault(
          number,
          id,
          index,
          FindingCodes.ID_RESERVED,
          "the Id "
              + id
              + " has a meaning of its own"
              + (first ? "" : ", and only a table whose first row decides ends with otherwise")
              + "; write another Id");
      return null;
    }
    return id;
  }

  private void checkOrder(int number, @Nullable String id, boolean otherwise) {
    if (otherwiseRow > 0) {
      findings.row(
          sheet.name(),
          number,
          id,
          FindingCodes.ROW_AFTER_OTHERWISE,
          "stands below the otherwise row "
              + otherwiseRow
              + " and could never decide; move it above");
    } else if (otherwise) {
      otherwiseRow = number;
    }
  }

  private @Nullable Cell readCell(
      Column column,
      int number,
      @Nullable String id,
      int index,
      RawCell raw,
      boolean otherwiseRow) {
    Reading reading = CellReader.read(column, raw);
    boolean otherwiseCell = reading.cell() instanceof Cell.Otherwise;
    if (column.kind() == Kind.CONDITION && otherwiseRow && !otherwiseCell) {
      fault(
          number,
          id,
          index,
          FindingCodes.OTHERWISE_MISPLACED,
          "every condition of the otherwise row says otherwise; "
              + Words.quoted(raw.shown())
              + " cannot stand here");
      return null;
    }
    if (otherwiseCell && !otherwiseRow) {
      fault(
          number,
          id,
          index,
          FindingCodes.OTHERWISE_MISPLACED,
          definition.hitPolicy() == HitPolicy.FIRST
              ? "otherwise stands only in the last row, whose Id is otherwise; write any"
              : "otherwise has no meaning in this table; write any");
      return null;
    }
    if (reading.cell() == null) {
      addFault(number, id, index, reading);
    }
    return reading.cell();
  }

  private @Nullable LocalDate date(Kind kind, Map<String, Cell> typed) {
    return definition.columns().stream()
                .filter(c -> c.kind() == kind)
                .flatMap(c -> Stream.ofNullable(typed.get(c.key())))
                .findFirst()
                .orElse(null)
            instanceof Cell.Date date
        ? date.value()
        : null;
  }

  private void checkDates(
      int number,
      @Nullable String id,
      boolean otherwise,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    if (from != null && to != null && from.isAfter(to)) {
      findings.row(
          sheet.name(),
          number,
          id,
          FindingCodes.FROM_AFTER_TO,
          "From " + from + " is later than To " + to + "; the row would never be in force");
    }
    if (otherwise && (from != null || to != null)) {
      findings.row(
          sheet.name(),
          number,
          id,
          FindingCodes.OTHERWISE_MISPLACED,
          "the otherwise row is always in force; leave From and To blank");
    }
  }

  private void addFault(int row, @Nullable String id, int column, Reading reading) {
    if (reading.code() != null && reading.message() != null) {
      fault(row, id, column, reading.code(), reading.message());
    }
  }

  private void fault(int row, @Nullable String id, int column, String code, String message) {
    findings.cell(Severity.ERROR, sheet.name(), row, id, column, code, message);
  }
}

package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.release.PolicyTables;
import rekindle.testing.LibreOffice;
import rekindle.testing.LibreOffice.Saved;
import rekindle.testing.SampleRows;
import rekindle.testing.SheetEdits;

/** Every table of the repository's workbooks in the hands of a person with LibreOffice. */
@Tag("libreoffice")
class ShippedWorkbooksEditedTest {
  private static final String COPY = "Copied-1";
  private static final String NONSENSE = "about as usual";

  private static final Map<String, Saved> SAVED = new HashMap<>();

  static List<String> workbooks() {
    return PolicyTables.workbooks();
  }

  @BeforeAll
  static void edit(@TempDir Path folder) {
    var edits = new ArrayList<LibreOffice.Edit>();
    for (String workbook : workbooks()) {
      byte[] file = file(workbook);
      edits.add(new LibreOffice.Edit("untouched" + workbook, file, ""));
      edits.add(new LibreOffice.Edit("edited" + workbook, file, edits(workbook)));
      edits.add(new LibreOffice.Edit("spoiled" + workbook, file, spoils(workbook)));
      edits.add(new LibreOffice.Edit("sorted" + workbook, file, sorts(workbook)));
    }
    List<Saved> saved = new LibreOffice(folder).edited(edits);
    for (int i = 0; i < edits.size(); i++) {
      SAVED.put(edits.get(i).name(), saved.get(i));
    }
  }

  private static Saved saved(String how, String workbook) {
    return Objects.requireNonNull(SAVED.get(how + workbook));
  }

  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_saved_meansTheSame(String workbook) {
    Saved saved = saved("untouched", workbook);
    for (byte[] file : List.of(saved.xlsx(), saved.back())) {
      ReadWorkbook again = read(workbook, file);
      assertThat(again.findings()).isEmpty();
      assertThat(SampleRows.shown(again.tables())).isEqualTo(SampleRows.shown(tables(workbook)));
      assertThat(again.tables().equals(tables(workbook))).isTrue();
    }
    assertThat(read(workbook, saved.ods()).findings())
        .extracting(Finding::code)
        .containsExactly(FindingCodes.NOT_XLSX);
  }

  /**
   * Numbers and times typed anew as text, a row copied, a blank one, a column moved, rows sorted.
   */
  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_edited_meansWhatItSays(String workbook) {
    Saved saved = saved("edited", workbook);
    for (byte[] file : List.of(saved.xlsx(), saved.back())) {
      ReadWorkbook again = read(workbook, file);
      assertThat(again.findings()).isEmpty();
      for (TypedTable table : tables(workbook)) {
        TypedTable edited = again.table(table.definition().sheet()).orElseThrow();
        assertThat(meanings(edited)).isEqualTo(expected(table));
        assertSorted(edited);
        if (table.definition().hitPolicy() == HitPolicy.FIRST) {
          assertThat(edited.rows().get(edited.rows().size() - 1).isOtherwise()).isTrue();
        }
      }
    }
  }

  /** Neither the program's order of letters is ours, nor the otherwise row part of it. */
  private static void assertSorted(TypedTable edited) {
    List<TypedRow> sorted = edited.rows().stream().filter(row -> !row.isOtherwise()).toList();
    if (!sorted.isEmpty()) {
      String first = sorted.get(0).id();
      String last = sorted.get(sorted.size() - 1).id();
      assertThat(first).usingComparator(String::compareToIgnoreCase).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  void shippedWorkbooks_edited_haveTheirLastColumnSecond() throws IOException {
    for (String workbook : workbooks()) {
      try (var book =
          new XSSFWorkbook(new ByteArrayInputStream(saved("edited", workbook).xlsx()))) {
        for (TypedTable table : tables(workbook)) {
          List<Column> columns = table.definition().columns();
          int moved = lastOfMeaning(table.definition());
          if (moved > 1 && !table.rows().isEmpty()) {
            var header = book.getSheet(table.definition().sheet()).getRow(9);
            assertThat(header.getCell(1).getStringCellValue())
                .isEqualTo(columns.get(moved).label());
          }
        }
      }
    }
  }

  /** One cell of each sheet says what nobody can read for certain. */
  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_cellsSpoiled_namesThem(String workbook) {
    var cells = new ArrayList<String>();
    for (TypedTable table : tables(workbook)) {
      Place spoiled = spoiled(table);
      if (spoiled != null) {
        cells.add(table.definition().sheet() + " " + spoiled.address());
      }
    }
    assertThat(cells).isNotEmpty();
    Saved saved = saved("spoiled", workbook);
    for (byte[] file : List.of(saved.xlsx(), saved.back())) {
      assertThat(read(workbook, file).findings())
          .allMatch(finding -> finding.message().contains(NONSENSE))
          .extracting(finding -> finding.sheet() + " " + finding.cell())
          .containsExactlyInAnyOrderElementsOf(cells);
    }
  }

  /** Sorting a table whose last row is the otherwise row, that row included. */
  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_otherwiseSortedAway_namesTheRowsBelowIt(String workbook) {
    var below = new ArrayList<String>();
    for (TypedTable table : tables(workbook)) {
      if (table.definition().hitPolicy() == HitPolicy.FIRST) {
        table.rows().stream()
            .filter(row -> row.id().compareToIgnoreCase(TypedRow.OTHERWISE) < 0)
            .forEach(row -> below.add(table.definition().sheet() + " " + row.id()));
      }
    }
    Saved saved = saved("sorted", workbook);
    for (byte[] file : List.of(saved.xlsx(), saved.back())) {
      assertThat(read(workbook, file).findings())
          .allMatch(finding -> finding.code().equals(FindingCodes.ROW_AFTER_OTHERWISE))
          .extracting(finding -> finding.sheet() + " " + finding.id())
          .containsExactlyInAnyOrderElementsOf(below);
    }
  }

  /** A cell by its place, counted from 0. */
  private record Place(int column, int row) {
    String address() {
      return CellReference.convertNumToColString(column) + (row + 1);
    }
  }

  private static String edits(String workbook) {
    return script(
        workbook,
        (table, edits) -> {
          List<TypedRow> rows = table.rows();
          for (int column = 0; column < table.definition().columns().size(); column++) {
            retype(table, column, edits);
          }
          int first = rows.get(0).number() - 1;
          int last = lastSorted(table).number() - 1;
          if (!rows.get(0).isOtherwise()) {
            edits.insertRows(first + 1, 2);
            edits.copyRow(first, first + 1);
            edits.type(0, first + 1, COPY);
            last += 2;
          }
          int moved = lastOfMeaning(table.definition());
          if (moved > 1) {
            edits.moveColumn(moved, 1, last + 1);
          }
          if (!rows.get(0).isOtherwise()) {
            edits.sortDescending(first, last);
          }
        });
  }

  private static String spoils(String workbook) {
    return script(
        workbook,
        (table, edits) -> {
          Place place = spoiled(table);
          if (place != null) {
            edits.type(place.column(), place.row(), NONSENSE);
          }
        });
  }

  private static String sorts(String workbook) {
    return script(
        workbook,
        (table, edits) -> {
          if (table.definition().hitPolicy() == HitPolicy.FIRST) {
            List<TypedRow> rows = table.rows();
            edits.sortDescending(rows.get(0).number() - 1, rows.get(rows.size() - 1).number() - 1);
          }
        });
  }

  private interface Script {
    void write(TypedTable table, SheetEdits edits);
  }

  private static String script(String workbook, Script script) {
    var statements = new StringBuilder();
    for (TypedTable table : tables(workbook)) {
      if (!table.rows().isEmpty()) {
        TableDefinition definition = table.definition();
        var edits =
            new SheetEdits(definition.sheet(), statements.length(), definition.columns().size());
        script.write(table, edits);
        statements.append(edits.statements());
      }
    }
    return statements.toString();
  }

  /** The first number or time of a column, typed as people type it elsewhere. */
  private static void retype(TypedTable table, int index, SheetEdits edits) {
    Column column = table.definition().columns().get(index);
    for (TypedRow row : table.rows()) {
      String text = text(column, row.cells().get(column.key()));
      if (text != null) {
        edits.type(index, row.number() - 1, text);
        return;
      }
    }
  }

  private static @Nullable String text(Column column, @Nullable Cell cell) {
    if (cell instanceof Cell.TimeOfDay time) {
      return time.minutes() / 60 + (time.minutes() % 60 < 10 ? ":0" : ":") + time.minutes() % 60;
    }
    if (!(cell instanceof Cell.Number number)) {
      return null;
    }
    if (column.type() instanceof CellType.Share) {
      return number.value().multiply(BigDecimal.valueOf(100)).toPlainString() + " %";
    }
    return " " + number.value().toPlainString().replace('.', ',');
  }

  /** The last column that conditions or results stand in. */
  private static int lastOfMeaning(TableDefinition definition) {
    int last = 0;
    for (int i = 0; i < definition.columns().size(); i++) {
      Column.Kind kind = definition.columns().get(i).kind();
      last = kind == Column.Kind.CONDITION || kind == Column.Kind.RESULT ? i : last;
    }
    return last;
  }

  /** The last row that may stand anywhere. */
  private static TypedRow lastSorted(TypedTable table) {
    List<TypedRow> rows = table.rows();
    TypedRow last = rows.get(rows.size() - 1);
    return last.isOtherwise() && rows.size() > 1 ? rows.get(rows.size() - 2) : last;
  }

  /** The first cell that holds a number, a time or a code of a closed list; null if none does. */
  private static @Nullable Place spoiled(TypedTable table) {
    for (TypedRow row : table.rows()) {
      for (int i = 1; i < table.definition().columns().size(); i++) {
        Cell cell = row.cells().get(table.definition().columns().get(i).key());
        if (cell instanceof Cell.Number
            || cell instanceof Cell.TimeOfDay
            || cell instanceof Cell.Timestamp) {
          return new Place(i, row.number() - 1);
        }
      }
    }
    return table.rows().isEmpty() ? null : codeOf(table, table.rows().get(0));
  }

  private static @Nullable Place codeOf(TypedTable table, TypedRow row) {
    for (int i = 1; i < table.definition().columns().size(); i++) {
      CellType type = table.definition().columns().get(i).type();
      boolean closed = type instanceof CellType.Codes || type instanceof CellType.Jurisdictions;
      if (closed && !row.isOtherwise()) {
        return new Place(i, row.number() - 1);
      }
    }
    return null;
  }

  private record Meaning(Map<String, Cell> cells, @Nullable Object from, @Nullable Object to) {
    static Meaning of(TypedRow row) {
      var cells = new HashMap<>(row.cells());
      cells.remove("id");
      return new Meaning(cells, row.from(), row.to());
    }
  }

  private static Map<String, Meaning> meanings(TypedTable table) {
    var meanings = new LinkedHashMap<String, Meaning>();
    table.rows().forEach(row -> meanings.put(row.id(), Meaning.of(row)));
    return meanings;
  }

  private static Map<String, Meaning> expected(TypedTable table) {
    Map<String, Meaning> expected = meanings(table);
    if (!table.rows().isEmpty() && !table.rows().get(0).isOtherwise()) {
      expected.put(COPY, Meaning.of(table.rows().get(0)));
    }
    return expected;
  }

  private static List<TypedTable> tables(String workbook) {
    ReadWorkbook read = read(workbook, file(workbook));
    assertThat(read.findings()).isEmpty();
    return read.tables();
  }

  private static ReadWorkbook read(String workbook, byte[] file) {
    return WorkbookReader.read(workbook, file, PolicyTables.of(workbook));
  }

  private static byte[] file(String workbook) {
    try {
      return Files.readAllBytes(Path.of("..", "decision-tables", workbook + ".xlsx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

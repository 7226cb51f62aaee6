package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.testing.LibreOffice;
import rekindle.testing.SampleRows;
import rekindle.testing.SampleTables;

@Tag("libreoffice")
class LibreOfficeTest {
  private static final List<TypedTable> TABLES = SampleRows.tables();
  private static final byte[] FILE = WorkbookWriter.write("sample", "", TABLES);

  @TempDir private Path folder;
  private LibreOffice libreOffice;

  @BeforeEach
  void start() {
    libreOffice = new LibreOffice(folder);
  }

  @Test
  void workbook_savedAsXlsx_meansTheSame() {
    assertSame(libreOffice.saved(FILE, "xlsx", "xlsx"));
  }

  @Test
  void workbook_savedAsOdsAndBack_meansTheSame() {
    byte[] ods = libreOffice.saved(FILE, "xlsx", "ods");
    ReadWorkbook refused = WorkbookReader.read("sample", ods, SampleTables.all());
    assertThat(refused.findings()).extracting(Finding::code).containsExactly("not_xlsx");
    assertThat(refused.findings().get(0).message()).contains("OpenDocument");
    assertSame(libreOffice.saved(ods, "ods", "xlsx"));
  }

  @Test
  void workbook_savedAsXls_isRefused() {
    byte[] xls = libreOffice.saved(FILE, "xlsx", "xls");
    ReadWorkbook refused = WorkbookReader.read("sample", xls, SampleTables.all());
    assertThat(refused.findings()).extracting(Finding::code).containsExactly("not_xlsx");
    assertThat(refused.findings().get(0).message()).contains(".xls");
  }

  /** A row copied, rows sorted, a column moved, values typed anew in other ways. */
  private static final String EDITS =
      """
        Dim conditions As Object, results As Object
        conditions = doc.Sheets.getByName("Conditions")
        results = doc.Sheets.getByName("Results")
        conditions.Rows.insertByIndex(12, 1)
        conditions.copyRange(conditions.getCellByPosition(0, 12).CellAddress, conditions.getCellRangeByPosition(0, 10, 23, 10).RangeAddress)
        conditions.getCellByPosition(0, 12).String = "US-S-2"
        conditions.getCellByPosition(6, 12).String = " 24"
        conditions.getCellByPosition(7, 12).String = "1000,5"
        conditions.getCellByPosition(8, 12).Formula = "50%"
        conditions.getCellByPosition(11, 12).String = "“list.1”"
        conditions.getCellByPosition(18, 12).Formula = "2026-01-01"
        results.Columns.insertByIndex(1, 1)
        results.moveRange(results.getCellByPosition(1, 0).CellAddress, results.getCellRangeByPosition(6, 0, 6, 40).RangeAddress)
        results.Columns.removeByIndex(6, 1)
        Dim field(0) As New com.sun.star.table.TableSortField
        field(0).Field = 0
        field(0).IsAscending = False
        Dim sorting(1) As New com.sun.star.beans.PropertyValue
        sorting(0).Name = "SortFields"
        sorting(0).Value = field()
        sorting(1).Name = "ContainsHeader"
        sorting(1).Value = False
        results.getCellRangeByPosition(0, 10, 21, 12).sort(sorting())
      """;

  @Test
  void workbook_edited_meansWhatItSaysInEveryForm() {
    var saved = libreOffice.edited(FILE, EDITS);
    assertEdited(saved.xlsx());
    assertEdited(saved.back());
  }

  @Test
  void cell_madeADateByTheProgram_isNamed() {
    String typed =
        """
          Dim cell As Object
          cell = doc.Sheets.getByName("Conditions").getCellByPosition(6, 10)
          cell.Formula = "10/13/2026"
          Dim anywhere As New com.sun.star.lang.Locale
          cell.NumberFormat = doc.NumberFormats.getStandardFormat(com.sun.star.util.NumberFormat.DATE, anywhere)
        """;
    ReadWorkbook read =
        WorkbookReader.read("sample", libreOffice.edited(FILE, typed).xlsx(), SampleTables.all());
    assertThat(read.findings())
        .extracting(Finding::message)
        .containsExactly(
            "sample.xlsx, sheet Conditions, row 11 (US-S-1), cell G11: holds the date or time"
                + " 2026-10-13, not a number; format the cell as a number and type it anew");
  }

  private static void assertEdited(byte[] saved) {
    ReadWorkbook read = WorkbookReader.read("sample", saved, SampleTables.all());
    assertThat(read.findings()).isEmpty();
    TypedTable conditions = read.table("Conditions").orElseThrow();
    TypedTable results = read.table("Results").orElseThrow();
    assertThat(conditions.rows())
        .extracting(TypedRow::id)
        .containsExactly("US-S-1", "US-E-1", "US-S-2", "EU-E-1", "PM-1", "otherwise");
    assertThat(cells(conditions.rows().get(2))).isEqualTo(cells(conditions.rows().get(0)));
    assertThat(results.rows()).extracting(TypedRow::id).containsExactly("R-3", "R-2", "R-1");
    for (TypedTable table : TABLES) {
      for (TypedRow row : table.rows()) {
        assertThat(read.table(table.definition().sheet()).orElseThrow().rows())
            .anyMatch(r -> r.id().equals(row.id()) && r.cells().equals(row.cells()));
      }
    }
  }

  private static Map<String, Cell> cells(TypedRow row) {
    var cells = new HashMap<>(row.cells());
    cells.remove("id");
    return cells;
  }

  private static void assertSame(byte[] saved) {
    ReadWorkbook read = WorkbookReader.read("sample", saved, SampleTables.all());
    assertThat(read.findings()).isEmpty();
    assertThat(SampleRows.shown(read.tables())).isEqualTo(SampleRows.shown(TABLES));
    assertThat(read.tables().equals(TABLES)).isTrue();
  }
}

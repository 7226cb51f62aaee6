package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.Row.MissingCellPolicy;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import rekindle.testing.SampleRows;
import rekindle.testing.SampleTables;

/** What people and programs do to a workbook, and what the reader says to it. */
class WorkbookReaderTest {
  private static final List<TypedTable> TABLES = SampleRows.tables();
  private static final String CONDITIONS = "Conditions";

  @Test
  void columns_movedWithTheirCodeRows_meanTheSame() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              for (int row = 6; row < 15; row++) {
                String first = text(cell(sheet, row, 1));
                cell(sheet, row, 1).setCellValue(text(cell(sheet, row, 2)));
                cell(sheet, row, 2).setCellValue(first);
              }
            });
    assertThat(read.findings()).isEmpty();
    assertSame(read);
  }

  @Test
  void values_retypedAsText_meanTheSame() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              cell(sheet, 10, 6).setCellValue(" 24 ");
              cell(sheet, 10, 7).setCellValue("1000,5");
              cell(sheet, 10, 8).setCellValue("50 %");
              cell(sheet, 10, 18).setCellValue("2026-01-01");
              cell(sheet, 10, 13).setCellValue("8:00:00");
            });
    assertThat(read.findings()).isEmpty();
    assertSame(read);
  }

  @Test
  void labels_typedALittleDifferently_areFound() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              cell(sheet, 9, 1).setCellValue(" WHERE\u00a0");
              cell(sheet, 9, 6).setCellValue("age,\nmonths : within");
              cell(sheet, 9, 17).setCellValue("->Answer");
            });
    assertThat(read.findings()).isEmpty();
    assertSame(read);
  }

  @Test
  void rows_blankOrWithALink_areReadOn() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              sheet.shiftRows(12, 14, 2);
              cell(sheet, 12, 3).setCellValue("  ");
              var link = sheet.getWorkbook().getCreationHelper().createHyperlink(HyperlinkType.URL);
              link.setAddress("https://www.law.example/64.1200");
              cell(sheet, 10, 20).setHyperlink(link);
            });
    assertThat(read.findings()).isEmpty();
    assertThat(read.tables().get(0).rows())
        .extracting(TypedRow::number)
        .containsExactly(11, 12, 15, 16, 17);
    assertThat(read.tables().get(0).rows())
        .extracting(r -> r.cells())
        .isEqualTo(TABLES.get(0).rows().stream().map(r -> r.cells()).toList());
  }

  @Test
  void manyMistakes_areAllNamedAtOnce() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              cell(sheet, 10, 6).setCellValue("two years");
              cell(sheet, 11, 1).setCellValue("US-XX");
              cell(sheet, 11, 2).setBlank();
              cell(sheet, 12, 7).setCellFormula("1+1");
              cell(sheet, 12, 18).setCellValue(LocalDate.of(2026, 2, 1));
              cell(sheet, 12, 19).setCellValue(LocalDate.of(2026, 1, 1));
              cell(sheet, 13, 0).setCellValue("us-s-1");
              cell(sheet, 14, 1).setCellValue("any");
            });
    assertThat(read.findings())
        .extracting(Finding::message)
        .containsExactly(
            "sample.xlsx, sheet Conditions, row 11 (US-S-1), cell G11: \"two years\" is no number of"
                + " months; write 24",
            "sample.xlsx, sheet Conditions, row 12 (US-E-1), cell B12: \"US-XX\" is no jurisdiction;"
                + " expected ISO 3166, for example US-TX or DE, or a group: EU, EEA. Did you mean"
                + " US-TX?",
            "sample.xlsx, sheet Conditions, row 12 (US-E-1), cell C12: is blank; write a value, or"
                + " any where it does not matter",
            "sample.xlsx, sheet Conditions, row 13 (EU-E-1): From 2026-02-01 is later than To"
                + " 2026-01-01; the row would never be in force",
            "sample.xlsx, sheet Conditions, row 13 (EU-E-1), cell H13: holds a formula; write the"
                + " value itself, since cells hold no code",
            "sample.xlsx, sheet Conditions, row 14 (us-s-1), cell A14: the Id us-s-1 stands in row"
                + " 11 too; every row needs an Id of its own",
            "sample.xlsx, sheet Conditions, row 15 (otherwise), cell B15: every condition of the"
                + " otherwise row says otherwise; \"any\" cannot stand here");
    assertThat(read.tables())
        .extracting(t -> t.definition().sheet())
        .containsExactly("Results", "Menu");
  }

  @Test
  void otherwiseRow_notLastOrNotThere_isAnError() throws IOException {
    assertThat(codes(edited(sheet -> sheet.removeRow(sheet.getRow(14)))))
        .containsExactly("otherwise_missing");
    assertThat(codes(edited(sheet -> sheet.shiftRows(14, 14, -3)))).contains("row_after_otherwise");
    assertThat(codes(edited(sheet -> cell(sheet, 10, 1).setCellValue("otherwise"))))
        .containsExactly("otherwise_misplaced");
    assertThat(codes(edited(sheet -> cell(sheet, 14, 18).setCellValue("2026-01-01"))))
        .containsExactly("otherwise_misplaced");
  }

  @Test
  void ids_missingReservedOrOdd_areErrors() throws IOException {
    assertThat(codes(edited(sheet -> cell(sheet, 10, 0).setBlank()))).containsExactly("id_missing");
    assertThat(codes(edited(sheet -> cell(sheet, 10, 0).setCellValue("Any"))))
        .containsExactly("id_reserved");
    assertThat(codes(edited(sheet -> cell(sheet, 10, 0).setCellValue("US S 1"))))
        .containsExactly("bad_name");
  }

  @Test
  void labels_missingUnknownOrTwice_areNamed() throws IOException {
    assertThat(messages(edited(sheet -> cell(sheet, 9, 2).setCellValue("Chanel"))))
        .containsExactly(
            "sample.xlsx, sheet Conditions: the column \"Channel\" is missing in the header row 10;"
                + " \"Chanel\" is near: correct its label",
            "sample.xlsx, sheet Conditions, row 10, cell C10: the column \"Chanel\" is not part of"
                + " this table and is ignored. Did you mean Channel?");
    assertThat(messages(edited(sheet -> cell(sheet, 9, 24).setCellValue("channel"))))
        .containsExactly(
            "sample.xlsx, sheet Conditions, row 10, cell Y10: the label \"channel\" stands in C10"
                + " too; delete one of the two columns");
    ReadWorkbook read = edited(sheet -> cell(sheet, 9, 24).setCellValue("My notes"));
    assertThat(codes(read)).containsExactly("column_unknown");
    assertThat(read.hasErrors()).isFalse();
    assertSame(read);
    assertThat(codes(edited(sheet -> sheet.removeRow(sheet.getRow(9)))))
        .containsExactly("header_missing");
  }

  @Test
  void header_inAnotherRow_isFoundByItsLabels() throws IOException {
    ReadWorkbook read = edited(sheet -> sheet.shiftRows(9, 14, 4));
    assertThat(read.findings()).isEmpty();
    assertThat(read.tables().get(0).rows().get(0).number()).isEqualTo(15);
  }

  @Test
  void codeRows_changed_areAWarning() throws IOException {
    ReadWorkbook read = edited(sheet -> cell(sheet, 8, 3).setCellValue("eval(true)"));
    assertThat(messages(read))
        .containsExactly(
            "sample.xlsx, sheet Conditions: the hidden rows 4 to 9 were changed; they decide nothing"
                + " and are written afresh with every download");
    assertThat(read.hasErrors()).isFalse();
    assertSame(read);
  }

  @Test
  void sheets_missingUnknownOrTwice_areNamed() throws IOException {
    assertThat(messages(edited(sheet -> rename(sheet, "Condition"))))
        .containsExactly(
            "sample.xlsx, sheet Condition: the sheet is no table of this workbook and is ignored. Did"
                + " you mean Conditions?",
            "sample.xlsx, sheet Conditions: the sheet is missing; \"tables new\" gives an empty one"
                + " to copy from");
    assertThat(edited(sheet -> rename(sheet, " conditions")).findings()).isEmpty();
    assertThat(codes(edited(sheet -> sheet.getWorkbook().createSheet("Conditions "))))
        .containsExactly("sheet_duplicated");
  }

  @Test
  void formula_anywhere_isAnError() throws IOException {
    assertThat(codes(edited(sheet -> cell(sheet, 0, 5).setCellFormula("1+1"))))
        .containsExactly("formula");
    assertThat(codes(edited(sheet -> cell(sheet, 12, 30).setCellFormula("1+1"))))
        .containsExactly("formula");
    assertThat(
            codes(
                edited(
                    sheet ->
                        cell(sheet.getWorkbook().getSheet("Read me"), 3, 3).setCellFormula("1"))))
        .containsExactly("formula");
  }

  @Test
  void allHitTable_withOtherwise_isAnError() throws IOException {
    ReadWorkbook read =
        edited(
            sheet -> {
              XSSFSheet results = sheet.getWorkbook().getSheet("Results");
              cell(results, 10, 0).setCellValue("otherwise");
              cell(results, 11, 1).setCellValue("otherwise");
            });
    assertThat(codes(read)).containsExactly("id_reserved", "otherwise_misplaced");
  }

  @Test
  void emptyWorkbook_ofAllTables_isRead() {
    byte[] file = WorkbookWriter.empty("sample", "Nothing yet.", SampleTables.all());
    ReadWorkbook read = WorkbookReader.read("sample", file, SampleTables.all());
    assertThat(read.findings()).isEmpty();
    assertThat(read.tables()).extracting(t -> t.rows().size()).containsExactly(1, 0, 0);
  }

  private static ReadWorkbook edited(Consumer<XSSFSheet> edit) throws IOException {
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(BadFiles.GOOD))) {
      edit.accept(book.getSheet(CONDITIONS));
      var out = new ByteArrayOutputStream();
      book.write(out);
      return WorkbookReader.read("sample", out.toByteArray(), SampleTables.all());
    }
  }

  private static void assertSame(ReadWorkbook read) {
    assertThat(SampleRows.shown(read.tables())).isEqualTo(SampleRows.shown(TABLES));
    assertThat(read.tables().equals(TABLES)).isTrue();
  }

  private static List<String> codes(ReadWorkbook read) {
    return read.findings().stream().map(Finding::code).toList();
  }

  private static List<String> messages(ReadWorkbook read) {
    return read.findings().stream().map(Finding::message).toList();
  }

  private static void rename(XSSFSheet sheet, String name) {
    sheet.getWorkbook().setSheetName(sheet.getWorkbook().getSheetIndex(sheet), name);
  }

  private static String text(XSSFCell cell) {
    return cell.getStringCellValue();
  }

  private static XSSFCell cell(XSSFSheet sheet, int row, int column) {
    var found = sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row);
    return found.getCell(column, MissingCellPolicy.CREATE_NULL_AS_BLANK);
  }
}

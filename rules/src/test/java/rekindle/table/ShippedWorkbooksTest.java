package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.DataValidation.ErrorStyle;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.internal.builder.conf.LanguageLevelOption;
import rekindle.release.PolicyTables;
import rekindle.testing.SampleRows;

/**
 * The workbooks of the repository as files: what they say, how they look, what others make of them.
 */
class ShippedWorkbooksTest {
  private static final Path FOLDER = Path.of("..", "decision-tables");

  static List<String> workbooks() {
    return PolicyTables.workbooks();
  }

  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_readAndWritten_isTheSame(String workbook) throws IOException {
    ReadWorkbook read = read(workbook, file(workbook));
    byte[] again = WorkbookWriter.write(workbook, "", read.tables());
    assertSame(read, read(workbook, again));
  }

  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedSheet_ofRules_isAStockDroolsTable(String workbook) throws Exception {
    for (TypedTable table : read(workbook, file(workbook)).tables()) {
      if (!CodeRows.has(table.definition())) {
        continue;
      }
      String drl =
          new SpreadsheetCompiler()
              .compile(new ByteArrayInputStream(file(workbook)), table.definition().sheet());
      var parser = new DrlParser(LanguageLevelOption.DRL6);
      assertThat(parser.parse(false, drl).getRules())
          .extracting(RuleDescr::getName)
          .containsExactlyElementsOf(table.rows().stream().map(TypedRow::id).toList());
      assertThat(parser.getErrors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("workbooks")
  void shippedWorkbook_looksAsPeopleExpect(String workbook) throws IOException {
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(file(workbook)))) {
      assertThat(book.getSheetName(0)).isEqualTo("Read me");
      for (TableDefinition definition : PolicyTables.of(workbook)) {
        XSSFSheet sheet = book.getSheet(definition.sheet());
        assertThat(sheet.getRow(0).getCell(0).getStringCellValue()).isEqualTo(definition.title());
        assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo(definition.decides());
        for (int row = 3; row < 9; row++) {
          assertThat(sheet.getRow(row).getZeroHeight()).as("row " + (row + 1)).isTrue();
        }
        assertThat(sheet.getRow(9).getCell(0).getStringCellValue()).isEqualTo("Id");
        assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 10);
        assertThat(sheet.getCTWorksheet().isSetAutoFilter()).isTrue();
        assertThat(sheet.getMergedRegions()).isEmpty();
        assertThat(sheet.getProtect()).isFalse();
        assertThat(sheet.getDataValidations())
            .allMatch(v -> v.getErrorStyle() == ErrorStyle.WARNING);
      }
    }
  }

  private static void assertSame(ReadWorkbook read, ReadWorkbook again) {
    assertThat(read.findings()).isEmpty();
    assertThat(again.findings()).isEmpty();
    assertThat(SampleRows.shown(again.tables())).isEqualTo(SampleRows.shown(read.tables()));
    assertThat(again.tables().equals(read.tables())).isTrue();
  }

  private static ReadWorkbook read(String workbook, byte[] file) {
    return WorkbookReader.read(workbook, file, PolicyTables.of(workbook));
  }

  private static byte[] file(String workbook) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(workbook + ".xlsx"));
  }
}

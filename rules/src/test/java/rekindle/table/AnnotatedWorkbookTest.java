package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.release.PolicyTables;
import rekindle.table.Finding.Severity;
import rekindle.testing.LibreOffice;
import rekindle.testing.SampleRows;

class AnnotatedWorkbookTest {
  private static byte[] file() throws IOException {
    return Files.readAllBytes(Path.of("..", "decision-tables", "segments.xlsx"));
  }

  private static Finding finding(
      Severity severity, @Nullable String sheet, @Nullable String cell, @Nullable Integer row) {
    String message = "what is wrong at " + sheet + " " + cell + " " + row;
    return new Finding(severity, "segments", sheet, cell, row, null, "code", message, null);
  }

  private static XSSFWorkbook annotated(byte[] file, List<Finding> findings) throws IOException {
    return new XSSFWorkbook(
        new ByteArrayInputStream(AnnotatedWorkbook.write(file, findings).orElseThrow()));
  }

  private static XSSFCell cell(XSSFWorkbook book, String sheet, String address) {
    var reference = new CellReference(address);
    return book.getSheet(sheet).getRow(reference.getRow()).getCell(reference.getCol());
  }

  private static String fill(XSSFCell cell) {
    return cell.getCellStyle().getFillForegroundColorColor().getARGBHex();
  }

  @Test
  void findings_standAtTheirCellsRowsSheetsAndFile() throws IOException {
    var findings =
        List.of(
            finding(Severity.ERROR, "Dormancy", "C11", 11),
            finding(Severity.WARNING, "Dormancy", null, 12),
            finding(Severity.WARNING, "Tiers", null, null),
            finding(Severity.ERROR, "Gone", null, null),
            finding(Severity.ERROR, null, null, null));
    try (XSSFWorkbook book = annotated(file(), findings)) {
      XSSFCell cell = cell(book, "Dormancy", "C11");
      assertThat(cell.getCellComment().getString().getString())
          .isEqualTo("Rekindle found:\nError: what is wrong at Dormancy C11 11");
      assertThat(cell.getCellComment().getAuthor()).isEqualTo("Rekindle");
      assertThat(fill(cell)).endsWith("FFC7CE");
      assertThat(fill(cell(book, "Dormancy", "A12"))).endsWith("FFEB9C");
      assertThat(cell(book, "Tiers", "A1").getCellComment()).isNotNull();
      assertThat(cell(book, "Read me", "A1").getCellComment().getString().getString())
          .contains("Gone")
          .contains("null null null");
    }
  }

  @Test
  void annotatedFile_readAgain_meansTheSame() throws IOException {
    byte[] file = file();
    var findings = new ArrayList<Finding>();
    for (String column : List.of("A", "B", "C", "D", "G")) {
      for (int row = 10; row < 60; row++) {
        findings.add(finding(Severity.ERROR, "Segments", column + row, row));
      }
    }
    byte[] annotated = AnnotatedWorkbook.write(file, findings).orElseThrow();
    ReadWorkbook again = WorkbookReader.read("segments", annotated, PolicyTables.of("segments"));
    assertThat(again.findings()).isEmpty();
    ReadWorkbook before = WorkbookReader.read("segments", file, PolicyTables.of("segments"));
    assertThat(SampleRows.shown(again.tables())).isEqualTo(SampleRows.shown(before.tables()));
    byte[] twice = AnnotatedWorkbook.write(annotated, findings.subList(0, 1)).orElseThrow();
    assertThat(WorkbookReader.read("segments", twice, PolicyTables.of("segments")).findings())
        .isEmpty();
  }

  @Test
  void commentOfTheAuthor_staysAboveOurs() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(file()))) {
      XSSFCell cell = cell(book, "Dormancy", "C11");
      var drawing = cell.getSheet().createDrawingPatriarch();
      var comment = drawing.createCellComment(drawing.createAnchor(0, 0, 0, 0, 3, 3, 5, 5));
      comment.setString(new XSSFRichTextString("ask Ben"));
      cell.setCellComment(comment);
      book.write(out);
    }
    Finding finding = finding(Severity.ERROR, "Dormancy", "C11", 11);
    try (XSSFWorkbook book = annotated(out.toByteArray(), List.of(finding))) {
      assertThat(cell(book, "Dormancy", "C11").getCellComment().getString().getString())
          .startsWith("ask Ben\n\nRekindle found:\nError: ");
    }
  }

  /** The author mends an annotated file and uploads it: what was found before says nothing now. */
  @Test
  void annotatedFile_annotatedAnew_hasTheNewFindingsAlone() throws IOException {
    var first =
        List.of(
            finding(Severity.ERROR, "Dormancy", "C11", 11),
            finding(Severity.WARNING, "Tiers", "B12", 12));
    byte[] annotated = AnnotatedWorkbook.write(file(), first).orElseThrow();
    Finding second = finding(Severity.WARNING, "Dormancy", "B12", 12);
    try (XSSFWorkbook book = annotated(annotated, List.of(second));
        XSSFWorkbook before = new XSSFWorkbook(new ByteArrayInputStream(file()))) {
      assertThat(cell(book, "Dormancy", "C11").getCellComment()).isNull();
      assertThat(cell(book, "Tiers", "B12").getCellComment()).isNull();
      assertThat(cell(book, "Dormancy", "C11").getCellStyle().getFillPattern())
          .isEqualTo(cell(before, "Dormancy", "C11").getCellStyle().getFillPattern());
      assertThat(cell(book, "Dormancy", "B12").getCellComment()).isNotNull();
    }
  }

  @Test
  void rowFinding_whereTheIdColumnWasMoved_standsAtTheId() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(file()))) {
      var sheet = book.getSheet("Dormancy");
      sheet.getRow(9).getCell(0).setCellValue("Program");
      sheet.getRow(9).getCell(1).setCellValue("Id");
      book.write(out);
    }
    Finding finding = finding(Severity.WARNING, "Dormancy", null, 11);
    try (XSSFWorkbook book = annotated(out.toByteArray(), List.of(finding))) {
      assertThat(cell(book, "Dormancy", "B11").getCellComment()).isNotNull();
    }
  }

  @Test
  void file_thatIsNotSafe_isNotOpened() throws IOException {
    byte[] file = file();
    assertThat(AnnotatedWorkbook.write(Arrays.copyOf(file, 5_000), List.of())).isEmpty();
    assertThat(AnnotatedWorkbook.write(new byte[0], List.of())).isEmpty();
    assertThat(AnnotatedWorkbook.write("no zip".getBytes(StandardCharsets.UTF_8), List.of()))
        .isEmpty();
    assertThat(AnnotatedWorkbook.write(withBomb(file), List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rekindle.table.BadFilesTest#refusedFiles")
  void file_thatReadingRefuses_isNotOpened(String name, String code, Supplier<byte[]> file) {
    assertThat(AnnotatedWorkbook.write(file.get(), List.of())).as(name).isEmpty();
  }

  /** A picture that nobody reads as a table, and that would fill the memory. */
  private static byte[] withBomb(byte[] file) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var in = new ZipInputStream(new ByteArrayInputStream(file));
        var zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry("xl/media/picture.png"));
      var zeros = new byte[1024 * 1024];
      for (int i = 0; i < 70; i++) {
        zip.write(zeros);
      }
    }
    return out.toByteArray();
  }

  @Test
  @Tag("libreoffice")
  void annotatedFile_openedInLibreOffice_meansTheSame(@TempDir Path folder) throws IOException {
    Finding finding = finding(Severity.ERROR, "Dormancy", "C11", 11);
    byte[] annotated = AnnotatedWorkbook.write(file(), List.of(finding)).orElseThrow();
    byte[] saved = new LibreOffice(folder).saved(annotated, "xlsx", "xlsx");
    assertThat(WorkbookReader.read("segments", saved, PolicyTables.of("segments")).findings())
        .isEmpty();
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(saved))) {
      assertThat(cell(book, "Dormancy", "C11").getCellComment().getString().getString())
          .contains("what is wrong");
    }
  }
}

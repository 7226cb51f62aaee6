package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.testing.SampleTables;

class BadFilesTest {
  private static final long SEED = Long.getLong("seed", 5L);

  /** What one reading may allocate in all, most of it at once garbage. */
  private static final long ALLOCATED_BYTES_MAX = 800L * 1024 * 1024;

  static Stream<Arguments> refusedFiles() {
    return Stream.of(
        bad("empty", "file_empty", () -> new byte[0]),
        bad("6 MB", "file_too_large", BadFiles::tooLarge),
        bad("random bytes", "not_xlsx", () -> BadFiles.random(100_000, SEED)),
        bad("csv", "not_xlsx", () -> BadFiles.text("Id,Where\nUS-S-1,US\n")),
        bad("html", "not_xlsx", () -> BadFiles.text("<html><table></table></html>")),
        bad("xls", "not_xlsx", BadFiles::xls),
        bad("ods", "not_xlsx", BadFiles::ods),
        bad("xlsb", "not_xlsx", BadFiles::binaryWorkbook),
        bad("docx", "not_xlsx", BadFiles::document),
        bad("truncated at 1 %", "damaged", () -> BadFiles.truncated(1)),
        bad("truncated at 50 %", "damaged", () -> BadFiles.truncated(50)),
        bad("truncated at 99 %", "damaged", () -> BadFiles.truncated(99)),
        bad("encrypted", "encrypted", () -> BadFiles.encrypted(EncryptionMode.agile)),
        bad("encrypted, old way", "encrypted", () -> BadFiles.encrypted(EncryptionMode.standard)),
        bad("encrypted entries", "encrypted", BadFiles::encryptedEntries),
        bad("bomb of 60 MB", "zip_bomb", () -> BadFiles.bomb(60)),
        bad("bomb of 200 MB", "zip_bomb", () -> BadFiles.bomb(200)),
        bad("bomb in a picture", "zip_bomb", BadFiles::bombInPicture),
        bad("many parts", "zip_bomb", BadFiles::manyParts),
        bad("deep XML", "zip_bomb", BadFiles::deep),
        bad("DTD in a sheet", "doctype", () -> BadFiles.doctype("xl/worksheets/sheet2.xml")),
        bad("DTD in the strings", "doctype", () -> BadFiles.doctype("xl/sharedStrings.xml")),
        bad("DTD in the workbook", "doctype", () -> BadFiles.doctype("xl/workbook.xml")),
        bad("DTD in the styles", "doctype", () -> BadFiles.doctype("xl/styles.xml")),
        bad("DTD in the types", "doctype", () -> BadFiles.doctype("[Content_Types].xml")),
        bad("DTD in relations", "doctype", () -> BadFiles.doctype("_rels/.rels")),
        bad("DTD in UTF-16", "doctype", BadFiles::doctypeInUtf16),
        bad("billion laughs", "doctype", BadFiles::billionLaughs),
        bad("macro by type", "macro", BadFiles::macroType),
        bad("macro by part", "macro", BadFiles::macroPart),
        bad("xlsm", "macro", BadFiles::xlsm),
        bad("external link part", "external_link", BadFiles::externalLinkPart),
        bad(
            "external link",
            "external_link",
            () -> BadFiles.relationship("externalLinkPath", "file:///x.xlsx", true)),
        bad(
            "linked picture",
            "external_link",
            () -> BadFiles.relationship("image", "http://x/y.png", true)),
        bad("OLE", "embedded_object", () -> BadFiles.relationship("oleObject", "x.bin", false)),
        bad("embedded part", "embedded_object", BadFiles::embeddedPart),
        bad("odd name", "damaged", BadFiles::oddName),
        bad("no workbook", "damaged", () -> BadFiles.without("xl/workbook.xml")),
        bad("no types", "not_xlsx", () -> BadFiles.without("[Content_Types].xml")),
        bad("no relations", "damaged", () -> BadFiles.without("_rels/.rels")),
        bad("no sheet", "damaged", () -> BadFiles.without("xl/worksheets/sheet2.xml")),
        bad("no strings", "damaged", () -> BadFiles.without("xl/sharedStrings.xml")),
        bad("many sheets", "too_many_sheets", BadFiles::manySheets),
        bad("many cells", "too_many_cells", () -> BadFiles.manyCells(500_000)),
        bad("rows out of order", "damaged", () -> BadFiles.sheet("<row r=\"11\"", "<row r=\"2\"")),
        bad("row zero", "damaged", () -> BadFiles.sheet("<row r=\"11\"", "<row r=\"0\"")),
        bad("row too far", "damaged", () -> BadFiles.sheet("<row r=\"15\"", "<row r=\"9999999\"")),
        bad("cell twice", "damaged", () -> BadFiles.sheet("r=\"B11\"", "r=\"A11\"")),
        bad("cell elsewhere", "damaged", () -> BadFiles.sheet("r=\"B11\"", "r=\"B12\"")),
        bad("column too far", "damaged", () -> BadFiles.sheet("r=\"X11\"", "r=\"ZZZ11\"")),
        bad("no such string", "damaged", () -> BadFiles.sheet("<v>88</v>", "<v>99999</v>")),
        bad("no number", "damaged", () -> BadFiles.sheet("<v>24.0</v>", "<v>two</v>")),
        bad("odd type", "damaged", () -> BadFiles.sheet("t=\"s\"", "t=\"q\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedFiles")
  void badFile_isRefusedWithOneClearFinding(String name, String code, Supplier<byte[]> bad) {
    byte[] file = bad.get();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ReadWorkbook read = WorkbookReader.read("sample.xlsx", file, SampleTables.all());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(read.findings()).extracting(Finding::code).as(name).containsExactly(code);
    assertThat(read.findings().get(0).severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(read.findings().get(0).message()).startsWith("sample.xlsx: ");
    assertThat(read.tables()).isEmpty();
    assertThat(allocated).as("bytes allocated").isLessThan(ALLOCATED_BYTES_MAX);
  }

  @Test
  void goodFile_withAnyByteChanged_neverThrows() {
    var random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      byte[] file = BadFiles.GOOD.clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      assertThat(WorkbookReader.read("sample", file, SampleTables.all())).isNotNull();
    }
  }

  @Test
  void part_withTextPutInAnywhere_neverThrows() {
    var random = new Random(SEED);
    List<String> inserts =
        List.of("<", ">", "\"", "</x>", "<row>", "<c>", "99999999999", "&", "r:id");
    for (int i = 0; i < 300; i++) {
      List<String> names = BadFiles.partNames();
      String part = names.get(random.nextInt(names.size()));
      String insert = inserts.get(random.nextInt(inserts.size()));
      int at = random.nextInt(1_000);
      byte[] file =
          BadFiles.with(
              part,
              s -> {
                int place = Math.min(at, s.length());
                return s.substring(0, place) + insert + s.substring(place);
              });
      assertThat(WorkbookReader.read("sample", file, SampleTables.all())).isNotNull();
    }
  }

  @Test
  void largestWorkbook_isReadWithinBounds() {
    byte[] file = BadFiles.manyCells(480_000);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ReadWorkbook read = WorkbookReader.read("sample", file, SampleTables.all());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(read.findings()).hasSize(Findings.SHOWN_MAX + 1);
    Finding last = read.findings().get(Findings.SHOWN_MAX);
    assertThat(last.code()).isEqualTo("more_findings");
    assertThat(last.message()).matches("sample.xlsx: and more than \\d+ more; mend these first.*");
    assertThat(allocated).as("bytes allocated").isLessThan(ALLOCATED_BYTES_MAX);
  }

  private static Arguments bad(String name, String code, Supplier<byte[]> file) {
    return arguments(name, code, file);
  }
}

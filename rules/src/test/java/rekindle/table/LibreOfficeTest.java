package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

  private static void assertSame(byte[] saved) {
    ReadWorkbook read = WorkbookReader.read("sample", saved, SampleTables.all());
    assertThat(read.findings()).isEmpty();
    assertThat(SampleRows.shown(read.tables())).isEqualTo(SampleRows.shown(TABLES));
    assertThat(read.tables().equals(TABLES)).isTrue();
  }
}

package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import rekindle.testing.SampleRows;
import rekindle.testing.SampleTables;

class RoundTripTest {
  private static final List<TypedTable> TABLES = SampleRows.tables();

  @Test
  void workbook_writtenAndRead_isTheSame() throws Exception {
    byte[] file = WorkbookWriter.write("sample", "What the sample decides.", TABLES);
    Files.write(Path.of("/tmp/sample.xlsx"), file);
    ReadWorkbook read = WorkbookReader.read("sample", file, SampleTables.all());
    assertThat(read.findings()).isEmpty();
    assertThat(SampleRows.shown(read.tables())).isEqualTo(SampleRows.shown(TABLES));
    assertThat(read.tables().equals(TABLES)).isTrue();
  }

  @Test
  void workbook_writtenTwice_givesTheSameBytes() {
    assertThat(WorkbookWriter.write("sample", "", TABLES))
        .isEqualTo(WorkbookWriter.write("sample", "", TABLES));
  }
}

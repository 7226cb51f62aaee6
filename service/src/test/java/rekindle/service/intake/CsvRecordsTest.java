package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
  @Test
  void cells_quotedWithCommasQuotesAndLineBreaks_areReadWhole() throws IOException {
    assertThat(read("a,\"b,c\",\"d\"\"e\"\r\n1,\"two\r\nlines\",\r\n"))
        .containsExactly("1: [a, b,c, d\"e]", "2: [1, two\nlines, ]");
  }

  @Test
  void byteOrderMark_atTheStart_isDropped() throws IOException {
    assertThat(read("\uFEFFid,name\n")).containsExactly("1: [id, name]");
  }

  @Test
  void lastLine_withoutLineBreak_isReadToo() throws IOException {
    assertThat(read("a\n\n\nb")).containsExactly("1: [a]", "4: [b]");
  }

  @Test
  void quote_neverClosed_costsItsOwnLineAlone() throws IOException {
    assertThat(read("a,b\n1,\"x\n2,y\n3,\"z\"\n4,w\n"))
        .containsExactly(
            "1: [a, b]",
            "2: text follows a closing quotation mark; write \"\" for one inside a cell",
            "3: [2, y]",
            "4: [3, z]",
            "5: [4, w]");
    assertThat(read("a,b\n1,\"x\n2,y\n"))
        .containsExactly(
            "1: [a, b]",
            "2: a quotation mark opens and is never closed; write \"\" for one inside a cell",
            "3: [2, y]");
  }

  @Test
  void quote_inAnUnquotedCell_isRefused() throws IOException {
    assertThat(read("1,5\" pipe\n2,ok\n"))
        .containsExactly(
            "1: a quotation mark stands inside an unquoted cell; quote the cell and write \"\"",
            "2: [2, ok]");
  }

  @Test
  void bytes_ofLatin1AndNulAndUtf16_areNamedAndPassedOver() throws IOException {
    byte[] latin1 = "1,caf\u00e9\n2,tea\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(latin1))
        .containsExactly(
            "1: the line is not UTF-8, probably Latin-1 (Windows-1252); save the file as UTF-8",
            "2: [2, tea]");
    assertThat(read("1,\0\n2,b\n"))
        .containsExactly(
            "1: a NUL byte stands in the line; save the file as plain UTF-8 text", "2: [2, b]");
    assertThat(read("\uFEFFid".getBytes(StandardCharsets.UTF_16LE)))
        .containsExactly("1: the file is in UTF-16; save it as UTF-8");
  }

  @Test
  void line_of300Megabytes_isPassedOverInBoundedMemory() throws IOException {
    InputStream endless =
        new InputStream() {
          private long left = 300_000_000L;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int from, int length) {
            if (left <= 0) {
              return -1;
            }
            int some = (int) Math.min(left, length);
            java.util.Arrays.fill(target, from, from + some, (byte) 'x');
            left -= some;
            return some;
          }
        };
    try (var records = new CsvRecords(endless)) {
      CsvRecords.CsvRecord record = records.next();
      assertThat(record).isNotNull();
      assertThat(String.valueOf(record)).contains("longer than 1 MiB");
      assertThat(records.next()).isNull();
    }
  }

  @Test
  void records_writtenByALibrary_areReadBack() throws IOException {
    for (long seed = 1; seed <= 300; seed++) {
      var random = new Random(seed);
      var rows = new ArrayList<List<String>>();
      var text = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        var cells = new ArrayList<String>();
        for (int j = 0; j < 4; j++) {
          cells.add(randomCell(random));
        }
        rows.add(List.copyOf(cells));
        text.append(CSVFormat.RFC4180.format(cells.toArray())).append(i % 2 == 0 ? "\n" : "\r\n");
      }
      var read = new ArrayList<List<String>>();
      try (var records = new CsvRecords(stream(text.toString().getBytes(StandardCharsets.UTF_8)))) {
        CsvRecords.CsvRecord record;
        while ((record = records.next()) != null) {
          read.add(record.cells());
        }
      }
      assertThat(read).as("seed %d", seed).isEqualTo(rows);
    }
  }

  private static String randomCell(Random random) {
    String alphabet = "ab,\"\n;\u00e9 \u0131'=";
    var cell = new StringBuilder("x");
    for (int i = random.nextInt(6); i > 0; i--) {
      cell.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return cell.toString();
  }

  private static List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(byte[] bytes) throws IOException {
    var all = new ArrayList<String>();
    try (var records = new CsvRecords(stream(bytes))) {
      CsvRecords.CsvRecord record;
      while ((record = records.next()) != null) {
        all.add(record.line() + ": " + (record.fault() == null ? record.cells() : record.fault()));
      }
    }
    return all;
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}

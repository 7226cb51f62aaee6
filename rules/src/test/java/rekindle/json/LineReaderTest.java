package rekindle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void next_ordinaryLines_givesThemWithTheirNumbers() throws IOException {
    assertThat(lines("{}\n{\"a\":\"é😀\"}\r\n \t\r\n\n[1]", 100))
        .containsExactly("1 {}", "2 {\"a\":\"é😀\"}", "5 [1]");
    assertThat(lines("{}\n", 100)).containsExactly("1 {}");
    assertThat(lines("", 100)).isEmpty();
    assertThat(lines("\n\r\n", 100)).isEmpty();
    assertThat(lines("a\rb\n", 100)).containsExactly("1 a\rb");
  }

  @Test
  void next_byteOrderMark_isPassedOverAtTheStartOnly() throws IOException {
    assertThat(lines("\uFEFF{}\n\uFEFF{}", 100)).containsExactly("1 {}", "2 \uFEFF{}");
    assertThat(lines("\uFEFF", 100)).isEmpty();
    assertThat(lines("\uFEFF\r\n{}", 100)).containsExactly("2 {}");
    assertThat(lines("\uFEFFabcd", 4)).containsExactly("1 abcd");
    assertThat(lines("\uFEFFabcde", 4))
        .containsExactly("1 document: the line has 5 bytes; at most 4; it was skipped");
  }

  @Test
  void next_lineAtTheLimit_isRead_andOneByteMoreIsRefused() throws IOException {
    assertThat(lines("abcd\nabcde\r\nabcd\r\nabcdef\nabcd", 4))
        .containsExactly(
            "1 abcd",
            "2 document: the line has 5 bytes; at most 4; it was skipped",
            "3 abcd",
            "4 document: the line has 6 bytes; at most 4; it was skipped",
            "5 abcd");
  }

  @Test
  void next_otherEncoding_isAProblemOfItsLineOnly() throws IOException {
    String problem = "document: the line is not UTF-8; save or send the file as UTF-8";

    assertThat(lines("é\nok\n".getBytes(StandardCharsets.ISO_8859_1), 100))
        .containsExactly("1 " + problem, "2 ok");
    assertThat(lines(new byte[] {'a', (byte) 0xC3, '\n', 'b'}, 100))
        .containsExactly("1 " + problem, "2 b");
    assertThat(lines("{}\n".getBytes(Charset.forName("UTF-16")), 100))
        .first()
        .isEqualTo("1 " + problem);
  }

  @Test
  void next_randomLines_equalWhatWasWritten() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      var expected = new ArrayList<String>();
      for (int number = 1; number <= 30; number++) {
        String line = "é".repeat(random.nextInt(3)) + "x".repeat(random.nextInt(60_000));
        text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
        if (!line.isEmpty()) {
          expected.add(number + " " + line);
        }
      }
      assertThat(lines(text.toString(), 100_000)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void next_lineOfAGibibyte_isSkippedInBoundedMemory() throws IOException {
    long length = 1L << 30;
    var reader = new LineReader(new LongLine(length));

    var line = reader.next().orElseThrow();
    assertThat(line.bytes()).isNull();
    assertThat(line.problem())
        .hasToString("document: the line has 1073741824 bytes; at most 1048576; it was skipped");
    assertThat(reader.next().orElseThrow().bytes()).asString().isEqualTo("{}");
    assertThat(reader.next()).isEmpty();
    // The reader kept one line's limit; the heap of the tests would not hold the line twice.
    assertThat(reader.keptBytes()).isLessThan(3 * LineReader.LONGEST_LINE);
  }

  @Test
  void next_brokenStream_throwsItsException() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("torn");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> new LineReader(broken).next()).hasMessage("torn");
  }

  /** One line of so many bytes, and then a good one, made as it is read. */
  private static final class LongLine extends InputStream {
    private final byte[] end = "\n{}\n".getBytes(StandardCharsets.UTF_8);
    private long left;
    private int endRead;

    LongLine(long length) {
      left = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left > 0) {
        int some = (int) Math.min(left, length);
        Arrays.fill(bytes, offset, offset + some, (byte) '[');
        left -= some;
        return some;
      }
      if (endRead == end.length) {
        return -1;
      }
      bytes[offset] = end[endRead++];
      return 1;
    }
  }

  private static List<String> lines(String text, int longest) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8), longest);
  }

  private static List<String> lines(byte[] bytes, int longest) throws IOException {
    var reader = new LineReader(new ByteArrayInputStream(bytes), longest);
    var lines = new ArrayList<String>();
    for (var line = reader.next(); line.isPresent(); line = reader.next()) {
      var found = line.get();
      lines.add(
          found.number()
              + " "
              + (found.bytes() == null
                  ? found.problem()
                  : new String(found.bytes(), StandardCharsets.UTF_8)));
    }
    return lines;
  }
}

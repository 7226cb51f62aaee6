package rekindle.service.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 text, with a fault instead of a text where a line cannot be used. A line is
 * held at {@value #LONGEST_BYTES} bytes at most, so that no input can fill the memory. Lines end in
 * LF or CR LF; a byte-order mark is dropped.
 */
final class CsvLines implements Closeable {
  static final int LONGEST_BYTES = 1 << 20;

  /**
   * @param number from 1
   * @param text the line without its end; empty if there is a fault
   * @param fault why the line cannot be used, or null
   */
  record Line(long number, String text, @Nullable String fault) {}

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final Deque<Line> returned = new ArrayDeque<>();
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private byte[] line = new byte[1 << 10];
  private int position;
  private int limit;
  private long number;

  CsvLines(InputStream in) {
    this.in = in;
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    Line again = returned.pollFirst();
    return again != null ? again : read();
  }

  /** Puts a line back, to be read next. */
  void putBack(Line line) {
    returned.addFirst(line);
  }

  private @Nullable Line read() throws IOException {
    int length = 0;
    boolean tooLong = false;
    boolean any = false;
    int c;
    while ((c = readByte()) >= 0) {
      any = true;
      if (c == '\n') {
        break;
      }
      if (length == LONGEST_BYTES) {
        tooLong = true;
      } else {
        if (length == line.length) {
          line = Arrays.copyOf(line, Math.min(line.length * 2, LONGEST_BYTES));
        }
        line[length++] = (byte) c;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    return tooLong ? faulty("the line is longer than 1 MiB") : decode(length);
  }

  private int readByte() throws IOException {
    if (position == limit) {
      limit = in.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xFF;
  }

  private Line decode(int end) {
    int from = 0;
    int to = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
    if (number == 1 && to >= 2 && isUtf16Mark()) {
      return faulty("the file is in UTF-16; save it as UTF-8");
    }
    if (number == 1 && to >= 3 && isUtf8Mark()) {
      from = 3;
    }
    for (int i = from; i < to; i++) {
      if (line[i] == 0) {
        return faulty("a NUL byte stands in the line; save the file as plain UTF-8 text");
      }
    }
    try {
      String text = utf8.decode(ByteBuffer.wrap(line, from, to - from)).toString();
      return new Line(number, text, null);
    } catch (CharacterCodingException notUtf8) {
      return faulty(
          "the line is not UTF-8, probably Latin-1 (Windows-1252); save the file as UTF-8");
    }
  }

  private boolean isUtf8Mark() {
    return line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
  }

  private boolean isUtf16Mark() {
    return (line[0] == (byte) 0xFF && line[1] == (byte) 0xFE)
        || (line[0] == (byte) 0xFE && line[1] == (byte) 0xFF);
  }

  private Line faulty(String fault) {
    return new Line(number, "", fault);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

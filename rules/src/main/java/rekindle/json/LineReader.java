package rekindle.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an NDJSON stream, UTF-8, ended by LF or CRLF. Blank lines are passed over, a
 * byte-order mark at the start too. A line longer than the limit or not UTF-8 becomes a problem and
 * stops nothing; however long it is, no more than the limit and a small buffer are kept. Confined
 * to one thread; the stream is the caller's to close.
 */
public final class LineReader {
  /** 1 MiB. */
  public static final int LONGEST_LINE = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(4096);
  private int from;
  private int to;
  private byte[] kept = new byte[1024];
  private int keptLength;
  private long lineLength;
  private long number;
  private boolean ended;

  /**
   * A line with something on it: its bytes without the line end, or why it cannot be read.
   *
   * @param number counted from 1, blank lines included
   */
  // Lines are read once and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Line(long number, byte @Nullable [] bytes, @Nullable JsonProblem problem) {}

  public LineReader(InputStream in) {
    this(in, LONGEST_LINE);
  }

  /**
   * @param longest bytes of a line without its end, at most
   */
  public LineReader(InputStream in, int longest) {
    if (longest < 1) {
      throw new IllegalArgumentException("A line has at least 1 byte, not " + longest);
    }
    this.in = in;
    this.longest = longest;
  }

  /** The next line that is not blank; empty after the last one. */
  public Optional<Line> next() throws IOException {
    while (!ended) {
      read();
      if (lineLength > 0) {
        Line line = line();
        if (line != null) {
          return Optional.of(line);
        }
      }
    }
    return Optional.empty();
  }

  /** Bytes set aside for a line by now; never much more than the longest line. */
  int keptBytes() {
    return kept.length;
  }

  /** Reads up to the next line end, keeping what the limit allows of the line. */
  private void read() throws IOException {
    number++;
    keptLength = 0;
    lineLength = 0;
    while (true) {
      if (from == to && !fill()) {
        ended = true;
        return;
      }
      int end = lineEnd(buffer, from, to);
      keep(end - from);
      from = end;
      if (end < to) {
        from++;
        return;
      }
    }
  }

  /** Where the next LF stands; {@code to} if there is none. */
  private static int lineEnd(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer, 0, BUFFER));
    return to > 0;
  }

  private void keep(int length) {
    lineLength += length;
    // More than the limit by a byte-order mark and a CR, which do not count.
    int room = (int) Math.min(longest + 4L, Integer.MAX_VALUE - 8) - keptLength;
    int taken = Math.min(length, room);
    if (keptLength + taken > kept.length) {
      int doubled = (int) Math.min(kept.length * 2L, Integer.MAX_VALUE - 8);
      kept = Arrays.copyOf(kept, Math.max(keptLength + taken, doubled));
    }
    System.arraycopy(buffer, from, kept, keptLength, taken);
    keptLength += taken;
  }

  /** The line just read; null if it is blank. */
  private @Nullable Line line() {
    int start = number == 1 && hasByteOrderMark() ? 3 : 0;
    boolean whole = lineLength == keptLength;
    int end =
        whole && keptLength > start && kept[keptLength - 1] == '\r' ? keptLength - 1 : keptLength;
    long length = whole ? end - start : lineLength - start;
    if (length > longest) {
      return faulty("the line has " + length + " bytes; at most " + longest + "; it was skipped");
    }
    if (isBlank(start, end)) {
      return null;
    }
    if (!isUtf8(start, end)) {
      return faulty("the line is not UTF-8; save or send the file as UTF-8");
    }
    return new Line(number, Arrays.copyOfRange(kept, start, end), null);
  }

  private Line faulty(String message) {
    return new Line(number, null, new JsonProblem("", message));
  }

  private boolean hasByteOrderMark() {
    return keptLength >= 3
        && kept[0] == (byte) 0xEF
        && kept[1] == (byte) 0xBB
        && kept[2] == (byte) 0xBF;
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (kept[i] != ' ' && kept[i] != '\t' && kept[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private boolean isUtf8(int start, int end) {
    int ascii = start;
    while (ascii < end && kept[ascii] >= 0) {
      ascii++;
    }
    decoder.reset();
    ByteBuffer rest = ByteBuffer.wrap(kept, ascii, end - ascii);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      decoded.clear();
      result = decoder.decode(rest, decoded, true);
    }
    return !result.isError();
  }
}

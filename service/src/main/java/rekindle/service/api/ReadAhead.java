package rekindle.service.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Takes the start of a body before any work is done on it. The server tells slow callers by the
 * bytes that came since the request began, and its own work counts as theirs: a short body that is
 * read late would be refused as too slow.
 */
final class ReadAhead {
  private static final int BYTES = 1 << 16;

  private ReadAhead() {}

  static InputStream of(InputStream body) throws IOException {
    byte[] start = body.readNBytes(BYTES);
    var read = new ByteArrayInputStream(start);
    return start.length < BYTES ? read : new SequenceInputStream(read, body);
  }
}

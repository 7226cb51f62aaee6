package rekindle.service.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import rekindle.json.LineReader;

/** A file with the document of one contact; {@code -} is standard input. */
final class FactsFile {
  /** A document written over several lines may be as long as one of the longest lines. */
  private static final int BYTES_MAX = LineReader.LONGEST_LINE;

  private FactsFile() {}

  /**
   * The whole file.
   *
   * @param command what is told to take one contact at a time if the file is too long
   */
  static byte[] read(String file, String command) throws IOException {
    if (file.equals("-")) {
      return limited(System.in.readNBytes(BYTES_MAX + 1), command);
    }
    try (InputStream in = new FileInputStream(file)) {
      return limited(in.readNBytes(BYTES_MAX + 1), command);
    }
  }

  private static byte[] limited(byte[] document, String command) {
    if (document.length > BYTES_MAX) {
      throw CommandFailure.unusable(
          "The document is longer than "
              + BYTES_MAX
              + " bytes; "
              + command
              + " takes one contact at a time.");
    }
    return document;
  }
}

package rekindle.service.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for answers and standard error for everything else, both in UTF-8 whatever the
 * machine's own encoding is.
 *
 * @param out bytes of the answers; buffered: a command that ends flushes it
 */
public record Terminal(PrintStream out, PrintWriter err) {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Flushes the answers and checks that they arrived.
   *
   * @throws CommandFailure if standard output was closed or is full
   */
  public void checkWritten() {
    if (out.checkError()) {
      throw CommandFailure.unusable(
          "standard output took not everything: it was closed, or its disk is full");
    }
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8),
        new PrintWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8),
            true));
  }
}

package rekindle.service.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.commons.io.output.DeferredFileOutputStream;

/**
 * One answer a line for bodies of any length. The answers come after the last line, so that a
 * caller who sends everything before reading never waits; many of them lie on disk meanwhile.
 */
final class SpooledAnswers {
  static final String NDJSON = "application/x-ndjson";
  private static final int IN_MEMORY_BYTES = 1 << 20;

  private SpooledAnswers() {}

  /** Answers a body line by line. */
  interface Lines {
    void answer(InputStream body, OutputStream answers) throws IOException;
  }

  static Response of(Places places, InputStream body, Lines lines) throws IOException {
    DeferredFileOutputStream answers =
        DeferredFileOutputStream.builder()
            .setThreshold(IN_MEMORY_BYTES)
            .setPrefix("rekindle-answers")
            .setSuffix(".ndjson")
            .get();
    try (var place = places.take()) {
      lines.answer(body, answers);
      answers.close();
    } catch (IOException | RuntimeException broken) {
      delete(answers);
      throw broken;
    }
    StreamingOutput copy =
        out -> {
          try {
            answers.writeTo(out);
          } finally {
            delete(answers);
          }
        };
    return Response.ok(copy, NDJSON).build();
  }

  private static void delete(DeferredFileOutputStream answers) throws IOException {
    answers.close();
    if (!answers.isInMemory()) {
      Files.deleteIfExists(answers.getFile().toPath());
    }
  }
}

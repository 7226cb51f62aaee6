package rekindle.service.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What the embedded server writes of itself; kept small. */
record ServerLog(Path file) {
  private static final long KEPT_BYTES = 4L << 20;
  private static final int READ_BYTES = 1 << 16;

  /** Puts a log that has grown aside, in place of the one before. */
  void roll() throws IOException {
    if (Files.exists(file) && Files.size(file) > KEPT_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** What was written since the log had that size. */
  String since(long size) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(Math.max(size, log.length() - READ_BYTES));
      byte[] bytes = new byte[(int) Math.max(0, log.length() - log.getFilePointer())];
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Whether nothing says why there was no success, as when the server was killed. */
  static boolean isSilent(String output) {
    return !output.isBlank() && output.lines().noneMatch(ServerLog::saysWhy);
  }

  private static boolean saysWhy(String line) {
    return line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:");
  }

  /** The line of an output that says why there was no success. */
  static String cause(String output) {
    List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String line =
        lines.stream()
            .filter(ServerLog::saysWhy)
            .findFirst()
            .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    return line.replaceFirst("^.*?(FATAL|PANIC|LOG|error): *", "").replaceFirst("\\.$", "");
  }
}

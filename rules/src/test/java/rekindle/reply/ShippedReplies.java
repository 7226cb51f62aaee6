package rekindle.reply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import rekindle.policy.Release;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;

/** The shipped tables of replies, as tests read them. */
final class ShippedReplies {
  static final Instant AT = Instant.parse("2026-03-10T15:00:00Z");

  private static final Release RELEASE = read();

  static final ReplyReader READER = new ReplyReader(RELEASE);
  static final ReplyEffects EFFECTS = new ReplyEffects(RELEASE);

  private ShippedReplies() {}

  private static Release read() {
    Map<String, byte[]> workbooks = new HashMap<>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    var read = ReleaseReader.read(workbooks);
    return Objects.requireNonNull(read.release(), () -> String.valueOf(read.findings()));
  }
}

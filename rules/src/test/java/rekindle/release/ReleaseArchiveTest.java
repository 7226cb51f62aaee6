package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import rekindle.policy.Release;

class ReleaseArchiveTest {
  @Test
  void release_archivedAndRestored_isTheSameRelease() throws IOException {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
    }
    Release release = Objects.requireNonNull(ReleaseReader.read(workbooks).release());

    ReleaseArchive archive = ReleaseArchive.of(release, workbooks);
    Release restored = Objects.requireNonNull(archive.restore().release());

    assertThat(restored.id()).isEqualTo(release.id());
    assertThat(ReleaseArchive.of(restored, archive.workbooks())).isEqualTo(archive);
  }
}

package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import rekindle.policy.Release;

class ReleaseArchiveTest {
  private static final Map<String, byte[]> SHIPPED = ShippedPolicy.workbooks();
  private static final byte[] NO_WORKBOOK = "no workbook".getBytes(StandardCharsets.UTF_8);

  @Test
  void release_archivedAndRestored_isTheSameRelease() {
    Release release = Objects.requireNonNull(ReleaseReader.read(SHIPPED).release());

    ReleaseArchive archive = ReleaseArchive.of(release, SHIPPED);
    Release restored = Objects.requireNonNull(archive.restore().release());

    assertThat(archive.isReadable()).isTrue();
    assertThat(restored.id()).isEqualTo(release.id());
    assertThat(ReleaseArchive.of(restored, archive.workbooks())).isEqualTo(archive);
  }

  @Test
  void draft_thatCannotBeRead_isKeptWithItsFindings() {
    var workbooks = new TreeMap<>(SHIPPED);
    workbooks.put("segments", NO_WORKBOOK);
    workbooks.put("notes", NO_WORKBOOK);

    ReleaseArchive archive = ReleaseArchive.unreadable(workbooks);
    ReadRelease restored = archive.restore();

    assertThat(archive.isReadable()).isFalse();
    assertThat(archive.id()).startsWith("sha256:").hasSize(71);
    assertThat(archive.workbooks()).containsOnlyKeys(SHIPPED.keySet());
    assertThat(archive.workbooks().get("segments")).isSameAs(NO_WORKBOOK);
    assertThat(restored.release()).isNull();
    assertThat(restored.hasErrors()).isTrue();

    workbooks.put("segments", "another".getBytes(StandardCharsets.UTF_8));
    assertThat(ReleaseArchive.unreadable(workbooks).id()).isNotEqualTo(archive.id());
  }

  /** As if a later version could read what the one that kept it could not. */
  @Test
  void draft_thatALaterVersionCouldRead_neverBecomesARelease() {
    ReleaseArchive archive = ReleaseArchive.unreadable(SHIPPED);
    Release release = Objects.requireNonNull(ReleaseReader.read(SHIPPED).release());

    assertThat(archive.id()).isNotEqualTo(release.id());
    assertThat(archive.restore().release()).isNull();
    assertThat(archive.restore().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.code()).isEqualTo("release_not_read"));
  }
}

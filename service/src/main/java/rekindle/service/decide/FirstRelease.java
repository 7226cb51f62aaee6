package rekindle.service.decide;

import java.util.List;
import java.util.Map;
import rekindle.policy.Release;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseArchive;
import rekindle.release.ReleaseReader;
import rekindle.service.policy.FindingJson;
import rekindle.service.store.ReleaseStore;
import rekindle.table.Finding;

/** The release that a service decides by before anybody has activated one. */
public final class FirstRelease {
  private FirstRelease() {}

  /** The workbooks cannot be a release; every finding says where and why. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(List<Finding> findings) {
      super(
          "The decision tables cannot be used; nothing was changed. Mend what is listed and start again:\n"
              + String.join("\n", findings.stream().map(Finding::message).toList()));
    }
  }

  /**
   * The active release; the given workbooks become it where there is none.
   *
   * @return its id
   * @throws Unusable if there is none and the workbooks have errors
   */
  public static String ensure(ReleaseStore releases, Map<String, byte[]> workbooks) {
    return releases.active().orElseGet(() -> save(releases, workbooks));
  }

  private static String save(ReleaseStore releases, Map<String, byte[]> workbooks) {
    ReadRelease read = ReleaseReader.read(workbooks);
    return releases.saveFirst(
        archive(read, workbooks), FindingJson.of(read.findings()), read.findings().size());
  }

  /**
   * Workbooks as a release that can be kept.
   *
   * @throws Unusable if they have errors
   */
  public static ReleaseArchive archive(Map<String, byte[]> workbooks) {
    return archive(ReleaseReader.read(workbooks), workbooks);
  }

  private static ReleaseArchive archive(ReadRelease read, Map<String, byte[]> workbooks) {
    Release release = read.release();
    if (release == null) {
      throw new Unusable(
          read.findings().stream()
              .filter(finding -> finding.severity() == Finding.Severity.ERROR)
              .toList());
    }
    return ReleaseArchive.of(release, workbooks);
  }
}

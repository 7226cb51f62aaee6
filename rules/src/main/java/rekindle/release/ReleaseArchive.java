package rekindle.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import rekindle.policy.Release;
import rekindle.rule.DroolsCompiler;
import rekindle.rule.RulePlan;
import rekindle.table.Finding;

/**
 * Everything that a release is made of, as it is kept for as long as a decision names it: the
 * workbooks as they were given, the zone data as they were frozen, and the manifest that its id is
 * the SHA-256 of. A draft with mistakes is kept likewise, and never is a release. The byte arrays
 * are not copied and must not be changed.
 *
 * @param engine name and version of the engine that the release was made for
 * @param zones frozen zone data, one zone a line; empty for workbooks that could not be read
 * @param workbooks bytes of each file by workbook name
 */
public record ReleaseArchive(
    String id, String manifest, String engine, String zones, SortedMap<String, byte[]> workbooks) {

  public ReleaseArchive {
    workbooks = Collections.unmodifiableSortedMap(new TreeMap<>(workbooks));
  }

  /**
   * Packs a release that was just read.
   *
   * @param workbooks those that it was read from
   */
  public static ReleaseArchive of(Release release, Map<String, byte[]> workbooks) {
    var manifest =
        Manifest.of(workbooks, release.tables(), release.zones(), RulePlan.of(release.tables()));
    return new ReleaseArchive(
        release.id(),
        manifest.text(),
        DroolsCompiler.ENGINE,
        release.zones().toText(),
        known(workbooks));
  }

  /**
   * Packs workbooks of which at least one could not be read, so that their author can go on with
   * them. The id is of their bytes, and no release's.
   */
  public static ReleaseArchive unreadable(Map<String, byte[]> workbooks) {
    Manifest manifest = Manifest.unread(workbooks);
    return new ReleaseArchive(
        manifest.id(), manifest.text(), DroolsCompiler.ENGINE, "", known(workbooks));
  }

  private static SortedMap<String, byte[]> known(Map<String, byte[]> workbooks) {
    var known = new TreeMap<>(workbooks);
    known.keySet().retainAll(PolicyTables.workbooks());
    return known;
  }

  /** The engine of this jar; a release made for another one may decide differently here. */
  public static String presentEngine() {
    return DroolsCompiler.ENGINE;
  }

  /** Whether the workbooks could be read when they were packed, and so are a release. */
  public boolean isReadable() {
    return !Manifest.isUnread(manifest);
  }

  /**
   * Reads the release as it was, whatever zone data this Java runtime has. What could not be read
   * when it was packed gives its findings and no release, even if this version could read it:
   * nobody has checked it as a release.
   */
  public ReadRelease restore() {
    if (isReadable()) {
      return ReleaseReader.read(workbooks, id, zones);
    }
    ReadRelease read = ReleaseReader.read(workbooks);
    var findings = new ArrayList<>(read.findings());
    if (!read.hasErrors()) {
      findings.add(
          new Finding(
              Finding.Severity.ERROR,
              PolicyTables.workbooks().get(0),
              null,
              null,
              null,
              null,
              "release_not_read",
              "These workbooks could not be read when they were uploaded; upload them again.",
              null));
    }
    return new ReadRelease(null, findings);
  }
}

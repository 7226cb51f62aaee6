package rekindle.release;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import rekindle.policy.Release;
import rekindle.rule.DroolsCompiler;
import rekindle.rule.RulePlan;

/**
 * Everything that a release is made of, as it is kept for as long as a decision names it: the
 * workbooks as they were given, the zone data as they were frozen, and the manifest that its id is
 * the SHA-256 of. The byte arrays are not copied and must not be changed.
 *
 * @param engine name and version of the engine that the release was made for
 * @param zones frozen zone data, one zone a line; empty if the workbooks could not be read
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
    var known = new TreeMap<>(workbooks);
    known.keySet().retainAll(PolicyTables.workbooks());
    return new ReleaseArchive(
        release.id(), manifest.text(), DroolsCompiler.ENGINE, release.zones().toText(), known);
  }

  /**
   * Packs workbooks that are no release, because they have errors, so that nothing of them is lost.
   * They never become one: mended ones have another id.
   */
  public static ReleaseArchive unreadable(Map<String, byte[]> workbooks) {
    var known = new TreeMap<>(workbooks);
    known.keySet().retainAll(PolicyTables.workbooks());
    Manifest manifest = Manifest.unreadable(known);
    return new ReleaseArchive(manifest.id(), manifest.text(), DroolsCompiler.ENGINE, "", known);
  }

  /** Whether it could be read when it was packed. */
  public boolean isReadable() {
    return !zones.isEmpty();
  }

  /** The engine of this jar; a release made for another one may decide differently here. */
  public static String presentEngine() {
    return DroolsCompiler.ENGINE;
  }

  /** Reads the release as it was, whatever zone data this Java runtime has. */
  public ReadRelease restore() {
    if (!isReadable()) {
      return new ReadRelease(null, ReleaseReader.read(workbooks).findings());
    }
    return ReleaseReader.read(workbooks, id, zones);
  }
}

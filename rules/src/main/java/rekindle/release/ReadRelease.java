package rekindle.release;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.policy.Release;
import rekindle.table.Finding;

/**
 * What came of reading workbooks together.
 *
 * @param release null where a workbook could not be read; a release may have errors all the same,
 *     such as a scenario that comes out differently
 * @param findings sorted as an author reads the files
 */
public record ReadRelease(@Nullable Release release, List<Finding> findings) {
  public ReadRelease {
    findings = findings.stream().sorted(Finding.ORDER).toList();
  }

  public boolean hasErrors() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }
}

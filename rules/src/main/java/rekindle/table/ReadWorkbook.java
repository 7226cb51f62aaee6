package rekindle.table;

import java.util.List;
import java.util.Optional;

/**
 * What reading a workbook gave.
 *
 * @param tables the tables that have no error, in the order of their definitions
 * @param findings all that should be mended or known, as the author reads the file; at most 1,000
 *     and one that counts the others
 */
public record ReadWorkbook(List<TypedTable> tables, List<Finding> findings) {
  public ReadWorkbook {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  /** Whether anything forbids to use the workbook. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
  }

  public Optional<TypedTable> table(String sheet) {
    return tables.stream().filter(t -> t.definition().sheet().equals(sheet)).findFirst();
  }
}

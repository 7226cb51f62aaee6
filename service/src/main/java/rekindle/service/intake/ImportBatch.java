package rekindle.service.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that are imported in one transaction: as many as fit, so that neither long rows nor bad
 * ones fill the memory.
 *
 * @param records how many were read, also those that could not be split into cells
 * @param findings about the latter
 */
record ImportBatch(long records, List<CsvCells> rows, List<IntakeFinding> findings) {
  private static final int RECORDS_MAX = 1000;
  private static final int CHARACTERS_MAX = 1 << 22;

  /**
   * The next rows of a table; without records at its end.
   *
   * @param findings to which the table reports; emptied
   */
  static ImportBatch read(CsvTable table, List<IntakeFinding> findings) throws IOException {
    var rows = new ArrayList<CsvCells>();
    long records = 0;
    long characters = 0;
    while (records < RECORDS_MAX && characters < CHARACTERS_MAX && table.advance()) {
      records++;
      CsvCells cells = table.cells();
      if (cells != null) {
        rows.add(cells);
        characters += cells.content().stream().mapToLong(String::length).sum();
      }
    }
    var batch = new ImportBatch(records, List.copyOf(rows), List.copyOf(findings));
    findings.clear();
    return batch;
  }
}

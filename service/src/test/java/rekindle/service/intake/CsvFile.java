package rekindle.service.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** One file of the fictional CRM, as it is being filled. */
final class CsvFile {
  private final List<String> columns;
  private final List<String> lines = new ArrayList<>();

  CsvFile(String columns) {
    this.columns = Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
    lines.add(String.join(",", this.columns));
  }

  /** Adds a row of the named cells; the other cells stay empty. */
  void add(Map<String, String> cells) {
    if (!columns.containsAll(cells.keySet())) {
      throw new IllegalArgumentException("No such column among " + cells.keySet());
    }
    Object[] row = columns.stream().map(column -> cells.getOrDefault(column, "")).toArray();
    lines.add(CSVFormat.RFC4180.format(row));
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}

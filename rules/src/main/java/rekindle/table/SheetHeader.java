package rekindle.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellReference;
import rekindle.table.Finding.Severity;

/**
 * The header row of a sheet.
 *
 * @param row its number
 * @param columns column index (from 0) by column key
 */
record SheetHeader(int row, Map<String, Integer> columns) {
  /** The row in which the header is written. */
  static final int ROW = 10;

  static final int SEARCHED_ROWS = 60;

  /** Finds the header and reports what is wrong with it; empty if there is none. */
  static Optional<SheetHeader> find(TableDefinition definition, RawSheet sheet, Findings findings) {
    var keys = new HashMap<String, String>();
    definition.columns().forEach(c -> keys.put(label(c.label()), c.key()));
    int row = row(sheet, keys);
    if (row == 0) {
      findings.sheet(
          Severity.ERROR,
          sheet.name(),
          FindingCodes.HEADER_MISSING,
          "no header row was found; one row, usually row "
              + ROW
              + ", holds the labels "
              + String.join(", ", definition.columns().stream().map(Column::label).toList()));
      return Optional.empty();
    }
    var header = new SheetHeader(row, new LinkedHashMap<>());
    header.match(definition, keys, sheet, findings);
    CodeRows.check(definition, header, sheet, findings);
    return Optional.of(header);
  }

  /** A label without differences of blanks, letter case and the way the arrow is typed. */
  static String label(String text) {
    return Words.collapse(text)
        .toLowerCase(Locale.ROOT)
        .replaceAll("^(->|=>|–>|→) ?", "→ ")
        .replaceAll(" ?([:,]) ?", "$1 ")
        .strip();
  }

  /** The row that holds the label Id, else the row with most known labels; 0 if there is none. */
  private static int row(RawSheet sheet, Map<String, String> keys) {
    int best = 0;
    int most = 1;
    for (var row : sheet.rows().headMap(SEARCHED_ROWS, true).entrySet()) {
      List<String> labels = row.getValue().values().stream().map(c -> label(c.shown())).toList();
      int known = (int) labels.stream().filter(keys::containsKey).distinct().count();
      int weight = known + (labels.contains("id") ? known : 0);
      if (weight > most) {
        most = weight;
        best = row.getKey();
      }
    }
    return best;
  }

  private void match(
      TableDefinition definition, Map<String, String> keys, RawSheet sheet, Findings findings) {
    var unknown = new TreeMap<Integer, String>();
    SortedMap<Integer, RawCell> cells = new TreeMap<>(sheet.row(row));
    cells.forEach(
        (index, cell) -> {
          String key = keys.get(label(cell.shown()));
          if (key == null) {
            unknown.put(index, Words.collapse(cell.shown()));
          } else if (columns.putIfAbsent(key, index) != null) {
            duplicated(sheet, findings, index, cell, columns.get(key));
          }
        });
    List<String> missing =
        definition.columns().stream()
            .filter(c -> !columns.containsKey(c.key()))
            .map(Column::label)
            .toList();
    unknown.values().removeIf(String::isEmpty);
    unknown.forEach(
        (index, label) ->
            findings.cell(
                Severity.WARNING,
                sheet.name(),
                row,
                null,
                index,
                FindingCodes.COLUMN_UNKNOWN,
                "the column "
                    + Words.quoted(label)
                    + " is not part of this table and is ignored"
                    + Words.didYouMean(Words.nearest(label, missing))));
    for (String label : missing) {
      String near = Words.nearest(label, unknown.values());
      findings.sheet(
          Severity.ERROR,
          sheet.name(),
          FindingCodes.COLUMN_MISSING,
          "the column "
              + Words.quoted(label)
              + " is missing in the header row "
              + row
              + (near == null
                  ? "; add it"
                  : "; " + Words.quoted(near) + " is near: correct its label"));
    }
  }

  private void duplicated(
      RawSheet sheet, Findings findings, int index, RawCell cell, int firstIndex) {
    findings.cell(
        Severity.ERROR,
        sheet.name(),
        row,
        null,
        index,
        FindingCodes.COLUMN_DUPLICATED,
        "the label "
            + Words.quoted(cell.shown())
            + " stands in "
            + CellReference.convertNumToColString(firstIndex)
            + row
            + " too; delete one of the two columns");
  }
}

package rekindle.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import rekindle.table.Cell;
import rekindle.table.CellWriter;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;

/** Rows whose conditions contradict each other: more than 30 and up to 20. */
final class ImpossibleRows {
  private ImpossibleRows() {}

  static List<Finding> findings(TableSpace table) {
    var findings = new ArrayList<Finding>();
    for (int row = 0; row < table.rows().size(); row++) {
      int dimension = table.space().emptyDimension(table.boxes().get(row));
      if (dimension >= 0) {
        findings.add(finding(table, row, dimension));
      }
    }
    return findings;
  }

  private static Finding finding(TableSpace table, int index, int dimension) {
    TypedRow row = table.rows().get(index);
    var cells = new TreeMap<String, String>();
    var asked = new ArrayList<String>();
    for (CellTest test : table.asked(index, dimension)) {
      if (!(test.cell() instanceof Cell.Any)) {
        String text = CellWriter.text(test.column(), test.cell());
        cells.put(test.column().label(), text);
        asked.add("\"" + test.column().label() + "\" " + text);
      }
    }
    if (asked.size() < 2 && !table.meaning().needs(row).isEmpty()) {
      asked.add(String.join(", ", table.meaning().needs(row).values()) + " known");
    }
    return new Wording(table.table())
        .finding(
            Severity.ERROR,
            CheckCodes.ROW_NEVER_HOLDS,
            row,
            Wording.name(row)
                + " can never hold: no value is "
                + String.join(" and ", asked)
                + (asked.size() > 1 ? " at once." : "."),
            Wording.json(cells));
  }
}

package rekindle.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** Tables that are looked up: two rows of one name. Their dates play no part in looking up. */
final class NamedRows {
  /** Notes that every table has; they say something of the row, not of what it names. */
  private static final Set<String> REMARKS = Set.of("citation", "why", "owner", "checkedOn");

  private NamedRows() {}

  static List<Finding> findings(TypedTable table) {
    List<Column> keys = table.definition().conditions();
    List<Column> results = table.definition().results();
    List<Column> notes =
        table.definition().columns().stream()
            .filter(c -> c.kind() == Column.Kind.NOTE && !REMARKS.contains(c.key()))
            .toList();
    var findings = new ArrayList<Finding>();
    Map<List<Object>, TypedRow> seen = new HashMap<>();
    for (TypedRow row : table.rows()) {
      TypedRow before = seen.putIfAbsent(Answers.cells(row, keys), row);
      if (before != null) {
        boolean same = Answers.cells(row, results).equals(Answers.cells(before, results));
        if (!same) {
          findings.add(finding(table, row, before, false));
        } else if (Answers.cells(row, notes).equals(Answers.cells(before, notes))) {
          findings.add(finding(table, row, before, true));
        }
      }
    }
    return findings;
  }

  private static Finding finding(TypedTable table, TypedRow row, TypedRow before, boolean same) {
    var name = new TreeMap<String, String>();
    for (Column column : table.definition().conditions()) {
      name.put(column.label(), CellWriter.text(column, row.cell(column.key())));
    }
    return new Wording(table)
        .finding(
            same ? Severity.WARNING : Severity.ERROR,
            same ? CheckCodes.ROW_DUPLICATED : CheckCodes.ROWS_CONTRADICT,
            row,
            Wording.name(row)
                + (same
                    ? " repeats " + Wording.name(before) + ". Delete one of them."
                    : " contradicts "
                        + Wording.name(before)
                        + ": both are looked up by the same name and say different things."
                        + " Delete one of them."),
            Wording.json(name));
  }
}

package rekindle.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Rows with the same conditions that follow each other in time and leave days between them. Longer
 * spans are taken as meant: a season of each year.
 */
final class DateGaps {
  private static final int DAYS_MAX = 31;

  private DateGaps() {}

  static List<Finding> findings(TypedTable table) {
    Map<List<Object>, List<TypedRow>> same = new LinkedHashMap<>();
    for (TypedRow row : table.rows()) {
      same.computeIfAbsent(
              Answers.cells(row, table.definition().conditions()), key -> new ArrayList<>())
          .add(row);
    }
    var findings = new ArrayList<Finding>();
    same.values().forEach(rows -> add(table, rows, findings));
    return findings;
  }

  private static void add(TypedTable table, List<TypedRow> rows, List<Finding> findings) {
    var inOrder = new ArrayList<>(rows);
    inOrder.sort(Comparator.comparing(row -> row.from() == null ? LocalDate.MIN : row.from()));
    TypedRow last = null;
    for (TypedRow row : inOrder) {
      if (last != null && last.to() != null && row.from() != null) {
        LocalDate first = last.to().plusDays(1);
        LocalDate end = row.from().minusDays(1);
        if (!first.isAfter(end) && end.isBefore(first.plusDays(DAYS_MAX))) {
          findings.add(finding(table, last, row, first, end));
        }
      }
      if (last == null || ends(row).isAfter(ends(last))) {
        last = row;
      }
    }
  }

  private static LocalDate ends(TypedRow row) {
    return row.to() == null ? LocalDate.MAX : row.to();
  }

  private static Finding finding(
      TypedTable table, TypedRow before, TypedRow after, LocalDate first, LocalDate end) {
    var example = new TreeMap<String, String>();
    example.put("On", first.toString());
    return new Wording(table)
        .finding(
            Severity.WARNING,
            CheckCodes.DATES_LEAVE_GAP,
            after,
            Wording.names(List.of(before, after))
                + " have the same conditions, but neither is in force "
                + (first.equals(end) ? "on " + first : "from " + first + " to " + end)
                + "; To is the last day of a row, not the first without it.",
            Wording.json(example));
  }
}

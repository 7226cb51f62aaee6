package rekindle.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.FindingCodes;
import rekindle.table.HitPolicy;
import rekindle.table.TypedTable;

/**
 * What the rows of a table say of each other: rows that never hold, never decide or change nothing,
 * contradictions, gaps, columns that never matter. Each finding is proved over all that may be
 * known of a person, unknown included, with the hit policy in mind; what is not proved is not
 * reported.
 */
public final class TableCheck {
  /** As many findings of one table as a person may want to see at once. */
  private static final int SHOWN_MAX = 200;

  private TableCheck() {}

  /** All findings of a table that was read without errors. Pure. */
  public static List<Finding> findings(TypedTable table, TableMeaning meaning) {
    meaning.of(table.definition());
    if (table.definition().hitPolicy() == HitPolicy.LOOKUP) {
      return bounded(table, NamedRows.findings(table));
    }
    var space = new TableSpace(table, meaning);
    var cover = new Cover(space.space());
    var findings = new ArrayList<>(ImpossibleRows.findings(space));
    findings.addAll(
        table.definition().hitPolicy() == HitPolicy.FIRST
            ? new DecidingRows(space, cover).findings()
            : new CountingRows(space, cover).findings());
    Set<Integer> reported =
        findings.stream()
            .filter(finding -> !finding.code().equals(CheckCodes.ROWS_OVERLAP))
            .flatMap(finding -> Stream.ofNullable(finding.row()))
            .collect(Collectors.toSet());
    findings.addAll(new IdleColumns(space, cover, reported).findings());
    findings.addAll(DateGaps.findings(table));
    if (cover.unanswered() > 0) {
      findings.add(notAnalysed(table, cover.unanswered()));
    }
    return bounded(table, findings);
  }

  private static Finding notAnalysed(TypedTable table, int questions) {
    return new Wording(table)
        .finding(
            Severity.WARNING,
            CheckCodes.NOT_ANALYSED,
            null,
            "the rows overlap in too many ways to follow all of them: "
                + questions
                + " questions about whether a row or column matters were left open. What is"
                + " reported holds all the same.",
            null);
  }

  private static List<Finding> bounded(TypedTable table, List<Finding> findings) {
    if (findings.size() <= SHOWN_MAX) {
      return List.copyOf(findings);
    }
    var sorted = new ArrayList<>(findings);
    sorted.sort(Finding.ORDER);
    var shown = new ArrayList<>(sorted.subList(0, SHOWN_MAX));
    boolean error =
        sorted.subList(SHOWN_MAX, sorted.size()).stream()
            .anyMatch(finding -> finding.severity() == Severity.ERROR);
    shown.add(
        new Wording(table)
            .finding(
                error ? Severity.ERROR : Severity.WARNING,
                FindingCodes.MORE_FINDINGS,
                null,
                "and "
                    + (sorted.size() - SHOWN_MAX)
                    + " more about its rows; mend these first and check again",
                null));
    return shown;
  }
}

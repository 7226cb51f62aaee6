package rekindle.release;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import rekindle.check.TableCheck;
import rekindle.engine.DecisionEngine;
import rekindle.policy.Release;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Everything that can be found out about workbooks before they are used: cells, cross-references,
 * rows beside each other, dates, zone data, scenarios, and whether people who opt out are left
 * alone.
 */
public final class ReleaseCheck {
  private ReleaseCheck() {}

  /**
   * All findings, as the author reads the files.
   *
   * @param workbooks bytes of each file by workbook name
   * @param day the day on which rows are expected to be in force
   */
  public static List<Finding> findings(Map<String, byte[]> workbooks, LocalDate day) {
    return check(ReleaseReader.read(workbooks), day).findings();
  }

  /**
   * The release with all findings; there is one wherever the workbooks can be read, also if its
   * scenarios come out differently.
   *
   * @param read what came of reading the workbooks
   * @param day the day on which rows are expected to be in force
   */
  public static ReadRelease check(ReadRelease read, LocalDate day) {
    Release release = read.release();
    if (release == null) {
      return read;
    }
    // The author waits: rows are compared while the rules are compiled.
    var compiled = CompletableFuture.supplyAsync(() -> DecisionEngine.of(release));
    var findings = new ArrayList<>(read.findings());
    try {
      for (TypedTable table : release.tables()) {
        findings.addAll(notInForce(table, day));
        findings.addAll(TableCheck.findings(table, TableMeanings.of(table.definition())));
      }
      findings.addAll(staleZones(release));
      findings.addAll(
          ScenarioCheck.findings(
              release.table(ScenarioTables.SCENARIOS),
              (facts, asOf) -> compiled.join().decide(facts, asOf)));
      findings.addAll(
          StopSimulation.findings(
              release, day, (facts, asOf) -> compiled.join().decide(facts, asOf)));
    } finally {
      compiled.join().close();
    }
    return new ReadRelease(release, findings);
  }

  private static List<Finding> notInForce(TypedTable table, LocalDate day) {
    var findings = new ArrayList<Finding>();
    for (TypedRow row : table.rows()) {
      if (row.to() != null && day.isAfter(row.to())) {
        findings.add(
            warning(
                table,
                row,
                "row_no_longer_in_force",
                "is no longer in force since " + row.to() + "."));
      } else if (row.from() != null && day.isBefore(row.from())) {
        findings.add(
            warning(
                table, row, "row_not_yet_in_force", "is not in force before " + row.from() + "."));
      }
    }
    return findings;
  }

  private static List<Finding> staleZones(Release release) {
    return release.zones().stale().stream()
        .map(
            zone ->
                new Finding(
                    Severity.WARNING,
                    "calendars",
                    "ZoneChecks",
                    null,
                    null,
                    null,
                    "zone_data_stale",
                    "calendars.xlsx, sheet ZoneChecks: the zone data of "
                        + zone
                        + " are not what a check expects; telephone and text are closed there until it is corrected.",
                    null))
        .toList();
  }

  private static Finding warning(TypedTable table, TypedRow row, String code, String message) {
    return new Finding(
        Severity.WARNING,
        table.definition().workbook(),
        table.definition().sheet(),
        null,
        row.number(),
        row.id(),
        code,
        table.definition().place() + ": row " + row.number() + " (" + row.id() + ") " + message,
        null);
  }
}

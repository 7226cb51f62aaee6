package rekindle.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.CalendarTables;
import rekindle.calendar.Holidays;
import rekindle.calendar.Places;
import rekindle.calendar.ZoneCheck;
import rekindle.calendar.ZoneCorrection;
import rekindle.calendar.ZoneTable;
import rekindle.policy.Release;
import rekindle.reply.ReplyTables;
import rekindle.rule.RulePlan;
import rekindle.table.Cell;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;
import rekindle.table.WorkbookWriter;

/** Reads a set of workbooks as one release, with every finding of every workbook at once. */
public final class ReleaseReader {
  private ReleaseReader() {}

  /**
   * Reads workbooks as a new release, with the zone data of this Java runtime.
   *
   * @param workbooks bytes of each file by workbook name, without {@code .xlsx}
   */
  public static ReadRelease read(Map<String, byte[]> workbooks) {
    return read(workbooks, null, null);
  }

  /**
   * Reads a release again as it was, with the zone data that were frozen then; it keeps its name
   * even if this engine would give it another.
   */
  static ReadRelease read(
      Map<String, byte[]> workbooks, @Nullable String id, @Nullable String frozenZones) {
    var findings = new ArrayList<Finding>();
    SortedMap<String, List<TypedTable>> tables = new TreeMap<>();
    for (String name : PolicyTables.workbooks()) {
      byte[] bytes = workbooks.get(name);
      if (bytes == null && id != null && name.equals(ReplyTables.WORKBOOK)) {
        // Releases of versions before this one have no such tables, and are read as they were.
        tables.put(name, PolicyTables.of(name).stream().map(WorkbookWriter::empty).toList());
      } else if (bytes == null) {
        findings.add(
            file(
                Severity.ERROR,
                name,
                "workbook_missing",
                name + ".xlsx is missing; every release needs it."));
      } else {
        var read = WorkbookReader.read(name, bytes, PolicyTables.of(name));
        findings.addAll(read.findings());
        tables.put(name, read.tables());
      }
    }
    for (String name : new TreeMap<>(workbooks).keySet()) {
      if (!PolicyTables.workbooks().contains(name)) {
        findings.add(
            file(
                Severity.WARNING,
                name,
                "workbook_unknown",
                name + ".xlsx is no workbook of the policy and is not read."));
      }
    }
    boolean readable = findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    if (readable) {
      findings.addAll(CrossChecks.of(tables));
    }
    boolean sound = findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    return new ReadRelease(sound ? release(workbooks, tables, id, frozenZones) : null, findings);
  }

  private static Finding file(Severity severity, String workbook, String code, String message) {
    return new Finding(severity, workbook, null, null, null, null, code, message, null);
  }

  private static Release release(
      Map<String, byte[]> workbooks,
      Map<String, List<TypedTable>> byWorkbook,
      @Nullable String id,
      @Nullable String frozenZones) {
    List<TypedTable> tables =
        PolicyTables.all().stream()
            .map(definition -> table(byWorkbook.values(), definition))
            .toList();
    TypedTable zoneRows = table(byWorkbook.values(), CalendarTables.ZONES);
    ZoneTable zones =
        frozenZones == null
            ? zones(zoneRows, byWorkbook.values())
            : ZoneTable.parse(frozenZones, checks(byWorkbook.values()));
    String name = id == null ? Manifest.of(workbooks, tables, zones, RulePlan.of(tables)).id() : id;
    return new Release(name, tables, zones, holidays(byWorkbook.values()), new Places(zoneRows));
  }

  private static TypedTable table(Collection<List<TypedTable>> all, TableDefinition definition) {
    return all.stream()
        .flatMap(List::stream)
        .filter(table -> table.definition() == definition)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(definition.place() + " was not read"));
  }

  private static ZoneTable zones(TypedTable zoneRows, Collection<List<TypedTable>> all) {
    var names = new LinkedHashSet<String>();
    zoneRows.rows().forEach(row -> names.addAll(row.codes("zones")));
    var corrections =
        table(all, CalendarTables.ZONE_CORRECTIONS).rows().stream()
            .map(row -> new ZoneCorrection(zone(row), instant(row, "fromInstant"), offset(row)))
            .toList();
    var checks = checks(all);
    corrections.forEach(correction -> names.add(correction.zone()));
    checks.forEach(check -> names.add(check.zone()));
    return ZoneTable.freeze(names, corrections, checks);
  }

  private static List<ZoneCheck> checks(Collection<List<TypedTable>> all) {
    return table(all, CalendarTables.ZONE_CHECKS).rows().stream()
        .map(row -> new ZoneCheck(zone(row), instant(row, "at"), offset(row)))
        .toList();
  }

  private static Holidays holidays(Collection<List<TypedTable>> all) {
    return Holidays.of(
        table(all, CalendarTables.HOLIDAYS).rows().stream()
            .map(
                row ->
                    new Holidays.Holiday(
                        row.code("calendar").orElseThrow(),
                        ((Cell.Date) row.cell("date")).value(),
                        row.text("name").orElse(row.id())))
            .toList());
  }

  private static String zone(TypedRow row) {
    return row.code("zone").orElseThrow();
  }

  private static Instant instant(TypedRow row, String key) {
    return ((Cell.Timestamp) row.cell(key)).value();
  }

  private static int offset(TypedRow row) {
    return ((Cell.Offset) row.cell("offset")).seconds();
  }
}

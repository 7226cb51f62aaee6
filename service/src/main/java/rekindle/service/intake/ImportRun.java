package rekindle.service.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.IntakeFinding.Severity;
import rekindle.service.store.ContactStore;

/** One import under way. Confined to one thread. */
final class ImportRun {
  /** Rows after which the database should count anew. */
  private static final int MANY = 1000;

  private static final String DRY_RUN = "dry_run";

  private final Jdbi jdbi;
  private final ImportJobs jobs;
  private final ContactStore store;
  private final RowImport rows;
  private final Import.Order order;
  private final FileType type;
  private final UUID id;
  private final ImportWatcher watcher;
  private Counts counts = Counts.NONE;
  private long errorsKept;
  private long warningsKept;

  ImportRun(
      Jdbi jdbi,
      ContactStore store,
      ImportJobs jobs,
      Import.Order order,
      UUID id,
      ImportWatcher watcher) {
    this.jdbi = jdbi;
    this.store = store;
    this.jobs = jobs;
    this.order = order;
    FileType type = order.type();
    this.rows =
        type == FileType.CONTACTS ? new ContactImport(store) : Related.of(type).importInto(store);
    this.type = type;
    this.id = id;
    this.watcher = watcher;
  }

  /**
   * @return false if the header is not as it must be, and so nothing was imported
   */
  @SuppressWarnings("resource") // the stream is the caller's to close
  boolean run(InputStream csv) throws IOException {
    var findings = new ArrayList<IntakeFinding>();
    CsvTable table =
        CsvTable.open(
            type.shape(), order.mapping(), csv, new IntakeLog(findings::add, sentence -> {}));
    try (Handle handle = jdbi.open();
        SeenRows seen = SeenRows.on(handle, type)) {
      if (!table.isReadable()) {
        write(handle, seen, new ImportBatch(0, List.of(), List.copyOf(findings)));
        return false;
      }
      ImportBatch batch = ImportBatch.read(table, findings);
      while (batch.records() > 0) {
        write(handle, seen, batch);
        batch = ImportBatch.read(table, findings);
      }
      if (order.dryRun()) {
        return true;
      }
      Attempts.of(() -> handle.inTransaction(same -> seen.lift()));
      if (counts.changed() >= MANY) {
        store.analyze(handle);
      }
    }
    return true;
  }

  private void write(Handle handle, SeenRows seen, ImportBatch batch) {
    Written written =
        Attempts.of(() -> handle.inTransaction(same -> tryToWrite(same, seen, batch)));
    counts = written.counts;
    errorsKept = written.errorsKept;
    warningsKept = written.warningsKept;
    written.findings.forEach(watcher::finding);
    watcher.progress(counts);
  }

  private record Written(
      Counts counts, long errorsKept, long warningsKept, List<IntakeFinding> findings) {}

  /** Reads and writes the rows from nothing but its arguments, so that it can be done again. */
  private Written tryToWrite(Handle handle, SeenRows seen, ImportBatch batch) {
    var findings = new ArrayList<>(batch.findings());
    var log = new IntakeLog(findings::add, sentence -> {});
    List<TypedRow> typed =
        batch.rows().stream().map(cells -> new TypedRow(cells.reportingTo(log))).toList();
    RowImport.Outcome outcome =
        order.dryRun() ? tryOut(handle, seen, typed) : write(handle, seen, typed);
    findings.sort(Comparator.comparingLong(IntakeFinding::line));
    return keep(
        handle,
        findings,
        counts.plus(
            new Counts(
                batch.records(),
                outcome.changed(),
                outcome.unchanged(),
                count(findings, Severity.ERROR),
                count(findings, Severity.WARNING))));
  }

  private RowImport.Outcome write(Handle handle, SeenRows seen, List<TypedRow> typed) {
    RowImport.Outcome outcome = rows.write(handle, seen, typed);
    seen.good(outcome.good());
    seen.held(outcome.held().keySet());
    new TreeMap<>(outcome.held())
        .forEach((contact, why) -> store.hold(handle, contact, type.code(), why));
    return outcome;
  }

  /** Writes the rows and takes it back, so that what is told of them is what it would be. */
  private RowImport.Outcome tryOut(Handle handle, SeenRows seen, List<TypedRow> typed) {
    handle.savepoint(DRY_RUN);
    RowImport.Outcome outcome = rows.write(handle, seen, typed);
    handle.rollbackToSavepoint(DRY_RUN);
    seen.claimAgain();
    return outcome;
  }

  private Written keep(Handle handle, List<IntakeFinding> findings, Counts after) {
    var kept = new ArrayList<IntakeFinding>();
    long errors = errorsKept;
    long warnings = warningsKept;
    for (IntakeFinding finding : findings) {
      boolean error = finding.severity() == Severity.ERROR;
      if ((error ? errors : warnings) < ImportJobs.FINDINGS_KEPT) {
        kept.add(finding);
        errors += error ? 1 : 0;
        warnings += error ? 0 : 1;
      }
    }
    ImportJobs.keep(handle, id, errorsKept + warningsKept + 1, kept);
    jobs.progress(handle, id, after);
    return new Written(after, errors, warnings, findings);
  }

  private static long count(List<IntakeFinding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}

package rekindle.service.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
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

  /** Contacts after which it should do so while the import goes on. */
  private static final List<Integer> MANY_CONTACTS = List.of(MANY, 20 * MANY);

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
        write(handle, seen, typed(new ImportBatch(0, List.of(), List.copyOf(findings))));
        return false;
      }
      writeAll(handle, seen, table, findings);
      if (!order.dryRun()) {
        Attempts.of(() -> handle.inTransaction(same -> seen.lift()));
        if (counts.changed() >= MANY) {
          analyze(handle);
        }
      }
    }
    return true;
  }

  private void writeAll(Handle handle, SeenRows seen, CsvTable table, List<IntakeFinding> findings)
      throws IOException {
    try (var ahead =
        new ReadAhead<>(() -> typed(ImportBatch.read(table, findings)), Typed::isEmpty)) {
      Typed typed = ahead.take();
      while (!typed.isEmpty()) {
        long before = counts.changed();
        write(handle, seen, typed);
        if (type == FileType.CONTACTS
            && !order.dryRun()
            && MANY_CONTACTS.stream().anyMatch(n -> before < n && n <= counts.changed())) {
          analyze(handle);
        }
        typed = ahead.take();
      }
    }
  }

  private void analyze(Handle handle) {
    if (type == FileType.CONTACTS) {
      store.analyzeContacts(handle);
    } else {
      store.analyzeTold(handle);
    }
  }

  /** A batch, its rows read as far as that needs no store, and what was found so far. */
  private record Typed(ImportBatch batch, RowImport.Ready rows, List<IntakeFinding> findings) {
    boolean isEmpty() {
      return batch.records() == 0;
    }
  }

  private Typed typed(ImportBatch batch) {
    var findings = new ArrayList<>(batch.findings());
    var log = new IntakeLog(findings::add, sentence -> {});
    return new Typed(
        batch,
        rows.read(
            batch.rows().stream().map(cells -> new TypedRow(cells.reportingTo(log))).toList()),
        findings);
  }

  private void write(Handle handle, SeenRows seen, Typed typed) {
    // Rows that were written once know what was wrong then: another attempt reads them anew.
    var first = new ArrayDeque<>(List.of(typed));
    Written written =
        Attempts.of(
            () -> {
              Typed own = first.isEmpty() ? typed(typed.batch()) : first.remove();
              return handle.inTransaction(same -> tryToWrite(same, seen, own));
            });
    counts = written.counts;
    errorsKept = written.errorsKept;
    warningsKept = written.warningsKept;
    written.findings.forEach(watcher::finding);
    watcher.progress(counts);
  }

  private record Written(
      Counts counts, long errorsKept, long warningsKept, List<IntakeFinding> findings) {}

  /** Changes nothing but the database and what belongs to its rows. */
  private Written tryToWrite(Handle handle, SeenRows seen, Typed typed) {
    List<IntakeFinding> findings = typed.findings();
    RowImport.Outcome outcome =
        order.dryRun() ? tryOut(handle, seen, typed.rows()) : write(handle, seen, typed.rows());
    findings.sort(Comparator.comparingLong(IntakeFinding::line));
    return keep(
        handle,
        findings,
        counts.plus(
            new Counts(
                typed.batch().records(),
                outcome.changed(),
                outcome.unchanged(),
                count(findings, Severity.ERROR),
                count(findings, Severity.WARNING))));
  }

  private RowImport.Outcome write(Handle handle, SeenRows seen, RowImport.Ready ready) {
    RowImport.Outcome outcome = ready.write(handle, seen);
    seen.good(outcome.good());
    seen.held(outcome.held().keySet());
    new TreeMap<>(outcome.held())
        .forEach((contact, why) -> store.hold(handle, contact, type.code(), why));
    return outcome;
  }

  /** Writes the rows and takes it back, so that what is told of them is what it would be. */
  private RowImport.Outcome tryOut(Handle handle, SeenRows seen, RowImport.Ready ready) {
    handle.savepoint(DRY_RUN);
    RowImport.Outcome outcome = ready.write(handle, seen);
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

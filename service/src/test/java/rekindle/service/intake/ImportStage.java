package rekindle.service.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import rekindle.facts.ContactFacts;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.FactsStore;
import rekindle.service.store.StoredFacts;

/** Imports into a real database, and what is in it afterwards. */
final class ImportStage {
  static final Instant AS_OF = Reading.AS_OF;

  final Jdbi jdbi;
  final ImportJobs jobs;
  final Import imports;

  /** Findings of the latest import. */
  final List<IntakeFinding> findings = new ArrayList<>();

  private final FactsStore facts;

  ImportStage(TestDatabase database, Path keys) {
    var intakes = new Intakes(database.jdbi(), keys.resolve("identity-keys.json"));
    jdbi = intakes.jdbi;
    jobs = intakes.jobs;
    imports = intakes.imports;
    facts = intakes.facts;
  }

  ImportJob run(String type, String csv) {
    return run(type, csv.getBytes(StandardCharsets.UTF_8));
  }

  ImportJob run(String type, byte[] csv) {
    return run(type, new ByteArrayInputStream(csv), ImportWatcher.NONE);
  }

  /**
   * The finished job; with an input that breaks off, or a watcher that throws, whatever it threw.
   */
  ImportJob run(String type, InputStream csv, ImportWatcher watcher) {
    return run(
        new Import.Order(FileType.of(type).orElseThrow(), type + ".csv", "test"), csv, watcher);
  }

  ImportJob run(Import.Order order, InputStream csv, ImportWatcher watcher) {
    findings.clear();
    try {
      return imports.run(
          order,
          csv,
          new ImportWatcher() {
            @Override
            public void finding(IntakeFinding finding) {
              findings.add(finding);
              watcher.finding(finding);
            }

            @Override
            public void progress(ImportJob.Counts counts) {
              watcher.progress(counts);
            }
          });
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Findings of the latest import as they are printed. */
  List<String> lines() {
    return findings.stream().map(IntakeFinding::toCsv).toList();
  }

  /** Findings that the store has kept, as they are printed. */
  List<String> kept(UUID id) {
    var kept = new ArrayList<String>();
    jobs.findings(id, finding -> kept.add(finding.toCsv()));
    return kept;
  }

  ContactFacts facts(String contactId) {
    return stored(contactId).facts();
  }

  StoredFacts stored(String contactId) {
    return facts
        .find(contactId, AS_OF)
        .orElseThrow(() -> new AssertionError("The store does not know " + contactId));
  }

  boolean knows(String contactId) {
    return facts.find(contactId, AS_OF).isPresent();
  }

  /** How many rows each table has that an import writes. */
  Map<String, Long> sizes() {
    var sizes = new TreeMap<String, Long>();
    jdbi.useHandle(
        handle -> {
          for (String table :
              List.of(
                  "address",
                  "contact",
                  "contact_person",
                  "contact_hold",
                  "contact_address",
                  "consent",
                  "suppression",
                  "subscription",
                  "purchase",
                  "deal",
                  "meeting",
                  "response",
                  "registry_answer",
                  "incentive_grant",
                  "win_back",
                  "person")) {
            sizes.put(
                table, handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
          }
        });
    return sizes;
  }
}

package rekindle.service.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.decision.Decision;
import rekindle.decision.DecisionWriter;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseArchive;
import rekindle.service.database.Partitions;
import rekindle.service.decide.Engines;
import rekindle.service.decide.FirstRelease;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.ids.TouchIds;
import rekindle.service.policy.ActivePolicy;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.RecordedDecision;
import rekindle.service.store.ReleaseStore;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;
import rekindle.table.WorkbookWriter;
import rekindle.testing.RandomFacts;

/** A store with releases, recorded decisions and contacts, for impacts to be computed on. */
final class ImpactStage implements AutoCloseable {
  static final Instant AS_OF = RandomFacts.AS_OF;
  private static final int GROUP = 500;

  final Jdbi jdbi;
  final TimeOrderedIds ids = new TimeOrderedIds(Instant::now);
  final ReleaseStore releases;
  final Engines engines;
  final ImpactJobs jobs;

  /** The policy as shipped; it is active. */
  final String shipped;

  ImpactStage(Jdbi jdbi) {
    this.jdbi = jdbi;
    Partitions.extend(jdbi);
    releases = new ReleaseStore(jdbi);
    jobs = new ImpactJobs(jdbi, ids);
    shipped = FirstRelease.ensure(releases, shippedWorkbooks());
    engines = new Engines(releases, new ActivePolicy(jdbi));
  }

  private static SortedMap<String, byte[]> shippedWorkbooks() {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return workbooks;
  }

  /** Keeps the shipped policy without one row, as an author would draft it. */
  static String draftWithout(ReleaseStore releases, String workbook, String rule) {
    SortedMap<String, byte[]> workbooks = shippedWorkbooks();
    byte[] bytes = Objects.requireNonNull(workbooks.get(workbook));
    List<TypedTable> tables =
        WorkbookReader.read(workbook, bytes, PolicyTables.of(workbook)).tables().stream()
            .map(
                table ->
                    new TypedTable(
                        table.definition(),
                        table.rows().stream().filter(row -> !row.id().equals(rule)).toList()))
            .toList();
    workbooks.put(workbook, WorkbookWriter.write(workbook, "", tables));
    ReleaseArchive draft = FirstRelease.archive(workbooks);
    releases.save(draft);
    return draft.id();
  }

  String draftWithout(String workbook, String rule) {
    return draftWithout(releases, workbook, rule);
  }

  /** Records decisions of made-up people, as a release made them. */
  List<UUID> record(String release, int people) {
    var recorded = new ArrayList<UUID>();
    try (var lease = engines.lease(release)) {
      for (int from = 0; from < people; from += GROUP) {
        var group = new ArrayList<RecordedDecision>();
        for (int seed = from; seed < Math.min(people, from + GROUP); seed++) {
          ContactFacts facts = RandomFacts.of(seed % 10_000);
          group.add(recorded(facts, lease.engine().decide(facts, AS_OF)));
        }
        group.forEach(one -> recorded.add(one.id()));
        jdbi.useTransaction(handle -> insert(handle, group));
      }
    }
    return recorded;
  }

  private static void insert(Handle handle, List<RecordedDecision> group) {
    try {
      DecisionStore.insertDecisions(handle, group);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private RecordedDecision recorded(ContactFacts facts, Decision decision) {
    UUID id = ids.next();
    return new RecordedDecision(
        id,
        decision.contactId(),
        decision.release(),
        decision.asOf(),
        decision.verdict().code(),
        decision.recheckAt(),
        FactsWriter.write(facts),
        DecisionWriter.write(decision, id.toString(), TouchIds.of(facts, decision), null),
        new byte[32],
        "tests",
        null,
        TouchIds.of(facts, decision));
  }

  /** Stores contacts in Florida, with an e-mail address and nothing else known. */
  void contacts(int count) {
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    insert into person (id) select 'p-' || i from generate_series(1, %1$d) i;
                    insert into contact (id, content, program, business, language, subscriber_type,
                        relationship, jurisdictions, time_zones, last_engagement_at)
                    select 'c-' || i, '\\x00', 'b2b_saas', 'b2b', 'en', 'individual', 'lead',
                           '{US-FL}', '{America/New_York}', timestamptz '2025-12-01T10:00:00Z'
                      from generate_series(1, %1$d) i;
                    insert into contact_person (contact_id, person_id)
                    select 'c-' || i, 'p-' || i from generate_series(1, %1$d) i;
                    insert into contact_address (contact_id, channel, state)
                    select 'c-' || i, 'email', 'valid' from generate_series(1, %1$d) i;
                    """
                        .formatted(count))
                .execute());
  }

  /** Empties what tests fill. */
  void clear() {
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local rekindle.erasure = 'on'");
          for (String table :
              List.of(
                  "decision",
                  "impact_job",
                  "shadow_report",
                  "contact_address",
                  "contact_person",
                  "contact",
                  "person")) {
            handle.execute("delete from " + table);
          }
        });
  }

  /** A job that has begun. */
  ImpactJob job(String release, String against, int days, int sample, boolean population) {
    // Whatever was recorded up to now lies before the instant.
    Instant now = Instant.now().plusMillis(1000);
    var order = new ImpactOrder(release, against, days, sample, population, "tests", now);
    return jdbi.inTransaction(handle -> jobs.create(handle, order));
  }

  /** A run whose work is done by the thread that calls it. */
  ImpactRun run(ImpactJob job) {
    return new ImpactRun(job, jobs, engines, jdbi, Runnable::run, 1);
  }

  ImpactJob find(ImpactJob job) {
    return jobs.find(job.order().release(), job.id()).orElseThrow();
  }

  List<String> events(ImpactJob job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select kind from audit_event
                     where cast(convert_from(body, 'UTF8') as jsonb) ->> 'job' = :job order by id
                    """)
                .bind("job", job.id().toString())
                .mapTo(String.class)
                .list());
  }

  @Override
  public void close() {
    engines.close();
  }
}

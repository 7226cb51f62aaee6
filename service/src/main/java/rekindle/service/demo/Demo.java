package rekindle.service.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.json.StrictJson;
import rekindle.segment.SegmentTables;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionLog.Committed;
import rekindle.service.decide.DecisionRequest;
import rekindle.service.decide.Engines;
import rekindle.service.intake.FactsSource;
import rekindle.service.intake.GeneratedLedger;
import rekindle.service.intake.IntakeLog;
import rekindle.service.store.FactsImport;
import rekindle.service.store.Written;
import rekindle.table.TableDefinition;
import rekindle.touch.CadenceTables;

/**
 * The main job on the sample: people into the store, a recorded decision for each of them, and what
 * came out. Doing it again imports nothing twice.
 */
public final class Demo {
  /** Who asks for the demo's decisions. */
  public static final String CLIENT = "demo";

  private static final int IMPORTED_AT_ONCE = 200;
  private static final int DECIDED_AT_ONCE = 500;

  private final Jdbi jdbi;
  private final FactsImport imports;
  private final Decider decider;
  private final Engines engines;
  private final Progress progress;

  /**
   * @param progress takes the progress bar and what is wrong in the files
   */
  public Demo(Jdbi jdbi, FactsImport imports, Decider decider, Engines engines, Progress progress) {
    this.jdbi = jdbi;
    this.imports = imports;
    this.decider = decider;
    this.engines = engines;
    this.progress = progress;
  }

  /**
   * One set of files and the instant that its people are decided for.
   *
   * @param generated adds a ledger that nobody gave
   */
  public record Input(String name, Instant asOf, FactsSource source, boolean generated) {}

  /**
   * What came out.
   *
   * @param text for the person who asked
   * @param examples ids of a recorded touch, wait and suppression, as far as there are some
   * @param missing verdicts, segments and sequences that did not occur
   */
  public record Outcome(List<String> text, List<Summary.Example> examples, List<String> missing) {
    public Outcome {
      text = List.copyOf(text);
      examples = List.copyOf(examples);
      missing = List.copyOf(missing);
    }
  }

  /**
   * Imports the people of all inputs and decides for them by a release.
   *
   * @throws IOException if a file cannot be read
   */
  public Outcome run(List<Input> inputs, String release) throws IOException {
    var text = new ArrayList<String>();
    var summary = new Summary();
    long nanos = 0;
    for (Input input : inputs) {
      List<ContactFacts> people = facts(input);
      Written written = store(input, people);
      text.add(
          String.format(
              Locale.ROOT,
              "%-14s %6d people as of %s, %d records new in the store, %d known%s",
              input.name(),
              people.size(),
              input.asOf(),
              written.changed(),
              written.unchanged(),
              input.generated() ? "; consents and histories are GENERATED" : ""));
      long start = System.nanoTime();
      List<String> ids = people.stream().map(person -> person.contact().id()).toList();
      decide(input.name(), ids, input.asOf(), release, summary);
      nanos += System.nanoTime() - start;
    }
    return outcome(text, summary, nanos, release);
  }

  /** Decides for contacts that are in the store. */
  public Outcome run(List<String> contactIds, Instant asOf, String release) {
    var summary = new Summary();
    long start = System.nanoTime();
    decide("store", contactIds, asOf, release, summary);
    return outcome(new ArrayList<>(), summary, System.nanoTime() - start, release);
  }

  private Outcome outcome(List<String> text, Summary summary, long nanos, String release) {
    text.add("");
    text.addAll(summary.lines());
    text.add("");
    text.add(
        String.format(
            Locale.ROOT,
            "%d decisions, each read from the store, made and durably recorded, in %.2f s while the machine warms up: %.0f a second",
            summary.decisions(),
            nanos / 1e9,
            summary.decisions() / Math.max(1e-9, nanos / 1e9)));
    try (var lease = engines.lease(release)) {
      return new Outcome(
          text,
          summary.examples(),
          summary.missing(segments(lease.engine()), sequences(lease.engine())));
    }
  }

  private List<ContactFacts> facts(Input input) throws IOException {
    UnaryOperator<ContactFacts> ledger =
        input.generated()
            ? new GeneratedLedger(GeneratedLedger.STANDARD_SEED, input.asOf())::addTo
            : UnaryOperator.identity();
    var people = new ArrayList<ContactFacts>();
    var log = new IntakeLog(finding -> progress.line(finding.toCsv()), note -> {});
    input.source().read(input.asOf(), log, contact -> people.add(ledger.apply(contact)));
    return people;
  }

  private Written store(Input input, List<ContactFacts> people) {
    Written written = Written.NOTHING;
    for (int from = 0; from < people.size(); from += IMPORTED_AT_ONCE) {
      int to = Math.min(people.size(), from + IMPORTED_AT_ONCE);
      List<ContactFacts> some = people.subList(from, to);
      written =
          written.plus(jdbi.inTransaction(handle -> imports.write(handle, some, input.asOf())));
      progress.show(input.name() + " stored", to, people.size());
    }
    return written;
  }

  private void decide(
      String name, List<String> contactIds, Instant asOf, String release, Summary summary) {
    Deque<CompletableFuture<Committed>> underWay = new ArrayDeque<>();
    int done = 0;
    for (String id : contactIds) {
      var request = new DecisionRequest(null, id, asOf, release, true);
      underWay.add(decider.startPatiently(request, CLIENT, null));
      if (underWay.size() > DECIDED_AT_ONCE) {
        summary.add(answer(underWay.remove()));
        progress.show(name + " decided", ++done, contactIds.size());
      }
    }
    while (!underWay.isEmpty()) {
      summary.add(answer(underWay.remove()));
      progress.show(name + " decided", ++done, contactIds.size());
    }
  }

  private static JsonNode answer(CompletableFuture<Committed> committed) {
    return StrictJson.read(committed.join().answer());
  }

  private static Set<String> segments(DecisionEngine engine) {
    return results(engine, SegmentTables.SEGMENTS, "segment");
  }

  private static Set<String> sequences(DecisionEngine engine) {
    return results(engine, CadenceTables.SEQUENCES, "sequence");
  }

  private static Set<String> results(DecisionEngine engine, TableDefinition table, String key) {
    return engine.release().table(table).rows().stream()
        .flatMap(row -> row.codes(key).stream())
        .collect(Collectors.toSet());
  }
}

package rekindle.service.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import rekindle.decision.Decision;
import rekindle.decision.Explanation;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseReader;
import rekindle.segment.SegmentTables;
import rekindle.service.intake.FactsSource;
import rekindle.service.intake.GeneratedLedger;
import rekindle.service.intake.IntakeLog;
import rekindle.table.TableDefinition;
import rekindle.touch.CadenceTables;

/**
 * Sample data to facts to decisions, with what came out: the main job without server or database.
 */
public final class Demo {
  private static final int BAR_WIDTH = 30;

  private final PrintWriter progress;

  /**
   * @param progress takes the progress bar and what is wrong in the files
   */
  public Demo(PrintWriter progress) {
    this.progress = progress;
  }

  /**
   * One set of files and the instant that its facts are decided for; generated adds a ledger that
   * nobody gave.
   */
  public record Input(String name, Instant asOf, FactsSource source, boolean generated) {}

  /**
   * What came out.
   *
   * @param text for the person who asked
   * @param missing verdicts, segments and sequences that did not occur
   */
  public record Outcome(List<String> text, List<String> missing) {
    public Outcome {
      text = List.copyOf(text);
      missing = List.copyOf(missing);
    }
  }

  /** Reads the workbooks as the demo's policy: a tenth of the people held out. */
  public static ReadRelease release(Map<String, byte[]> workbooks) {
    return ReleaseReader.read(DemoPolicy.of(workbooks));
  }

  /** Decides for everybody. */
  public Outcome run(DecisionEngine engine, List<Input> inputs) throws IOException {
    var text = new ArrayList<String>();
    text.add(
        "Policy " + engine.release().id() + ": the workbooks, with a tenth of the people held out");
    var summary = new Summary();
    long nanos = 0;
    for (Input input : inputs) {
      List<ContactFacts> people = facts(input);
      text.add(
          String.format(
              Locale.ROOT,
              "%-14s %6d people, as of %s%s",
              input.name(),
              people.size(),
              input.asOf(),
              input.generated() ? ", consents and histories GENERATED" : ""));
      long start = System.nanoTime();
      decide(engine, input, people, summary);
      nanos += System.nanoTime() - start;
    }
    text.add("");
    text.addAll(summary.lines());
    text.add("");
    text.add(
        String.format(
            Locale.ROOT,
            "%d decisions in %.2f s on one thread, the first ones while the machine warms up: %.0f a second",
            summary.decisions(),
            nanos / 1e9,
            summary.decisions() / Math.max(1e-9, nanos / 1e9)));
    for (Decision example : summary.examples()) {
      text.add("");
      text.add("-".repeat(100));
      text.addAll(Explanation.of(example).lines().toList());
    }
    return new Outcome(text, summary.missing(segments(engine), sequences(engine)));
  }

  private List<ContactFacts> facts(Input input) throws IOException {
    UnaryOperator<ContactFacts> ledger =
        input.generated()
            ? new GeneratedLedger(GeneratedLedger.STANDARD_SEED, input.asOf())::addTo
            : UnaryOperator.identity();
    var people = new ArrayList<ContactFacts>();
    var log = new IntakeLog(finding -> progress.println(finding.toCsv()), note -> {});
    input.source().read(input.asOf(), log, contact -> people.add(ledger.apply(contact)));
    return people;
  }

  private void decide(
      DecisionEngine engine, Input input, List<ContactFacts> people, Summary summary) {
    int done = 0;
    int shown = -1;
    for (ContactFacts person : people) {
      summary.add(engine.decide(person, input.asOf()));
      int filled = ++done * BAR_WIDTH / people.size();
      if (filled != shown) {
        shown = filled;
        progress.printf(
            Locale.ROOT,
            "\r%-14s [%s%s] %d/%d",
            input.name(),
            "#".repeat(filled),
            ".".repeat(BAR_WIDTH - filled),
            done,
            people.size());
        progress.flush();
      }
    }
    progress.println();
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

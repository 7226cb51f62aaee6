package rekindle.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import rekindle.decision.Decision;
import rekindle.engine.DecisionEngine;
import rekindle.facts.FactsReader;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;

/** What the engine says with the shipped workbooks, compiled once for all tests of a run. */
final class EngineAnswers {
  private static final DecisionEngine ENGINE = compile();

  private EngineAnswers() {}

  static Decision decide(Question question) {
    return ENGINE.decide(FactsReader.read(question.facts()), question.asOf());
  }

  private static DecisionEngine compile() {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return DecisionEngine.of(Objects.requireNonNull(ReleaseReader.read(workbooks).release()));
  }
}

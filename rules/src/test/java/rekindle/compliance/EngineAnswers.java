package rekindle.compliance;

import rekindle.decision.Decision;
import rekindle.engine.ShippedEngine;
import rekindle.facts.FactsReader;

/** What the engine says with the shipped workbooks, compiled once for all tests of a run. */
final class EngineAnswers {
  private EngineAnswers() {}

  static Decision decide(Question question) {
    return ShippedEngine.get().decide(FactsReader.read(question.facts()), question.asOf());
  }
}

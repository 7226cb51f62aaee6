package rekindle.rule;

import rekindle.table.TypedTable;

/**
 * A release's rules, ready to match. Safe for any number of threads; closed when no decision uses
 * it.
 */
public interface CompiledRules extends AutoCloseable {

  /** The rule of that number. */
  Rule rule(int number);

  /** The last row of a first-hit table, for when no other holds. */
  Hit otherwise(TypedTable table);

  /**
   * A matcher for the calling thread, to be closed after use. Waits while all are lent.
   *
   * @throws IllegalStateException if the rules are closed
   */
  RuleMatcher matcher();

  /** Waits until all matchers are given back, then drops everything that was compiled. */
  @Override
  void close();
}

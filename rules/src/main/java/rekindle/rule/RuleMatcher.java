package rekindle.rule;

/**
 * Compares stage inputs with all rules of their class. Borrowed from {@link CompiledRules} by one
 * thread for one decision, and given back with {@link #close}.
 */
public interface RuleMatcher extends AutoCloseable {

  /**
   * Adds to each input the numbers of the rules that hold for it. Nothing of an earlier call
   * remains.
   */
  void match(StageInput... inputs);

  /** Gives the matcher back; it must not be used any more. */
  @Override
  void close();
}

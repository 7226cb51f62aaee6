package rekindle.table;

/**
 * How a condition cell is compared with what is known.
 *
 * @param property name of the stage input's property that is compared, as Drools and Java spell it
 * @param comparison the comparison
 * @param factor multiplies the number in the cell before comparing (days to milliseconds); 1 where
 *     it does not apply
 * @param scope which object has the property
 * @param wildcards which words may stand for a value
 */
public record Condition(
    String property, Comparison comparison, long factor, Scope scope, Wildcards wildcards) {

  /** Milliseconds in a day of 24 hours: ages are counted in these, whatever the clocks do. */
  public static final long DAY_MS = 86_400_000L;

  /** Milliseconds in an hour. */
  public static final long HOUR_MS = 3_600_000L;

  /** The comparisons that a cell can ask for. */
  public enum Comparison {
    /** The property, a code, is one of the cell's codes (or none of them, after {@code not}). */
    IN,
    /** The property, a set of codes, holds one of the cell's codes. */
    HOLDS,
    /** The number is known and greater than the cell. */
    MORE_THAN,
    /** The number is known and not greater than the cell. */
    UP_TO,
    /** The number is known and not less than the cell. */
    AT_LEAST,
    /** The number is known and less than the cell. */
    WITHIN,
    /** The number is unknown, or not less than the cell: no event of the kind within that time. */
    NOT_WITHIN,
    /** The number is unknown or greater than the cell: absent or too old. */
    OLDER_THAN,
    /** The number equals the cell. */
    EQUALS,
    /** Compared together with other cells of the row by the table's own {@link RowConstraint}. */
    TOGETHER
  }

  /** Where the property lives. */
  public enum Scope {
    /** On the stage input. */
    INPUT,
    /** On the stage input's view of the channel for which the row is compiled. */
    CHANNEL,
    /** The channel itself: the row is compiled once for each channel that it names. */
    CHANNEL_KEY,
    /**
     * The key by which inputs are told apart (place, sequence): compiled once for each value,
     * compared by equality.
     */
    KEY
  }

  /** The words that may stand in a cell for a value. */
  public enum Wildcards {
    /** {@code any}, {@code unknown} where the type knows it, and {@code not} before codes. */
    ALL,
    /** {@code any} alone. */
    ANY,
    /** None: without a value the other cells of the row say nothing. */
    NONE
  }

  /** A condition in which every word may stand. */
  public Condition(String property, Comparison comparison, long factor, Scope scope) {
    this(property, comparison, factor, scope, Wildcards.ALL);
  }

  /** Compares codes with a property of the stage input. */
  public static Condition in(String property) {
    return new Condition(property, Comparison.IN, 1, Scope.INPUT);
  }

  /** Compares in the given way with a property of the stage input. */
  public static Condition of(String property, Comparison comparison) {
    return new Condition(property, comparison, 1, Scope.INPUT);
  }

  /** Compares a number in days with an age in milliseconds. */
  public static Condition days(String property, Comparison comparison) {
    return new Condition(property, comparison, DAY_MS, Scope.INPUT);
  }

  /** The same condition on the channel's view. */
  public Condition ofChannel() {
    return new Condition(property, comparison, factor, Scope.CHANNEL, wildcards);
  }

  /** The condition that names the channel. */
  public static Condition channelKey() {
    return new Condition("channel", Comparison.IN, 1, Scope.CHANNEL_KEY);
  }

  /** The condition that tells inputs apart. */
  public static Condition key(String property) {
    return new Condition(property, Comparison.IN, 1, Scope.KEY);
  }

  /** A condition that only the table's {@link RowConstraint} reads. */
  public static Condition together(String property) {
    return new Condition(property, Comparison.TOGETHER, 1, Scope.INPUT);
  }

  /** The same, where only a value or {@code any} has a meaning. */
  public static Condition togetherOrAny(String property) {
    return new Condition(property, Comparison.TOGETHER, 1, Scope.INPUT, Wildcards.ANY);
  }

  /** The same, where only a value has a meaning. */
  public static Condition togetherAlways(String property) {
    return new Condition(property, Comparison.TOGETHER, 1, Scope.INPUT, Wildcards.NONE);
  }
}

package rekindle.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The typed value of one cell. */
public sealed interface Cell {

  /** {@code any}: matches every value, known or not. */
  record Any() implements Cell {}

  /** {@code otherwise}: the last row of a first-hit table. */
  record Otherwise() implements Cell {}

  /** {@code unknown}: matches an absent fact, and only that. */
  record Unknown() implements Cell {}

  /**
   * Codes, jurisdictions, zones or names. In a condition: one of them, or none of them after {@code
   * not}.
   *
   * @param values in the order of the cell, without repetition; empty for {@code none} in a result
   * @param negated whether the cell starts with {@code not}; an unknown value never matches a
   *     negated cell
   * @param orUnknown whether the list also names {@code unknown}
   */
  record Codes(List<String> values, boolean negated, boolean orUnknown) implements Cell {
    public Codes {
      values = List.copyOf(values);
    }

    public boolean matches(@org.jspecify.annotations.Nullable String value) {
      return value == null ? orUnknown : values.contains(value) != negated;
    }
  }

  /** A number, without trailing zeros; shares are fractions of 1. */
  record Number(BigDecimal value) implements Cell {
    public Number {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  /** Minutes after midnight, 0 to 1440. */
  record TimeOfDay(int minutes) implements Cell {}

  /** {@code closed}: no time of that day. */
  record Closed() implements Cell {}

  /** A date. */
  record Date(LocalDate value) implements Cell {}

  /** An instant. */
  record Timestamp(Instant value) implements Cell {}

  /** Seconds east of UTC. */
  record Offset(int seconds) implements Cell {}

  /** Text that decides nothing. */
  record Text(String value) implements Cell {}

  /** A blank cell where blank is allowed. */
  record Blank() implements Cell {}
}

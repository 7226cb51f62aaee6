package rekindle.rule;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.DrlLiteral;

/**
 * Constraints in DRL for single cells. Numbers are compared as {@code long}, with {@link
 * Long#MIN_VALUE} for unknown; every comparison is brought to the forms "greater than" and "not
 * greater than" a whole number, so that a decimal in the cell compares exactly.
 */
final class Constraints {
  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final long EXACT_IN_FLOATING_POINT = 1L << 53;

  private Constraints() {}

  /** The constraint of a key cell; {@code key} is null where the cell excludes keys. */
  static List<String> key(Column column, Condition condition, Cell cell, @Nullable String key) {
    String property = property(condition, "");
    if (key != null) {
      return List.of(property + " == " + DrlLiteral.string(key));
    }
    if (!(cell instanceof Cell.Codes codes)) {
      throw unfit(column, cell);
    }
    var excluded = new ArrayList<String>();
    excluded.add(RulePlan.ANY_KEY);
    if (!codes.orUnknown()) {
      excluded.add(RulePlan.UNKNOWN_KEY);
    }
    excluded.addAll(codes.values());
    return List.of(
        excluded.stream()
            .map(value -> property + " != " + DrlLiteral.string(value))
            .collect(Collectors.joining(" && ")));
  }

  /** Constraints of one cell; none for {@code any} and for cells that are compared together. */
  static List<String> of(Column column, Condition condition, String prefix, Cell cell) {
    if (cell instanceof Cell.Any || condition.comparison() == Comparison.TOGETHER) {
      return List.of();
    }
    String property = property(condition, prefix);
    return List.of(
        switch (condition.comparison()) {
          case IN -> in(column, property, cell);
          case HOLDS -> holds(column, property, cell);
          default -> number(column, condition, property, cell);
        });
  }

  static IllegalArgumentException unfit(Column column, Cell cell) {
    return new IllegalArgumentException(
        "column " + column.key() + " cannot compare " + cell.getClass().getSimpleName());
  }

  private static String property(Condition condition, String prefix) {
    String property = prefix + condition.property();
    if (!PROPERTY.matcher(property).matches()) {
      throw new IllegalArgumentException("'" + property + "' is no property");
    }
    return property;
  }

  private static String in(Column column, String property, Cell cell) {
    if (cell instanceof Cell.Unknown) {
      return property + " == null";
    }
    if (!(cell instanceof Cell.Codes codes)) {
      throw unfit(column, cell);
    }
    var parts = new ArrayList<String>();
    if (codes.negated() != codes.orUnknown()) {
      parts.add(property + (codes.negated() ? " != null" : " == null"));
    }
    for (String value : codes.values()) {
      parts.add(property + (codes.negated() ? " != " : " == ") + DrlLiteral.string(value));
    }
    return joined(column, cell, parts, codes.negated());
  }

  private static String holds(Column column, String property, Cell cell) {
    if (cell instanceof Cell.Unknown) {
      return property + ".isEmpty()";
    }
    if (!(cell instanceof Cell.Codes codes)) {
      throw unfit(column, cell);
    }
    var parts = new ArrayList<String>();
    if (codes.orUnknown() && !codes.negated()) {
      parts.add(property + ".isEmpty()");
    }
    for (String value : codes.values()) {
      String contains = property + ".contains(" + DrlLiteral.string(value) + ")";
      parts.add(codes.negated() ? "!" + contains : contains);
    }
    return joined(column, cell, parts, codes.negated());
  }

  private static String joined(Column column, Cell cell, List<String> parts, boolean all) {
    if (parts.isEmpty()) {
      throw unfit(column, cell);
    }
    return String.join(all ? " && " : " || ", parts);
  }

  private static String number(Column column, Condition condition, String property, Cell cell) {
    if (cell instanceof Cell.Unknown) {
      return unknown(property);
    }
    BigDecimal bound = value(column, cell).multiply(BigDecimal.valueOf(condition.factor()));
    long floor = clamped(bound.setScale(0, RoundingMode.FLOOR).toBigIntegerExact());
    long below =
        clamped(
            bound.setScale(0, RoundingMode.CEILING).toBigIntegerExact().subtract(BigInteger.ONE));
    return switch (condition.comparison()) {
      case MORE_THAN -> moreThan(property, floor);
      case AT_LEAST -> moreThan(property, below);
      case UP_TO -> known(property) + " && " + notMoreThan(property, floor);
      case WITHIN -> known(property) + " && " + notMoreThan(property, below);
      case OLDER_THAN -> unknown(property) + " || " + moreThan(property, floor);
      case NOT_WITHIN -> unknown(property) + " || " + moreThan(property, below);
      case EQUALS -> floor == below ? never(property) : equal(property, floor);
      default -> throw unfit(column, cell);
    };
  }

  // Of whole numbers, Drools compares only < and > exactly; the others go through floating point.

  private static String moreThan(String property, long value) {
    return property + " > " + DrlLiteral.number(value);
  }

  private static String notMoreThan(String property, long value) {
    return value == Long.MAX_VALUE
        ? known(property)
        : property + " < " + DrlLiteral.number(value + 1);
  }

  private static String known(String property) {
    return moreThan(property, Long.MIN_VALUE);
  }

  private static String unknown(String property) {
    return notMoreThan(property, Long.MIN_VALUE);
  }

  private static String equal(String property, long value) {
    if (Math.abs(value) < EXACT_IN_FLOATING_POINT) {
      return property + " == " + DrlLiteral.number(value);
    }
    return moreThan(property, value - 1) + " && " + notMoreThan(property, value);
  }

  private static String never(String property) {
    return moreThan(property, Long.MAX_VALUE);
  }

  /** The number that a cell compares by, before its column's factor. */
  static BigDecimal value(Column column, Cell cell) {
    if (cell instanceof Cell.Number number) {
      return number.value();
    }
    if (cell instanceof Cell.TimeOfDay time) {
      return BigDecimal.valueOf(time.minutes());
    }
    if (cell instanceof Cell.Offset offset) {
      return BigDecimal.valueOf(offset.seconds());
    }
    if (cell instanceof Cell.Date date) {
      return BigDecimal.valueOf(date.value().toEpochDay());
    }
    if (cell instanceof Cell.Timestamp timestamp) {
      return BigDecimal.valueOf(timestamp.value().toEpochMilli());
    }
    throw unfit(column, cell);
  }

  private static long clamped(BigInteger value) {
    return value.max(LEAST).min(GREATEST).longValueExact();
  }
}

package rekindle.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.TypedRow;

/**
 * A whole number: the intervals between neighbouring bounds of the table's rows, and unknown.
 * Bounds are brought to the form "more than a whole number" as the engine brings them. Immutable.
 */
final class NumberDimension implements Dimension {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final String label;

  /** Ascending; piece i + 1 ends with ends[i]. The last ends with the greatest number. */
  private final long[] ends;

  private final Unit unit;

  /** How the numbers of a dimension are written. */
  private enum Unit {
    NUMBER,
    SHARE,
    DATE
  }

  /** The numbers more than one and up to another; with or without unknown. */
  private record Span(long moreThan, long upTo, boolean unknown) {}

  private final long factor;

  private NumberDimension(String label, long[] ends, Unit unit, long factor) {
    this.label = label;
    this.ends = ends;
    this.unit = unit;
    this.factor = factor;
  }

  /** The dimension that the tests compare. */
  static NumberDimension of(String label, List<CellTest> tests) {
    var ends = new TreeSet<Long>();
    for (CellTest test : tests) {
      if (!(test.cell() instanceof Cell.Any || test.cell() instanceof Cell.Unknown)) {
        Span span = span(test);
        ends.add(span.moreThan());
        ends.add(span.upTo());
      }
    }
    boolean share = tests.stream().anyMatch(test -> test.column().type() instanceof CellType.Share);
    return new NumberDimension(
        label, ends(ends), share ? Unit.SHARE : Unit.NUMBER, tests.get(0).factor());
  }

  /** The days on which rows are in force. */
  static NumberDimension days(List<TypedRow> rows) {
    var ends = new TreeSet<Long>();
    for (TypedRow row : rows) {
      if (row.from() != null) {
        ends.add(row.from().toEpochDay() - 1);
      }
      if (row.to() != null) {
        ends.add(row.to().toEpochDay());
      }
    }
    return new NumberDimension("On", ends(ends), Unit.DATE, 1);
  }

  private static long[] ends(TreeSet<Long> ends) {
    ends.remove(Long.MIN_VALUE);
    ends.add(Long.MAX_VALUE);
    return ends.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int size() {
    return ends.length + 1;
  }

  @Override
  public BitSet all() {
    BitSet all = Dimension.super.all();
    all.set(0, unit != Unit.DATE); // a day is never unknown
    return all;
  }

  @Override
  public BitSet matching(CellTest test) {
    if (test.cell() instanceof Cell.Any) {
      return all();
    }
    if (test.cell() instanceof Cell.Unknown) {
      var unknown = new BitSet(size());
      unknown.set(0);
      return unknown;
    }
    return pieces(span(test));
  }

  /** The days on which a row is in force. */
  BitSet inForce(TypedRow row) {
    return pieces(
        new Span(
            row.from() == null ? Long.MIN_VALUE : row.from().toEpochDay() - 1,
            row.to() == null ? Long.MAX_VALUE : row.to().toEpochDay(),
            false));
  }

  /** The known numbers. */
  BitSet known() {
    return pieces(new Span(Long.MIN_VALUE, Long.MAX_VALUE, false));
  }

  /** The piece in which a known number lies. */
  int piece(long number) {
    int index = Arrays.binarySearch(ends, number);
    return 1 + (index < 0 ? -index - 1 : index);
  }

  private BitSet pieces(Span span) {
    var pieces = new BitSet(size());
    pieces.set(0, span.unknown());
    int first = span.moreThan() == Long.MIN_VALUE ? 0 : end(span.moreThan()) + 1;
    int last = span.upTo() == Long.MIN_VALUE ? -1 : end(span.upTo());
    if (first <= last) {
      pieces.set(first + 1, last + 2);
    }
    return pieces;
  }

  private int end(long bound) {
    int index = Arrays.binarySearch(ends, bound);
    if (index < 0) {
      throw new IllegalArgumentException(bound + " is no bound of " + label);
    }
    return index;
  }

  private static Span span(CellTest test) {
    BigDecimal bound = number(test.cell()).multiply(BigDecimal.valueOf(test.factor()));
    long floor = clamped(bound.setScale(0, RoundingMode.FLOOR).toBigIntegerExact());
    long below =
        clamped(
            bound.setScale(0, RoundingMode.CEILING).toBigIntegerExact().subtract(BigInteger.ONE));
    return switch (test.comparison()) {
      case MORE_THAN -> new Span(floor, Long.MAX_VALUE, false);
      case AT_LEAST -> new Span(below, Long.MAX_VALUE, false);
      case UP_TO -> new Span(Long.MIN_VALUE, floor, false);
      case WITHIN -> new Span(Long.MIN_VALUE, below, false);
      case OLDER_THAN -> new Span(floor, Long.MAX_VALUE, true);
      case NOT_WITHIN -> new Span(below, Long.MAX_VALUE, true);
      case EQUALS -> new Span(below, floor, false);
      default -> throw new IllegalArgumentException(test.comparison() + " compares no numbers");
    };
  }

  private static BigDecimal number(Cell cell) {
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
    throw new IllegalArgumentException(cell.getClass().getSimpleName() + " is no number");
  }

  private static long clamped(BigInteger value) {
    return value.max(LEAST).min(GREATEST).longValueExact();
  }

  @Override
  public String words(int piece) {
    if (piece == 0) {
      return "unknown";
    }
    long above = piece == 1 ? Long.MIN_VALUE : ends[piece - 2];
    long upTo = ends[piece - 1];
    if (unit == Unit.DATE) {
      return date(above, upTo).toString();
    }
    if (above < 0 && upTo >= 0) {
      return unit == Unit.SHARE ? "0 %" : "0";
    }
    long step = unit == Unit.SHARE ? Math.max(1, factor / 100) : factor;
    long round = above < 0 ? step * Math.floorDiv(upTo, step) : nextAbove(above, step);
    if (round > above && round <= upTo) {
      return unit == Unit.SHARE ? round / step + " %" : String.valueOf(round / step);
    }
    return "just more than " + written(above);
  }

  private static long nextAbove(long above, long step) {
    long steps = Math.floorDiv(above, step) + 1;
    return steps > Long.MAX_VALUE / step ? Long.MIN_VALUE : steps * step;
  }

  private String written(long number) {
    BigDecimal value =
        BigDecimal.valueOf(number)
            .divide(BigDecimal.valueOf(factor), 6, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return unit == Unit.SHARE
        ? value.movePointRight(2).stripTrailingZeros().toPlainString() + " %"
        : value.toPlainString();
  }

  private static LocalDate date(long above, long upTo) {
    return LocalDate.ofEpochDay(above == Long.MIN_VALUE ? upTo : above + 1);
  }
}

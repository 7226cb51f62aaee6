package rekindle.table;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers, decimals and shares, from number cells and from text. Thread-safe. */
final class NumberReader {
  private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{0,18}[.,]\\d{1,15}");
  private static final Pattern GROUPED_BY_BLANK =
      Pattern.compile("[+-]?\\d{1,3}( \\d{3})+([.,]\\d{1,15})?");
  private static final Pattern GROUPED_BY_COMMA =
      Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+\\.\\d{1,15}|[+-]?\\d{1,3}(,\\d{3}){2,}");
  private static final Pattern GROUPED_BY_POINT =
      Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+,\\d{1,15}|[+-]?\\d{1,3}(\\.\\d{3}){2,}");

  private static final Pattern AMBIGUOUS = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

  private static final int SHARE_SCALE = 4;

  private NumberReader() {}

  static Reading read(Column column, RawCell raw, String value) {
    CellType type = column.type();
    boolean share = type instanceof CellType.Share;
    if (raw instanceof RawCell.DateTime || raw instanceof RawCell.Time) {
      return Reading.fault(
          FindingCodes.BAD_NUMBER,
          "holds the date or time "
              + raw.shown()
              + ", not a number; format the cell as a number and type it anew");
    }
    if (raw instanceof RawCell.Bool) {
      return noNumber(column, value);
    }
    boolean percent = raw instanceof RawCell.Number number ? number.percent() : value.endsWith("%");
    if (percent && !share) {
      return Reading.fault(
          FindingCodes.BAD_NUMBER, Words.quoted(value) + " is a percentage; write a plain number");
    }
    BigDecimal number;
    if (raw instanceof RawCell.Number plain) {
      number = plain.value();
    } else {
      String digits = percent ? Words.collapse(value.substring(0, value.length() - 1)) : value;
      if (!share && isAmbiguous(digits)) {
        return ambiguous(digits);
      }
      number = parse(digits);
      if (number == null) {
        return noNumber(column, value);
      }
      number = percent ? number.movePointLeft(2) : number;
    }
    return checked(column, raw instanceof RawCell.Number ? raw.shown() : value, number);
  }

  /** Whether the text is thousands to one person and thousandths to another. */
  static boolean isAmbiguous(String digits) {
    return AMBIGUOUS.matcher(digits).matches();
  }

  private static @Nullable BigDecimal parse(String text) {
    String digits = text.replace('−', '-').replace('–', '-').replace("- ", "-");
    if (PLAIN.matcher(digits).matches()) {
      return new BigDecimal(digits);
    }
    if (DECIMAL.matcher(digits).matches()) {
      return new BigDecimal(digits.replace(',', '.'));
    }
    if (GROUPED_BY_BLANK.matcher(digits).matches()) {
      return new BigDecimal(digits.replace(" ", "").replace(',', '.'));
    }
    if (GROUPED_BY_COMMA.matcher(digits).matches()) {
      return new BigDecimal(digits.replace(",", ""));
    }
    if (GROUPED_BY_POINT.matcher(digits).matches()) {
      return new BigDecimal(digits.replace(".", "").replace(',', '.'));
    }
    return null;
  }

  private static Reading checked(Column column, String text, BigDecimal number) {
    String shown = Words.plain(text);
    CellType type = column.type();
    BigDecimal min = BigDecimal.ZERO;
    BigDecimal max = BigDecimal.ONE;
    int scale = SHARE_SCALE;
    if (type instanceof CellType.WholeNumber whole) {
      min = BigDecimal.valueOf(whole.min());
      max = BigDecimal.valueOf(whole.max());
      scale = 0;
    } else if (type instanceof CellType.Decimal decimal) {
      min = decimal.min();
      max = decimal.max();
      scale = decimal.scale();
    }
    boolean share = type instanceof CellType.Share;
    if (number.stripTrailingZeros().scale() > scale) {
      return outOfRange(
          shown
              + (scale == 0
                  ? " is no whole number; write one without a point"
                  : share
                      ? " is too exact; a share has at most two digits after the point of its"
                          + " percentage"
                      : " has too many digits; at most " + scale + " after the point are kept"));
    }
    if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
      String limits =
          share
              ? "0 % to 100 %" + wholePercent(number)
              : RawCell.Number.plain(min) + " to " + RawCell.Number.plain(max);
      return outOfRange(shown + " is out of range; allowed is " + limits);
    }
    return Reading.of(new Cell.Number(number));
  }

  private static String wholePercent(BigDecimal number) {
    String plain = RawCell.Number.plain(number);
    return number.signum() > 0 && number.compareTo(BigDecimal.valueOf(100)) <= 0
        ? "; write " + plain + " % if that is meant"
        : "";
  }

  private static Reading outOfRange(String message) {
    return Reading.fault(FindingCodes.OUT_OF_RANGE, message);
  }

  private static Reading ambiguous(String digits) {
    String joined = digits.replaceAll("[.,]", "");
    String decimal = digits.replace(',', '.') + "0";
    return Reading.fault(
        FindingCodes.BAD_NUMBER,
        Words.quoted(digits) + " can be read in two ways; write " + joined + " or " + decimal);
  }

  private static Reading noNumber(Column column, String value) {
    String unit = Quantity.unit(column.label());
    String meant = Quantity.meant(value, unit);
    return Reading.fault(
        FindingCodes.BAD_NUMBER,
        Words.quoted(value)
            + " is no "
            + (unit == null ? "number" : "number of " + unit)
            + "; write "
            + (meant == null ? example(column.type()) : meant));
  }

  private static String example(CellType type) {
    if (type instanceof CellType.WholeNumber whole) {
      return String.format(Locale.ROOT, "a whole number from %d to %d", whole.min(), whole.max());
    }
    return type instanceof CellType.Share ? "a share such as 10 %" : "a number such as 12.5";
  }
}

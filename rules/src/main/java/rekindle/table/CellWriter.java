package rekindle.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;

/** Typed cells as a person would type them; reading the text gives the same cell. Thread-safe. */
public final class CellWriter {
  private CellWriter() {}

  /** The text of a cell in a column; blank for a blank cell. */
  public static String text(Column column, Cell cell) {
    if (cell instanceof Cell.Codes codes) {
      return codes(codes);
    }
    if (cell instanceof Cell.Number number) {
      return column.type() instanceof CellType.Share
          ? RawCell.Number.plain(number.value().movePointRight(2)) + " %"
          : decimal(number.value());
    }
    if (cell instanceof Cell.TimeOfDay time) {
      return String.format(Locale.ROOT, "%02d:%02d", time.minutes() / 60, time.minutes() % 60);
    }
    if (cell instanceof Cell.Offset offset) {
      return offset(offset.seconds());
    }
    if (cell instanceof Cell.Date date) {
      return date.value().toString();
    }
    if (cell instanceof Cell.Timestamp timestamp) {
      return timestamp.value().toString();
    }
    if (cell instanceof Cell.Text text) {
      return text.value();
    }
    return word(cell);
  }

  private static String word(Cell cell) {
    if (cell instanceof Cell.Any) {
      return CellReader.ANY;
    }
    if (cell instanceof Cell.Otherwise) {
      return TypedRow.OTHERWISE;
    }
    if (cell instanceof Cell.Unknown) {
      return CellReader.UNKNOWN;
    }
    return cell instanceof Cell.Closed ? "closed" : "";
  }

  private static String codes(Cell.Codes codes) {
    var items = new ArrayList<>(codes.values());
    if (codes.orUnknown() || (codes.negated() && items.isEmpty())) {
      items.add(CellReader.UNKNOWN);
    }
    return items.isEmpty()
        ? CellReader.NONE
        : (codes.negated() ? "not " : "") + String.join(", ", items);
  }

  /** With a fourth digit where three could be taken for thousands. */
  private static String decimal(BigDecimal value) {
    String plain = RawCell.Number.plain(value);
    return NumberReader.isAmbiguous(plain) ? plain + "0" : plain;
  }

  private static String offset(int seconds) {
    int abs = Math.abs(seconds);
    String text =
        String.format(
            Locale.ROOT, "%s%02d:%02d", seconds < 0 ? "-" : "+", abs / 3600, abs / 60 % 60);
    return abs % 60 == 0 ? text : text + String.format(Locale.ROOT, ":%02d", abs % 60);
  }
}

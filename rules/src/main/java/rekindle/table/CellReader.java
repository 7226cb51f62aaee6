package rekindle.table;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rekindle.table.Column.Kind;
import rekindle.table.Condition.Wildcards;

/**
 * Reads one cell by the type of its column. What can be read for certain is read, however it was
 * typed; all else is a fault. Thread-safe.
 */
final class CellReader {
  static final String ANY = "any";
  static final String UNKNOWN = "unknown";
  static final String NONE = "none";
  static final String NOT = "not";
  static final String NO_FORMULA =
      "holds a formula; write the value itself, since cells hold no code";

  /** Longer than any value that decides something. */
  private static final int VALUE_MAX = 1_000;

  private static final int TEXT_MAX = 2_000;

  private static final Cell NOTHING = new Cell.Codes(List.of(), false, false);

  private CellReader() {}

  /**
   * Reads a cell.
   *
   * @param raw the cell; blank text for a cell that is not there
   */
  static Reading read(Column column, RawCell raw) {
    if (raw instanceof RawCell.Formula) {
      return Reading.fault(FindingCodes.FORMULA, NO_FORMULA);
    }
    if (raw instanceof RawCell.Error) {
      return Reading.fault(
          FindingCodes.CELL_ERROR, "shows the error " + raw.shown() + "; write the value");
    }
    String text = Words.collapse(raw.shown());
    if (text.isEmpty()) {
      return column.required() ? blank(column) : Reading.of(new Cell.Blank());
    }
    boolean note = column.type() instanceof CellType.Text;
    var bad = Words.badCharacter(raw.shown(), note);
    if (bad.isPresent()) {
      return Reading.fault(
          FindingCodes.BAD_CHARACTER,
          Words.quoted(raw.shown())
              + " holds the invisible character "
              + bad.get()
              + "; type the cell anew");
    }
    int lengthMax = note ? TEXT_MAX : VALUE_MAX;
    if (raw.shown().length() > lengthMax) {
      return Reading.fault(
          FindingCodes.TEXT_TOO_LONG,
          String.format(
              Locale.ROOT,
              "holds %,d characters; at most %,d are allowed",
              raw.shown().length(),
              lengthMax));
    }
    String value = Words.unquote(text);
    Reading word = word(column, value.toLowerCase(Locale.ROOT));
    return word != null ? word : typed(column, raw, value);
  }

  private static Reading blank(Column column) {
    return Reading.fault(
        FindingCodes.CELL_BLANK,
        column.kind() == Kind.CONDITION
            ? "is blank; write a value, or any where it does not matter"
            : "is blank; write a value, or none where there is none");
  }

  /** The words with a meaning of their own; null if the value is none. */
  private static @Nullable Reading word(Column column, String lower) {
    boolean key = column.kind() == Kind.CONDITION && column.condition() == null;
    boolean text = column.type() instanceof CellType.Text;
    boolean plain = column.kind() != Kind.CONDITION && column.kind() != Kind.RESULT;
    if (plain || key) {
      return lower.equals(NONE) && plain && !text && column.kind() == Kind.NOTE
          ? Reading.of(NOTHING)
          : key && !text && isWord(lower) && !knows(column, lower)
              ? misplaced(lower, "rows are looked up by this column; write the value")
              : null;
    }
    boolean condition = column.kind() == Kind.CONDITION;
    return switch (lower) {
      case ANY -> any(column);
      case TypedRow.OTHERWISE ->
          condition
              ? Reading.of(new Cell.Otherwise())
              : misplaced(TypedRow.OTHERWISE, "a result is one value; write it, or none");
      case UNKNOWN -> unknown(column, condition);
      case NONE -> none(column, condition);
      default -> null;
    };
  }

  private static Reading any(Column column) {
    Condition condition = column.condition();
    if (column.kind() != Kind.CONDITION) {
      return misplaced(ANY, "a result is one value; write it, or none");
    }
    return condition != null && condition.wildcards() == Wildcards.NONE
        ? misplaced(ANY, "without a value the row says nothing; write it")
        : Reading.of(new Cell.Any());
  }

  private static boolean isWord(String lower) {
    return List.of(ANY, TypedRow.OTHERWISE, UNKNOWN, NONE).contains(lower);
  }

  private static @Nullable Reading unknown(Column column, boolean condition) {
    if (!condition) {
      return knows(column, UNKNOWN)
          ? null
          : misplaced(UNKNOWN, "a result is known; write it, or none");
    }
    if (column.condition() != null && column.condition().wildcards() != Wildcards.ALL) {
      return misplaced(UNKNOWN, "this column names what is looked for; " + write(column));
    }
    return takesUnknown(column.type())
        ? Reading.of(new Cell.Unknown())
        : misplaced(UNKNOWN, "this column compares known values only; write a value or any");
  }

  /** What may be written into a column in which not every word has a meaning. */
  static String write(Column column) {
    return column.condition() != null && column.condition().wildcards() == Wildcards.NONE
        ? "write a value"
        : "write a value, or any where it does not matter";
  }

  private static @Nullable Reading none(Column column, boolean condition) {
    if (!condition) {
      return Reading.of(NOTHING);
    }
    if (column.condition() != null && column.condition().wildcards() != Wildcards.ALL) {
      return knows(column, NONE) ? null : misplaced(NONE, write(column));
    }
    return knows(column, NONE)
        ? null
        : misplaced(NONE, "write unknown for what is not known, any where it does not matter");
  }

  private static boolean knows(Column column, String word) {
    return column.type() instanceof CellType.Codes codes
        && codes.vocabulary().codes().contains(word);
  }

  private static boolean takesUnknown(CellType type) {
    return !(type instanceof CellType.Date
        || type instanceof CellType.TimeOfDay
        || type instanceof CellType.Offset
        || type instanceof CellType.Timestamp
        || type instanceof CellType.Name
        || type instanceof CellType.Text);
  }

  private static Reading misplaced(String word, String advice) {
    return Reading.fault(
        FindingCodes.WORD_MISPLACED, Words.quoted(word) + " has no meaning here: " + advice);
  }

  private static Reading typed(Column column, RawCell raw, String value) {
    CellType type = column.type();
    if (type instanceof CellType.Codes
        || type instanceof CellType.Jurisdictions
        || type instanceof CellType.Zones
        || type instanceof CellType.Currency
        || type instanceof CellType.YesNo
        || type instanceof CellType.Name) {
      return CodeReader.read(column, raw, value);
    }
    if (type instanceof CellType.WholeNumber
        || type instanceof CellType.Decimal
        || type instanceof CellType.Share) {
      return NumberReader.read(column, raw, value);
    }
    if (type instanceof CellType.Text) {
      return Reading.of(new Cell.Text(note(raw.shown())));
    }
    return TimeReader.read(type, raw, value);
  }

  /** A note without what programs add by themselves: carriage returns, blanks at line ends. */
  private static String note(String text) {
    var lines = new StringBuilder();
    for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      lines.append(Words.collapse(line)).append('\n');
    }
    return lines.toString().strip();
  }
}

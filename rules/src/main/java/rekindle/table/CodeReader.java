package rekindle.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import rekindle.table.Condition.Wildcards;

/** Reads codes, places, zones, currencies, yes and no, and names. Thread-safe. */
final class CodeReader {
  private static final Pattern NEGATION = Pattern.compile("(?i)not[ (](.*)");

  private CodeReader() {}

  static Reading read(Column column, RawCell raw, String value) {
    CodeSet codes = CodeSet.of(column.type());
    if (raw instanceof RawCell.DateTime || raw instanceof RawCell.Time) {
      return Reading.fault(
          codes.faultCode(),
          "holds the date or time "
              + raw.shown()
              + ", not "
              + codes.what()
              + "; format the cell as text and type it anew");
    }
    if (raw instanceof RawCell.Number number
        && (number.percent() || number.value().stripTrailingZeros().scale() > 0)) {
      return unknown(codes, raw.shown());
    }
    if (raw instanceof RawCell.Bool bool) {
      return column.type() instanceof CellType.YesNo
          ? Reading.of(new Cell.Codes(List.of(bool.value() ? "yes" : "no"), false, false))
          : unknown(codes, raw.shown());
    }
    return codes.single() ? one(codes, value) : list(column, codes, value);
  }

  private static Reading one(CodeSet codes, String value) {
    String code = codes.resolve(value);
    return code == null
        ? unknown(codes, value)
        : Reading.of(new Cell.Codes(List.of(code), false, false));
  }

  private static Reading list(Column column, CodeSet codes, String value) {
    boolean condition = column.condition() != null;
    String items = value;
    var negation = NEGATION.matcher(value);
    boolean negated = negation.matches() && codes.resolve(value) == null;
    if (negated) {
      if (column.condition() != null && column.condition().wildcards() != Wildcards.ALL) {
        return Reading.fault(
            FindingCodes.WORD_MISPLACED,
            "\"not\" has no meaning here: this column names what is looked for; "
                + CellReader.write(column));
      }
      if (!condition || !codes.negatable()) {
        return Reading.fault(
            FindingCodes.WORD_MISPLACED,
            "\"not\" has no meaning here; write " + codes.what() + " itself");
      }
      items = withoutBrackets(value.substring(CellReader.NOT.length()));
    }
    var values = new ArrayList<String>();
    boolean orUnknown = false;
    for (String item : items.split("[,;]", -1)) {
      String text = Words.unquote(Words.collapse(item));
      if (text.isEmpty()) {
        return badList(value, "has a blank item");
      }
      if (condition && text.equalsIgnoreCase(CellReader.UNKNOWN) && !orUnknown) {
        orUnknown = true;
        continue;
      }
      String code = codes.resolve(text);
      if (code == null) {
        return isWord(text) ? wordInList(text) : unknown(codes, text);
      }
      if (values.contains(code)) {
        return badList(value, "names " + code + " twice");
      }
      values.add(code);
    }
    if (values.size() + (orUnknown && !negated ? 1 : 0) > 1 && !codes.many()) {
      return badList(value, "is a list; write one " + codes.name());
    }
    return Reading.of(new Cell.Codes(values, negated, orUnknown && !negated));
  }

  private static String withoutBrackets(String items) {
    String text = Words.collapse(items);
    return text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean isWord(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals(CellReader.ANY)
        || lower.equals(CellReader.UNKNOWN)
        || lower.equals(CellReader.NONE)
        || lower.equals(TypedRow.OTHERWISE)
        || lower.startsWith("not ");
  }

  private static Reading wordInList(String word) {
    return Reading.fault(
        FindingCodes.WORD_MISPLACED,
        Words.quoted(word)
            + " cannot be part of a list; write it alone, or not before the whole list: not A, B");
  }

  private static Reading badList(String value, String fault) {
    return Reading.fault(FindingCodes.BAD_LIST, Words.quoted(value) + " " + fault);
  }

  private static Reading unknown(CodeSet codes, String value) {
    return Reading.fault(
        codes.faultCode(),
        Words.quoted(value)
            + " is no "
            + codes.name()
            + "; expected "
            + codes.expected()
            + Words.didYouMean(codes.suggestion(value)));
  }
}

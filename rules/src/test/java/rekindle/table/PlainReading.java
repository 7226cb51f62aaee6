package rekindle.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a text says when read plainly, by a second way than the reader's: only to compare with, once
 * the reader has accepted a text.
 */
final class PlainReading {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\u0085\u200B\u2060\uFEFF]+");
  private static final Pattern QUOTES = Pattern.compile("[\"'`´‘’‚‛“”„‟«»‹›＂＇]");

  private PlainReading() {}

  /** Whether the cell is what the text plainly says. */
  static boolean agrees(CellType type, String text, Cell cell) {
    String bare = BLANKS.matcher(text).replaceAll(" ").strip();
    if (type instanceof CellType.Text && cell instanceof Cell.Text read) {
      return bare.equals(BLANKS.matcher(read.value()).replaceAll(" ").strip());
    }
    String plain = QUOTES.matcher(bare).replaceAll("").strip();
    String word = plain.toLowerCase(Locale.ROOT);
    if (cell instanceof Cell.Any) {
      return word.equals("any");
    }
    if (cell instanceof Cell.Otherwise) {
      return word.equals("otherwise");
    }
    if (cell instanceof Cell.Unknown) {
      return word.equals("unknown");
    }
    if (cell instanceof Cell.Closed) {
      return word.equals("closed");
    }
    if (cell instanceof Cell.Blank) {
      return bare.isEmpty();
    }
    if (cell instanceof Cell.Codes codes) {
      return agrees(type, plain, codes);
    }
    return value(plain, cell);
  }

  private static boolean agrees(CellType type, String plain, Cell.Codes codes) {
    if (type instanceof CellType.Name) {
      boolean none = codes.values().isEmpty() && plain.equalsIgnoreCase("none");
      return none || codes.values().equals(List.of(plain));
    }
    String lower = plain.toLowerCase(Locale.ROOT);
    boolean negated = lower.matches("not[ (].*");
    String items = negated ? lower.substring(3).replaceAll("[()]", "") : lower;
    List<String> said =
        Arrays.stream(items.split("[,;]"))
            .map(item -> item.strip().replace(' ', '_'))
            .collect(Collectors.toCollection(ArrayList::new));
    boolean unknown = said.remove("unknown");
    if (type instanceof CellType.YesNo) {
      said.replaceAll(item -> item.equals("true") ? "yes" : item.equals("false") ? "no" : item);
    }
    if (said.equals(List.of("none")) && codes.values().isEmpty()) {
      return !negated && !unknown;
    }
    return said.equals(codes.values().stream().map(v -> v.toLowerCase(Locale.ROOT)).toList())
        && negated == codes.negated()
        && codes.orUnknown() == (unknown && !negated);
  }

  private static boolean value(String plain, Cell cell) {
    if (cell instanceof Cell.Number number) {
      return number(plain).compareTo(number.value()) == 0;
    }
    List<Integer> numbers =
        Pattern.compile("[0-9]+")
            .matcher(plain)
            .results()
            .map(r -> Integer.parseInt(r.group()))
            .toList();
    if (cell instanceof Cell.Date date) {
      LocalDate value = date.value();
      return numbers.get(0) > 31
          ? numbers.equals(List.of(value.getYear(), value.getMonthValue(), value.getDayOfMonth()))
          : numbers.equals(List.of(value.getDayOfMonth(), value.getYear()));
    }
    if (cell instanceof Cell.TimeOfDay time) {
      return numbers.get(0) * 60 + numbers.get(1) == time.minutes()
          && numbers.stream().skip(2).allMatch(n -> n == 0);
    }
    if (cell instanceof Cell.Offset offset) {
      int seconds =
          numbers.get(0) * 3600 + numbers.get(1) * 60 + (numbers.size() > 2 ? numbers.get(2) : 0);
      return (plain.startsWith("+") ? seconds : -seconds) == offset.seconds();
    }
    if (cell instanceof Cell.Timestamp timestamp) {
      return OffsetDateTime.parse(plain.toUpperCase(Locale.ROOT).replace(' ', 'T'))
          .toInstant()
          .equals(timestamp.value());
    }
    return false;
  }

  /** The last separator is the decimal one, unless it stands twice. */
  private static BigDecimal number(String plain) {
    boolean percent = plain.endsWith("%");
    String digits = plain.replace("%", "").replace(" ", "").replace('−', '-').replace('–', '-');
    int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    if (last >= 0 && digits.indexOf(digits.charAt(last)) != last) {
      last = digits.length();
    }
    if (last < 0) {
      last = digits.length();
    }
    String whole = digits.substring(0, last).replaceAll("[.,]", "");
    String rest = last < digits.length() ? digits.substring(last + 1) : "";
    var value = new BigDecimal(whole + (rest.isEmpty() ? "" : "." + rest));
    return percent ? value.movePointLeft(2) : value;
  }
}

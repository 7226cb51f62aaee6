package rekindle.service.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.service.address.PhoneNumber;

/**
 * One row, whose cells are read by their type, wherever it stands. An empty cell is unknown: null.
 * A cell that cannot be read is reported, makes the row bad, and reads as null too.
 */
final class TypedRow {
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_LINK = 2000;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** A cell as a whole, where a part of a list is asked for. */
  static final int WHOLE = -1;

  private final Cells cells;
  private boolean bad;

  TypedRow(Cells cells) {
    this.cells = cells;
  }

  String file() {
    return cells.file();
  }

  long line() {
    return cells.line();
  }

  /** All that the row tells: two rows that tell the same are equal here. */
  List<String> content() {
    return cells.content();
  }

  /** Whether any cell that was asked for could not be read. */
  boolean isBad() {
    return bad;
  }

  /** The cell without blanks around it; null if it is empty or there is no such column. */
  @Nullable String cell(String column) {
    return cells.text(column);
  }

  /** The cell, which must not be empty. */
  @Nullable String required(String column) {
    String text = cell(column);
    if (text == null) {
      error(column, null, "The cell is empty, but every row needs it.");
    }
    return text;
  }

  /** A key of the system of record; one that is an address would carry it into the facts. */
  @Nullable String id(String column) {
    String text = cell(column);
    if (text == null) {
      return null;
    }
    if (looksLikeAddress(text)) {
      error(
          column,
          null,
          "The key looks like an address, and facts must not carry any; use the key of the system"
              + " of record.");
      return null;
    }
    return plain(column, text, LONGEST_ID);
  }

  private static boolean looksLikeAddress(String text) {
    return text.indexOf('@') >= 0 || PhoneNumber.looksLike(text);
  }

  /** Whether a text can be a key of the system of record. */
  static boolean isKey(String text) {
    return !text.isBlank() && !looksLikeAddress(text) && isPlain(text, LONGEST_ID);
  }

  @Nullable String requiredId(String column) {
    return required(column) == null ? null : id(column);
  }

  /** A word or a short text; an address in it would be carried into the facts. */
  @Nullable String text(String column) {
    String text = cell(column);
    if (text == null) {
      return null;
    }
    if (text.indexOf('@') >= 0) {
      error(column, null, "The text holds an address, and facts must not carry any.");
      return null;
    }
    return plain(column, text, LONGEST_TEXT);
  }

  /** An address, or a word for one; what it is stays out of every message. */
  @Nullable String address(String column) {
    return unseen(column, LONGEST_ADDRESS);
  }

  /** A link; it can name a person, and stays out of every message too. */
  @Nullable String link(String column) {
    return unseen(column, LONGEST_LINK);
  }

  private @Nullable String unseen(String column, int longest) {
    String text = cell(column);
    if (text != null && !isPlain(text, longest)) {
      error(column, null, "Expected one line of at most " + longest + " characters.");
      return null;
    }
    return text;
  }

  private @Nullable String plain(String column, String text, int longest) {
    if (!isPlain(text, longest)) {
      error(column, text, "Expected one line of at most " + longest + " characters.");
      return null;
    }
    return text;
  }

  private static boolean isPlain(String text, int longest) {
    return text.length() <= longest && text.codePoints().noneMatch(Character::isISOControl);
  }

  @Nullable String code(String column, Vocabulary vocabulary) {
    String text = cell(column);
    return text == null || isCode(column, WHOLE, text, vocabulary) ? text : null;
  }

  @Nullable String requiredCode(String column, Vocabulary vocabulary) {
    return required(column) == null ? null : code(column, vocabulary);
  }

  /** The codes of a list, each once, in its order. */
  List<String> codes(String column, Vocabulary vocabulary) {
    return list(column, (part, text) -> isCode(column, part, text, vocabulary));
  }

  private boolean isCode(String column, int part, String text, Vocabulary vocabulary) {
    if (vocabulary.allows(text)) {
      return true;
    }
    fault(
        column,
        part,
        text,
        "That is no "
            + vocabulary.name()
            + "; expected "
            + Suggestion.anyOf(vocabulary.codes())
            + (vocabulary.open() ? ", or another code in lower_snake_case." : ".")
            + Suggestion.didYouMean(text, vocabulary.codes()));
    return false;
  }

  /** The values of a list, each of which must be known. */
  List<String> listOf(String column, Predicate<String> isKnown, String expected) {
    return list(
        column,
        (part, text) -> {
          boolean known = isKnown.test(text);
          if (!known) {
            fault(column, part, text, expected);
          }
          return known;
        });
  }

  private interface Part {
    boolean isGood(int part, String text);
  }

  private List<String> list(String column, Part check) {
    var values = new ArrayList<String>();
    List<String> parts = cells.list(column);
    for (int i = 0; i < parts.size(); i++) {
      String value = parts.get(i);
      if (check.isGood(i, value) && !values.contains(value)) {
        values.add(value);
      }
    }
    return values;
  }

  /** An instant with an offset, or a date, which means the start of that day in UTC. */
  @Nullable Instant instant(String column) {
    String text = cell(column);
    if (text == null) {
      return null;
    }
    Optional<Instant> instant = parseInstant(text);
    if (instant.isEmpty() || instant.get().isBefore(EARLIEST) || !instant.get().isBefore(LATEST)) {
      error(
          column,
          text,
          "Expected a date or an instant from 1900 to 2099, such as 2026-03-10 or"
              + " 2026-03-10T15:00:00Z.");
      return null;
    }
    return instant.get();
  }

  @Nullable Instant requiredInstant(String column) {
    return required(column) == null ? null : instant(column);
  }

  static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  @Nullable Boolean yesNo(String column) {
    String text = cells.flag(column);
    if (text == null) {
      return null;
    }
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes":
        return true;
      case "false", "no":
        return false;
      default:
        error(column, text, "Expected true or false.");
        return null;
    }
  }

  /** A decimal number with a point, without signs of thousands. */
  @Nullable BigDecimal decimal(String column, BigDecimal least, BigDecimal most) {
    String text = cell(column);
    if (text == null) {
      return null;
    }
    if (text.matches("-?[0-9]{1,15}(\\.[0-9]{1,6})?")) {
      var number = new BigDecimal(text);
      if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
        return number;
      }
    }
    error(
        column,
        text,
        "Expected a number from %s to %s, such as 1250.50."
            .formatted(least.toPlainString(), most.toPlainString()));
    return null;
  }

  @Nullable Long count(String column) {
    String text = cells.whole(column);
    if (text == null) {
      return null;
    }
    if (text.matches("[0-9]{1,12}")) {
      return Long.valueOf(text);
    }
    error(column, text, "Expected a whole number, such as 0 or 12.");
    return null;
  }

  /** Reports a fault of this row. */
  void error(String column, @Nullable String found, String why) {
    fault(column, WHOLE, found, why);
  }

  private void fault(String column, int part, @Nullable String found, String why) {
    bad = true;
    cells.error(column, part, found, why);
  }

  /** Reports something that leaves nothing out. */
  void warn(String column, String why) {
    cells.warning(column, why);
  }
}

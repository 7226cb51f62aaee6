package rekindle.service.intake;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is reported while files are read: findings as they come, in the order of the files, and how
 * far the reading is. Not thread-safe.
 */
public final class IntakeLog {
  private static final int SHOWN_MAX = 60;
  private static final int PHONE_DIGITS = 7;

  private final Consumer<IntakeFinding> findings;
  private final Consumer<String> notes;
  private long errors;
  private long warnings;

  /**
   * @param findings takes each finding at once
   * @param notes takes sentences on progress and labels, without a line break
   */
  public IntakeLog(Consumer<IntakeFinding> findings, Consumer<String> notes) {
    this.findings = findings;
    this.notes = notes;
  }

  /** Whether anything was left out so far. */
  public long errors() {
    return errors;
  }

  public long warnings() {
    return warnings;
  }

  void note(String sentence) {
    notes.accept(sentence);
  }

  void error(String file, long line, @Nullable String column, @Nullable String found, String why) {
    errors++;
    findings.accept(
        new IntakeFinding(
            IntakeFinding.Severity.ERROR, file, line, column, shown(column, found), why));
  }

  void warning(
      String file, long line, @Nullable String column, @Nullable String found, String why) {
    warnings++;
    findings.accept(
        new IntakeFinding(
            IntakeFinding.Severity.WARNING, file, line, column, shown(column, found), why));
  }

  /** Short and on one line: never an address, a megabyte or a control character. */
  static @Nullable String shown(@Nullable String column, @Nullable String found) {
    if (found == null || mayBeAddress(column, found)) {
      return null;
    }
    var text = new StringBuilder();
    found
        .codePoints()
        .limit(SHOWN_MAX)
        .map(
            c ->
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                    ? '\uFFFD'
                    : c)
        .forEach(text::appendCodePoint);
    return found.codePointCount(0, found.length()) > SHOWN_MAX
        ? text.append('…').toString()
        : text.toString();
  }

  /** Cells slip into wrong columns, and a report must not carry an address on; keys are digits. */
  private static boolean mayBeAddress(@Nullable String column, String found) {
    if (found.indexOf('@') >= 0) {
      return true;
    }
    boolean key = column != null && column.toLowerCase(Locale.ROOT).endsWith("id");
    return !key
        && found.matches("\\+?[0-9 ()./-]*")
        && found.replaceAll("[^0-9]", "").length() >= PHONE_DIGITS
        && !found.matches("[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}");
  }
}

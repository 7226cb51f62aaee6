package rekindle.service.intake;

import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or remarkable, in an input file.
 *
 * @param severity an error leaves something out; a warning leaves nothing out
 * @param file name of the file, without folders
 * @param line line on which the record starts, as an editor counts; 0 for the whole file
 * @param column label of the column; null for the whole record
 * @param found what stands there, shortened; null where it is an address or there is nothing
 * @param message what is wrong, what is allowed and what to do, in one sentence
 */
public record IntakeFinding(
    Severity severity,
    String file,
    long line,
    @Nullable String column,
    @Nullable String found,
    String message) {

  /** Whether something was left out. */
  public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String code;

    Severity(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Severity of(String code) {
      return code.equals(ERROR.code) ? ERROR : WARNING;
    }
  }

  /** Labels of {@link #toCsv()}. */
  public static final String CSV_HEADER = "severity,file,line,column,found,message";

  /** As one RFC 4180 record without its line break, so that a spreadsheet program can sort them. */
  public String toCsv() {
    return CSVFormat.RFC4180.format(
        severity.code(),
        file,
        line == 0 ? "" : line,
        Objects.requireNonNullElse(column, ""),
        inert(Objects.requireNonNullElse(found, "")),
        message);
  }

  /** Never a formula for a spreadsheet program, since what was found is a stranger's text. */
  private static String inert(String text) {
    return !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}

package rekindle.table;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person should mend or know about a workbook, in the author's language.
 *
 * @param cell address such as {@code D14}; null where a row or the whole sheet is meant
 * @param row row number; null where the whole sheet is meant
 * @param id the row's own id; null where it has none
 * @param code stable lower_snake_case name of the kind of finding
 * @param message where, what was found, what is allowed, what to do: readable without the other
 *     fields
 * @param example canonical JSON of facts that show it, or of one case by column label; null where
 *     none helps
 */
public record Finding(
    Severity severity,
    String workbook,
    @Nullable String sheet,
    @Nullable String cell,
    @Nullable Integer row,
    @Nullable String id,
    String code,
    String message,
    @Nullable String example) {

  /** Whether a release with the finding may be used. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** The order in which findings are shown: as the author reads the files. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::workbook)
          .thenComparing(f -> f.sheet() == null ? "" : f.sheet())
          .thenComparing(f -> f.row() == null ? 0 : f.row())
          .thenComparing(f -> f.cell() == null ? "" : f.cell())
          .thenComparing(Finding::code)
          .thenComparing(Finding::message);
}

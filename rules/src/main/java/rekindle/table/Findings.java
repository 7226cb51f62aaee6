package rekindle.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;
import rekindle.table.Finding.Severity;

/** Collects the findings of one workbook; keeps a bounded number. Not thread-safe. */
final class Findings {
  /** As many as a person may want to see at once. */
  static final int SHOWN_MAX = 1_000;

  private static final int KEPT_MAX = 5 * SHOWN_MAX;

  private final String workbook;
  private final List<Finding> kept = new ArrayList<>();
  private int dropped;
  private boolean errorDropped;
  private int errors;

  Findings(String workbook) {
    this.workbook = workbook;
  }

  /** A fault of the whole file. */
  void file(String code, String message) {
    add(Severity.ERROR, null, null, null, null, code, message);
  }

  void sheet(Severity severity, String sheet, String code, String message) {
    add(severity, sheet, null, null, null, code, message);
  }

  void row(String sheet, int row, @Nullable String id, String code, String message) {
    add(Severity.ERROR, sheet, row, id, null, code, message);
  }

  /**
   * @param column zero-based
   */
  void cell(
      Severity severity,
      String sheet,
      int row,
      @Nullable String id,
      int column,
      String code,
      String message) {
    add(severity, sheet, row, id, CellReference.convertNumToColString(column) + row, code, message);
  }

  /** Whether so much was found that reading on would help nobody. */
  boolean isFull() {
    return kept.size() == KEPT_MAX;
  }

  /** How many errors there are up to now; a table is whole if reading it added none. */
  int errors() {
    return errors;
  }

  /** Sorted, and bounded by {@link #SHOWN_MAX} and one line that says how many more there are. */
  List<Finding> sorted() {
    var sorted = new ArrayList<>(kept);
    sorted.sort(Finding.ORDER);
    if (sorted.size() + dropped <= SHOWN_MAX) {
      return List.copyOf(sorted);
    }
    List<Finding> rest = sorted.subList(SHOWN_MAX, sorted.size());
    int more = rest.size() + dropped;
    boolean error = errorDropped || rest.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    var shown = new ArrayList<>(sorted.subList(0, SHOWN_MAX));
    shown.add(
        new Finding(
            error ? Severity.ERROR : Severity.WARNING,
            workbook,
            null,
            null,
            null,
            null,
            FindingCodes.MORE_FINDINGS,
            workbook
                + ".xlsx: and "
                + (isFull() ? "more than " : "")
                + more
                + " more; mend these first and check again",
            null));
    return List.copyOf(shown);
  }

  private void add(
      Severity severity,
      @Nullable String sheet,
      @Nullable Integer row,
      @Nullable String id,
      @Nullable String cell,
      String code,
      String message) {
    if (severity == Severity.ERROR) {
      errors++;
    }
    if (kept.size() == KEPT_MAX) {
      dropped++;
      errorDropped |= severity == Severity.ERROR;
      return;
    }
    var place = new StringBuilder(workbook).append(".xlsx");
    if (sheet != null) {
      place.append(", sheet ").append(Words.plain(sheet));
    }
    if (row != null) {
      place.append(", row ").append(row);
    }
    if (id != null) {
      place.append(" (").append(Words.plain(id)).append(')');
    }
    if (cell != null) {
      place.append(", cell ").append(cell);
    }
    kept.add(
        new Finding(severity, workbook, sheet, cell, row, id, code, place + ": " + message, null));
  }
}

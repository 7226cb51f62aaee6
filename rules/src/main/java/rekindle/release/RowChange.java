package rekindle.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row, recognised by its Id.
 *
 * @param before row number in the sheet before, null for an added row
 * @param after row number in the sheet after, null for a removed row
 * @param cells what differs, in the order of the columns: all cells that say anything of an added
 *     or removed row, none of a row that only moved
 */
public record RowChange(
    String workbook,
    String sheet,
    String id,
    Kind kind,
    @Nullable Integer before,
    @Nullable Integer after,
    List<CellChange> cells) {

  /** What happened to a row. A row that both moved and changed is changed, and moved besides. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    MOVED
  }

  /**
   * One cell, as a person would type it; empty where there was no row or the cell was blank.
   *
   * @param column header of the column
   * @param decides whether the column takes part in decisions; false for notes
   */
  public record CellChange(String column, String before, String after, boolean decides) {}

  public RowChange {
    cells = List.copyOf(cells);
  }

  /** Whether decisions can come out differently because of this. */
  public boolean decides() {
    return kind != Kind.CHANGED || cells.stream().anyMatch(CellChange::decides);
  }
}

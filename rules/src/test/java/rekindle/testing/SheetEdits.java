package rekindle.testing;

/**
 * What a person does to one sheet, as statements of LibreOffice Basic for {@link LibreOffice}. Rows
 * and columns are counted from 0.
 */
public final class SheetEdits {
  private final String sheet;
  private final int width;
  private final StringBuilder statements = new StringBuilder();

  /**
   * @param number tells the sheets of a workbook apart
   * @param width how many columns the sheet has
   */
  public SheetEdits(String name, int number, int width) {
    this.sheet = "sheet" + number;
    this.width = width;
    add("Dim %s As Object", sheet);
    add("%s = doc.Sheets.getByName(\"%s\")", sheet, name);
  }

  /** A cell typed anew, as text whatever it looks like. */
  public void type(int column, int row, String text) {
    add("%s.getCellByPosition(%d, %d).String = \"%s\"", sheet, column, row, text);
  }

  /** Blank rows before the given one. */
  public void insertRows(int before, int count) {
    add("%s.Rows.insertByIndex(%d, %d)", sheet, before, count);
  }

  public void copyRow(int from, int to) {
    add(
        "%1$s.copyRange(%1$s.getCellByPosition(0, %3$d).CellAddress,"
            + " %1$s.getCellRangeByPosition(0, %2$d, %4$d, %2$d).RangeAddress)",
        sheet, from, to, width - 1);
  }

  /** Takes a column out and puts it before another that stands left of it. */
  public void moveColumn(int from, int before, int lastRow) {
    add("%s.Columns.insertByIndex(%d, 1)", sheet, before);
    add(
        "%1$s.moveRange(%1$s.getCellByPosition(%3$d, 0).CellAddress,"
            + " %1$s.getCellRangeByPosition(%2$d, 0, %2$d, %4$d).RangeAddress)",
        sheet, from + 1, before, lastRow);
    add("%s.Columns.removeByIndex(%d, 1)", sheet, from + 1);
  }

  /** Sorts rows by the first column, the last first. */
  public void sortDescending(int firstRow, int lastRow) {
    add("Dim field%s(0) As New com.sun.star.table.TableSortField", sheet);
    add("field%s(0).Field = 0", sheet);
    add("field%s(0).IsAscending = False", sheet);
    add("Dim sorting%s(1) As New com.sun.star.beans.PropertyValue", sheet);
    add("sorting%s(0).Name = \"SortFields\"", sheet);
    add("sorting%1$s(0).Value = field%1$s()", sheet);
    add("sorting%s(1).Name = \"ContainsHeader\"", sheet);
    add("sorting%s(1).Value = False", sheet);
    add(
        "%1$s.getCellRangeByPosition(0, %2$d, %3$d, %4$d).sort(sorting%1$s())",
        sheet, firstRow, width - 1, lastRow);
  }

  /** The statements, one a line. */
  public String statements() {
    return statements.toString();
  }

  private void add(String statement, Object... values) {
    statements.append("  ").append(statement.formatted(values)).append('\n');
  }
}

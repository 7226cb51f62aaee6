package rekindle.table;

import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Comments as a spreadsheet program shows them beside a cell. */
final class CellComment {
  private static final String AUTHOR = "Rekindle";
  private static final int CHARACTERS_MAX = 8_000;
  private static final float BOX_PIXELS = 380;
  private static final int BOX_COLUMNS_MAX = 12;
  private static final int LINE_CHARACTERS = 52;
  private static final int BOX_ROWS_MAX = 40;

  private CellComment() {}

  /** Adds a comment, below what somebody wrote there before. */
  static void add(XSSFCell cell, String text) {
    XSSFComment before = cell.getCellComment();
    String there = before == null ? "" : before.getString().getString() + "\n\n";
    String whole = there + text;
    String shown =
        whole.length() > CHARACTERS_MAX ? whole.substring(0, CHARACTERS_MAX) + " …" : whole;
    cell.removeCellComment();
    XSSFComment comment =
        cell.getSheet().createDrawingPatriarch().createCellComment(box(cell, shown));
    comment.setAuthor(AUTHOR);
    comment.setString(new XSSFRichTextString(shown));
    cell.setCellComment(comment);
  }

  /** Beside the cell, as wide as a sentence wants and as high as the text, whatever the columns. */
  private static XSSFClientAnchor box(XSSFCell cell, String text) {
    XSSFSheet sheet = cell.getSheet();
    int first = cell.getColumnIndex() + 1;
    // POI takes the cell of the anchor for the cell of the comment, until it is told otherwise.
    while (sheet.getCellComment(new CellAddress(cell.getRowIndex(), first)) != null) {
      first++;
    }
    int last = first;
    float pixels = 0;
    while (pixels < BOX_PIXELS && last < first + BOX_COLUMNS_MAX) {
      pixels += sheet.getColumnWidthInPixels(last++);
    }
    long lines = text.lines().mapToLong(line -> 1 + line.length() / LINE_CHARACTERS).sum() + 1;
    int row = cell.getRowIndex();
    return new XSSFClientAnchor(
        0, 0, 0, 0, first, row, last, row + (int) Math.min(BOX_ROWS_MAX, lines));
  }
}

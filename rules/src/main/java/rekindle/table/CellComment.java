package rekindle.table;

import java.util.List;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Comments as a spreadsheet program shows them beside a cell. */
final class CellComment {
  private static final String AUTHOR = "Rekindle";

  /** Begins our part of a comment. */
  private static final String MARK = "Rekindle found:\n";

  private static final int CHARACTERS_MAX = 8_000;
  private static final float BOX_PIXELS = 380;
  private static final int BOX_COLUMNS_MAX = 12;
  private static final int LINE_CHARACTERS = 52;
  private static final int BOX_ROWS_MAX = 40;

  private CellComment() {}

  /** Takes all comments out, and from those that somebody else began our part. */
  static void clean(XSSFSheet sheet) {
    for (var entry : List.copyOf(sheet.getCellComments().entrySet())) {
      String text = entry.getValue().getString().getString();
      int ours = text.indexOf(MARK);
      if (ours >= 0) {
        String theirs = text.substring(0, ours).strip();
        if (theirs.isEmpty()) {
          sheet
              .getRow(entry.getKey().getRow())
              .getCell(entry.getKey().getColumn())
              .removeCellComment();
        } else {
          entry.getValue().setString(new XSSFRichTextString(theirs));
        }
      }
    }
  }

  /** Adds a comment, below what somebody wrote there before. */
  static void add(XSSFCell cell, String text) {
    XSSFComment before = cell.getCellComment();
    String there = before == null ? "" : before.getString().getString() + "\n\n";
    String author = before == null ? AUTHOR : before.getAuthor();
    String whole = there + MARK + text;
    String shown =
        whole.length() > CHARACTERS_MAX ? whole.substring(0, CHARACTERS_MAX) + " …" : whole;
    cell.removeCellComment();
    XSSFComment comment =
        cell.getSheet().createDrawingPatriarch().createCellComment(box(cell, shown));
    comment.setAuthor(author);
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

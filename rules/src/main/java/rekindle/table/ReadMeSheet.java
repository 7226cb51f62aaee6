package rekindle.table;

import java.util.List;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import rekindle.table.Column.Kind;

/** The first sheet of a workbook: what it decides, how to change it, check it and upload it. */
final class ReadMeSheet {
  private static final int[] WIDTHS = {28, 100, 40};
  private static final List<String> CHANGING =
      List.of(
          "Sort, filter, insert, copy and delete rows as you like, in Excel, LibreOffice or Google"
              + " Sheets. Columns may be moved: they are known by their labels.",
          "Each row has an Id of its own that stays the same when rows move. Copy a row, then give"
              + " the copy a new Id.",
          "White columns are conditions, shaded columns with → are results. Write any where a"
              + " condition does not matter; a blank one is an error.",
          "Several codes: email, sms. All but some: not email, sms. Nobody knows: unknown. No"
              + " result: none.",
          "From and To are the first and the last day on which a row is in force; blank means"
              + " always.",
          "In a table whose first row that holds decides, the last row has otherwise as Id and in"
              + " every condition.",
          "Cells hold values. Formulas, macros and links to other files are refused; a web link as"
              + " Citation is fine.",
          "Rows 4 to 9 of a table are hidden and written by the program; what stands there decides"
              + " nothing.");
  private static final List<String> CHECKING =
      List.of(
          "Check: java -jar rekindle.jar tables check <folder with the workbooks>. It lists every"
              + " mistake by sheet, row and cell, and says what to write.",
          "Upload: java -jar rekindle.jar tables push <folder>. A second person approves before it"
              + " decides anything; earlier versions are kept.");

  private final XSSFSheet sheet;
  private final SheetStyles styles;
  private int next;

  private ReadMeSheet(XSSFSheet sheet, SheetStyles styles) {
    this.sheet = sheet;
    this.styles = styles;
  }

  static void write(
      XSSFWorkbook book,
      SheetStyles styles,
      String workbook,
      String about,
      List<TypedTable> tables) {
    var readMe = new ReadMeSheet(book.createSheet(WorkbookReader.READ_ME), styles);
    readMe.put(0, workbook + ".xlsx", styles.title());
    readMe.sheet.getRow(0).setHeightInPoints(24);
    readMe.next++;
    for (String line : about.split("\n", -1)) {
      readMe.put(0, line, styles.sentence());
      readMe.next++;
    }
    readMe.writeTables(tables);
    readMe.writeLines("How to change a table", CHANGING);
    readMe.writeLines("How to check and upload it", CHECKING);
    for (int i = 0; i < WIDTHS.length; i++) {
      readMe.sheet.setColumnWidth(i, WIDTHS[i] * 256);
    }
    readMe.sheet.setDisplayGridlines(false);
    readMe.sheet.setFitToPage(true);
    readMe.sheet.getPrintSetup().setLandscape(true);
    readMe.sheet.getPrintSetup().setFitHeight((short) 0);
  }

  private void writeTables(List<TypedTable> tables) {
    next++;
    put(0, "Sheet", styles.header(Kind.CONDITION));
    put(1, "What it decides", styles.header(Kind.CONDITION));
    put(2, "How its rows are read", styles.header(Kind.CONDITION));
    next++;
    for (TypedTable table : tables) {
      TableDefinition definition = table.definition();
      XSSFCell cell = put(0, definition.sheet(), styles.link());
      var link = sheet.getWorkbook().getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
      link.setAddress("'" + definition.sheet() + "'!A1");
      cell.setHyperlink(link);
      put(1, definition.decides(), styles.paragraph());
      put(2, definition.hitPolicy().reading(), styles.paragraph());
      next++;
    }
    put(0, WorkbookReader.LISTS, styles.paragraph());
    put(1, "Says what each code means; the drop-downs read it.", styles.paragraph());
    next++;
  }

  private void writeLines(String heading, List<String> lines) {
    next++;
    put(0, heading, styles.bold());
    for (String line : lines) {
      put(1, line, styles.paragraph());
      next++;
    }
  }

  private XSSFCell put(int column, String text, XSSFCellStyle style) {
    XSSFRow row = sheet.getRow(next) == null ? sheet.createRow(next) : sheet.getRow(next);
    XSSFCell cell = row.createCell(column);
    cell.setCellValue(text);
    cell.setCellStyle(style);
    if (style.getWrapText()) {
      RowHeight.grow(row, RowHeight.lines(text, WIDTHS[column] - 2));
    }
    return cell;
  }
}

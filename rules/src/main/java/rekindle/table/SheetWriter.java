package rekindle.table;

import java.util.List;
import org.apache.poi.ss.usermodel.ComparisonOperator;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import rekindle.table.Column.Kind;

/** Writes the sheet of one table. */
final class SheetWriter {
  private static final String AS_TYPED = "@";
  private static final String ISO_DATE = "yyyy-mm-dd";

  /** Rows below the last one that have drop-downs too, for rows to come. */
  private static final int SPARE_ROWS = 500;

  private static final int WIDTH_UNIT = 256;

  /** Characters that indent and borders of a cell take, and the arrow of the filter. */
  private static final int MARGIN = 3;

  private static final int FILTER = 3;

  private final XSSFSheet sheet;
  private final SheetStyles styles;
  private final ListsSheet lists;
  private final TypedTable table;
  private final TableDefinition definition;
  private final List<Column> columns;
  private final int[] widths;

  SheetWriter(XSSFWorkbook book, SheetStyles styles, ListsSheet lists, TypedTable table) {
    this.sheet = book.createSheet(table.definition().sheet());
    this.styles = styles;
    this.lists = lists;
    this.table = table;
    this.definition = table.definition();
    this.columns = definition.columns();
    this.widths = columns.stream().mapToInt(this::width).toArray();
  }

  void write() {
    writeTitle();
    writeCodeRows();
    writeHeader();
    int number = SheetHeader.ROW + 1;
    for (TypedRow row : table.rows()) {
      writeRow(sheet.createRow(number - 1), row);
      number++;
    }
    int last = Math.max(SheetHeader.ROW + 1, number - 1);
    layOut(last);
    offerCodes(last + SPARE_ROWS);
    greyWords(last + SPARE_ROWS);
  }

  private void writeTitle() {
    String reading =
        definition.hitPolicy().reading()
            + (definition.conditions().stream().allMatch(c -> c.condition() == null)
                ? ""
                : " Write any where it does not matter: any is every value, known or not; unknown is"
                    + " what nobody knows, and nothing else.");
    text(0, definition.title()).setCellStyle(styles.title());
    text(1, definition.decides()).setCellStyle(styles.sentence());
    text(2, reading).setCellStyle(styles.hint());
    sheet.getRow(0).setHeightInPoints(24);
    sheet.getRow(2).setHeightInPoints(21);
  }

  private XSSFCell text(int row, String text) {
    XSSFCell cell = sheet.createRow(row).createCell(0);
    cell.setCellValue(text);
    return cell;
  }

  private void writeCodeRows() {
    for (int row = CodeRows.FIRST; row <= CodeRows.LAST; row++) {
      sheet.createRow(row - 1).setZeroHeight(true);
    }
    int row = CodeRows.FIRST;
    for (List<String> texts : CodeRows.head(definition)) {
      for (int column = 0; column < texts.size(); column++) {
        code(row, column, texts.get(column));
      }
      row++;
    }
    for (int column = 0; column < columns.size(); column++) {
      List<String> texts = CodeRows.of(definition, columns.get(column));
      for (int i = 0; i < texts.size(); i++) {
        code(CodeRows.LAST - texts.size() + 1 + i, column, texts.get(i));
      }
    }
  }

  private void code(int row, int column, String text) {
    if (!text.isEmpty()) {
      sheet.getRow(row - 1).createCell(column).setCellValue(text);
    }
  }

  private void writeHeader() {
    XSSFRow row = sheet.createRow(SheetHeader.ROW - 1);
    int lines = 1;
    for (int i = 0; i < columns.size(); i++) {
      XSSFCell cell = row.createCell(i);
      cell.setCellValue(columns.get(i).label());
      cell.setCellStyle(styles.header(columns.get(i).kind()));
      lines = Math.max(lines, RowHeight.lines(columns.get(i).label(), widths[i] - MARGIN - FILTER));
    }
    RowHeight.grow(row, Math.max(2, lines));
  }

  private void writeRow(XSSFRow row, TypedRow typed) {
    int lines = 1;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Cell value = typed.cell(column.key());
      XSSFCell cell = row.createCell(i);
      cell.setCellStyle(styles.cell(column, format(column, value)));
      if (value instanceof Cell.Number number) {
        cell.setCellValue(number.value().doubleValue());
      } else if (value instanceof Cell.Date date && isDateCell(column)) {
        cell.setCellValue(date.value());
      } else if (!(value instanceof Cell.Blank)) {
        String text = CellWriter.text(column, value);
        cell.setCellValue(XmlEscapes.encode(text));
        lines = Math.max(lines, RowHeight.lines(text, widths[i] - MARGIN));
      }
    }
    RowHeight.grow(row, lines);
  }

  /** Text columns are formatted as text, so that no program makes a date of {@code 10-13}. */
  private String format(Column column, @Nullable Cell value) {
    CellType type = column.type();
    if (isDateCell(column)) {
      return ISO_DATE;
    }
    if (type instanceof CellType.Share) {
      boolean whole =
          !(value instanceof Cell.Number number)
              || number.value().movePointRight(2).stripTrailingZeros().scale() <= 0;
      return whole ? "0%" : "0.00%";
    }
    return SheetStyles.isNumeric(type) ? "General" : AS_TYPED;
  }

  /** A stock Drools puts quotes around date cells; where its rules read the cell, it is text. */
  private boolean isDateCell(Column column) {
    boolean read = column.kind() == Kind.CONDITION || column.kind() == Kind.RESULT;
    return column.type() instanceof CellType.Date && !(read && CodeRows.has(definition));
  }

  private void layOut(int last) {
    for (int i = 0; i < columns.size(); i++) {
      sheet.setColumnWidth(i, widths[i] * WIDTH_UNIT);
      sheet.setDefaultColumnStyle(i, styles.blank(format(columns.get(i), null)));
    }
    sheet.createFreezePane(1, SheetHeader.ROW);
    sheet.setAutoFilter(new CellRangeAddress(SheetHeader.ROW - 1, last - 1, 0, columns.size() - 1));
    sheet.setZoom(100);
    sheet.getPrintSetup().setLandscape(true);
    sheet.setFitToPage(true);
    sheet.getPrintSetup().setFitWidth((short) 1);
    sheet.getPrintSetup().setFitHeight((short) 0);
    int header = SheetHeader.ROW - 1;
    sheet.setRepeatingRows(new CellRangeAddress(header, header, 0, columns.size() - 1));
  }

  /** Characters; wide enough for the longest word of the label and for most cells. */
  private int width(Column column) {
    int widest = 10;
    for (String word : column.label().split(" ", -1)) {
      widest = Math.max(widest, word.length() + MARGIN + FILTER);
    }
    int longest = 0;
    for (TypedRow row : table.rows()) {
      for (String line : CellWriter.text(column, row.cell(column.key())).split("\n", -1)) {
        longest = Math.max(longest, line.length());
      }
    }
    return Math.max(widest, Math.min(widthMax(column), longest + MARGIN));
  }

  private static int widthMax(Column column) {
    if (column.type() instanceof CellType.Text) {
      return 60;
    }
    return column.kind() == Kind.ID ? 30 : 28;
  }

  private void offerCodes(int last) {
    DataValidationHelper helper = sheet.getDataValidationHelper();
    for (int i = 0; i < columns.size(); i++) {
      DataValidationConstraint constraint = constraint(helper, columns.get(i));
      if (constraint == null) {
        continue;
      }
      var cells = new CellRangeAddressList(SheetHeader.ROW, last - 1, i, i);
      DataValidation validation = helper.createValidation(constraint, cells);
      validation.setErrorStyle(DataValidation.ErrorStyle.WARNING);
      validation.setShowErrorBox(true);
      validation.setSuppressDropDownArrow(true);
      validation.createErrorBox(
          "Not in the list",
          "Lists (email, sms) and exclusions (not email) are typed by hand. The sheet Lists says what"
              + " each code means.");
      sheet.addValidationData(validation);
    }
  }

  private @Nullable DataValidationConstraint constraint(
      DataValidationHelper helper, Column column) {
    boolean condition = column.condition() != null;
    if (column.type() instanceof CellType.YesNo) {
      return helper.createExplicitListConstraint(
          condition
              ? new String[] {"any", "yes", "no", "unknown"}
              : new String[] {"yes", "no", "none"});
    }
    String range = lists.range(column);
    return range == null ? null : helper.createFormulaListConstraint(range);
  }

  /** Greys what does not decide, also when a person types it later. */
  private void greyWords(int last) {
    var formatting = sheet.getSheetConditionalFormatting();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).condition() == null) {
        continue;
      }
      CellRangeAddress[] cells = {new CellRangeAddress(SheetHeader.ROW, last - 1, i, i)};
      formatting.addConditionalFormatting(cells, grey(CellReader.ANY), grey(TypedRow.OTHERWISE));
    }
  }

  private ConditionalFormattingRule grey(String word) {
    ConditionalFormattingRule rule =
        sheet
            .getSheetConditionalFormatting()
            .createConditionalFormattingRule(ComparisonOperator.EQUAL, '"' + word + '"');
    rule.createFontFormatting().setFontColor(new XSSFColor(SheetStyles.GREY, null));
    return rule;
  }
}

package rekindle.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import rekindle.table.Column.Kind;

/** The looks of a workbook's cells. */
final class SheetStyles {
  static final byte[] GREY = rgb(0x9AA0A6);

  private static final byte[] INK = rgb(0x1F2933);
  private static final byte[] SOFT_INK = rgb(0x5F6B7A);
  private static final byte[] WHITE = rgb(0xFFFFFF);
  private static final byte[] LINE = rgb(0xD5DBE1);
  private static final byte[] CONDITION_HEADER = rgb(0x33485E);
  private static final byte[] RESULT_HEADER = rgb(0x1E6B5C);
  private static final byte[] NOTE_HEADER = rgb(0x7B8794);
  private static final byte[] RESULT_SHADE = rgb(0xE6F2EF);

  private final XSSFWorkbook book;
  private final Map<String, XSSFCellStyle> styles = new HashMap<>();

  SheetStyles(XSSFWorkbook book) {
    this.book = book;
  }

  XSSFCellStyle title() {
    return styles.computeIfAbsent("title", k -> style(font(true, 16, INK), null));
  }

  XSSFCellStyle sentence() {
    return styles.computeIfAbsent("sentence", k -> style(font(false, 11, INK), null));
  }

  XSSFCellStyle hint() {
    return styles.computeIfAbsent("hint", k -> style(font(false, 11, SOFT_INK), null));
  }

  XSSFCellStyle bold() {
    return styles.computeIfAbsent(
        "bold", k -> indented(wrapped(style(font(true, 11, INK), null)), HorizontalAlignment.LEFT));
  }

  XSSFCellStyle paragraph() {
    return styles.computeIfAbsent(
        "paragraph",
        k -> indented(wrapped(style(font(false, 11, INK), null)), HorizontalAlignment.LEFT));
  }

  XSSFCellStyle link() {
    return styles.computeIfAbsent(
        "link",
        k -> {
          XSSFFont font = font(false, 11, RESULT_HEADER);
          font.setUnderline(XSSFFont.U_SINGLE);
          return indented(wrapped(style(font, null)), HorizontalAlignment.LEFT);
        });
  }

  /** The label of a column. */
  XSSFCellStyle header(Kind kind) {
    return styles.computeIfAbsent(
        "header " + group(kind),
        k -> {
          byte[] fill =
              switch (kind) {
                case ID, CONDITION -> CONDITION_HEADER;
                case RESULT -> RESULT_HEADER;
                case FROM, TO, NOTE -> NOTE_HEADER;
              };
          XSSFCellStyle style = wrapped(style(font(true, 11, WHITE), fill));
          style.setVerticalAlignment(VerticalAlignment.CENTER);
          return lined(indented(style, HorizontalAlignment.LEFT));
        });
  }

  /**
   * A cell of a row.
   *
   * @param format number format; {@code @} keeps what is typed as text
   */
  XSSFCellStyle cell(Column column, String format) {
    boolean right = isNumeric(column.type());
    return styles.computeIfAbsent(
        group(column.kind()) + right + format,
        k -> {
          byte[] fill = column.kind() == Kind.RESULT ? RESULT_SHADE : null;
          boolean note = column.type() instanceof CellType.Text;
          XSSFFont font = font(column.kind() == Kind.ID, 11, note ? SOFT_INK : INK);
          XSSFCellStyle style = lined(wrapped(style(font, fill)));
          style.setDataFormat(book.createDataFormat().getFormat(format));
          return indented(style, right ? HorizontalAlignment.RIGHT : HorizontalAlignment.LEFT);
        });
  }

  /** The format of a column's blank cells, so that what is typed there stays what it is. */
  XSSFCellStyle blank(String format) {
    return styles.computeIfAbsent(
        "blank " + format,
        k -> {
          XSSFCellStyle style = wrapped(style(font(false, 11, INK), null));
          style.setDataFormat(book.createDataFormat().getFormat(format));
          return style;
        });
  }

  static boolean isNumeric(CellType type) {
    return type instanceof CellType.WholeNumber
        || type instanceof CellType.Decimal
        || type instanceof CellType.Share;
  }

  private static String group(Kind kind) {
    return switch (kind) {
      case ID -> "id ";
      case CONDITION -> "condition ";
      case RESULT -> "result ";
      case FROM, TO, NOTE -> "note ";
    };
  }

  private XSSFFont font(boolean bold, int points, byte[] colour) {
    XSSFFont font = book.createFont();
    font.setFontName("Calibri");
    font.setBold(bold);
    font.setFontHeightInPoints((short) points);
    font.setColor(new XSSFColor(colour, null));
    return font;
  }

  private XSSFCellStyle style(XSSFFont font, byte @Nullable [] fill) {
    XSSFCellStyle style = book.createCellStyle();
    style.setFont(font);
    style.setVerticalAlignment(VerticalAlignment.TOP);
    if (fill != null) {
      style.setFillForegroundColor(new XSSFColor(fill, null));
      style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    }
    return style;
  }

  private static XSSFCellStyle wrapped(XSSFCellStyle style) {
    style.setWrapText(true);
    return style;
  }

  /** With a little room between text and line. */
  private static XSSFCellStyle indented(XSSFCellStyle style, HorizontalAlignment alignment) {
    style.setAlignment(alignment);
    style.setIndention((short) (alignment == HorizontalAlignment.LEFT ? 1 : 0));
    return style;
  }

  private static XSSFCellStyle lined(XSSFCellStyle style) {
    var line = new XSSFColor(LINE, null);
    style.setBorderTop(BorderStyle.THIN);
    style.setBorderBottom(BorderStyle.THIN);
    style.setBorderLeft(BorderStyle.THIN);
    style.setBorderRight(BorderStyle.THIN);
    style.setTopBorderColor(line);
    style.setBottomBorderColor(line);
    style.setLeftBorderColor(line);
    style.setRightBorderColor(line);
    return style;
  }

  private static byte[] rgb(int colour) {
    return new byte[] {(byte) (colour >> 16), (byte) (colour >> 8), (byte) colour};
  }
}

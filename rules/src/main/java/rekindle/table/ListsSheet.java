package rekindle.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFName;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.table.Column.Kind;

/**
 * The sheet that says what each code means; drop-downs read it. Under each vocabulary stand the
 * words for conditions, its codes, and the word for results, so that one stretch serves conditions
 * and another one results.
 */
final class ListsSheet {
  private static final int LABEL_ROW = 3;
  private static final int FIRST_ROW = 4;
  private static final int COLUMNS_EACH = 3;
  private static final int MEANING_WIDTH = 48;

  private final Map<Vocabulary, String> names = new LinkedHashMap<>();

  /** Takes up the vocabularies of a table. */
  void add(TableDefinition definition) {
    for (Column column : definition.columns()) {
      if (column.type() instanceof CellType.Codes codes && !codes.vocabulary().codes().isEmpty()) {
        names.computeIfAbsent(codes.vocabulary(), this::freeName);
      }
    }
  }

  /** The named range of a column's codes; null if it has none. */
  @Nullable String range(Column column) {
    String name =
        column.type() instanceof CellType.Codes codes ? names.get(codes.vocabulary()) : null;
    if (name == null) {
      return null;
    }
    return column.condition() != null ? name + "_or_any" : name + "_or_none";
  }

  void write(XSSFWorkbook book, SheetStyles styles) {
    XSSFSheet sheet = book.createSheet(WorkbookReader.LISTS);
    put(sheet, 0, 0, "What each code means").setCellStyle(styles.title());
    put(
            sheet,
            1,
            0,
            "The drop-downs of the other sheets read these lists. New codes come with a new version"
                + " of Rekindle, except where a list says that rows may add codes.")
        .setCellStyle(styles.sentence());
    int column = 0;
    for (var entry : names.entrySet()) {
      writeList(sheet, styles, entry.getKey(), entry.getValue(), column);
      column += COLUMNS_EACH;
    }
    sheet.createFreezePane(0, FIRST_ROW);
    sheet.getRow(0).setHeightInPoints(24);
    sheet.setFitToPage(true);
    sheet.getPrintSetup().setLandscape(true);
    sheet.getPrintSetup().setFitHeight((short) 0);
  }

  private void writeList(
      XSSFSheet sheet, SheetStyles styles, Vocabulary vocabulary, String name, int column) {
    String label = vocabulary.name() + (vocabulary.open() ? " (rows may add codes)" : "");
    put(sheet, LABEL_ROW, column, label).setCellStyle(styles.header(Kind.CONDITION));
    put(sheet, LABEL_ROW, column + 1, "meaning").setCellStyle(styles.header(Kind.NOTE));
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {CellReader.ANY, "every value, known or not (conditions)"});
    lines.add(new String[] {CellReader.UNKNOWN, "nobody knows (conditions)"});
    vocabulary
        .meanings()
        .forEach(
            (code, meaning) -> {
              if (!code.equals(CellReader.UNKNOWN) && !code.equals(CellReader.NONE)) {
                lines.add(new String[] {code, meaning});
              }
            });
    String nothing = vocabulary.meanings().get(CellReader.NONE);
    lines.add(new String[] {CellReader.NONE, nothing == null ? "nothing (results)" : nothing});
    int row = FIRST_ROW;
    int widest = label.length();
    for (String[] line : lines) {
      put(sheet, row, column, line[0]).setCellStyle(styles.paragraph());
      put(sheet, row, column + 1, line[1]).setCellStyle(styles.paragraph());
      RowHeight.grow(sheet.getRow(row), RowHeight.lines(line[1], MEANING_WIDTH - 2));
      widest = Math.max(widest, line[0].length());
      row++;
    }
    sheet.setColumnWidth(column, Math.min(widest + 4, 36) * 256);
    sheet.setColumnWidth(column + 1, MEANING_WIDTH * 256);
    sheet.setColumnWidth(column + 2, 3 * 256);
    name(sheet, name + "_or_any", column, FIRST_ROW, nothing == null ? row - 2 : row - 1);
    name(sheet, name + "_or_none", column, FIRST_ROW + 2, row - 1);
  }

  private static void name(XSSFSheet sheet, String name, int column, int first, int last) {
    XSSFName range = sheet.getWorkbook().createName();
    range.setNameName(name);
    range.setRefersToFormula(
        new CellReference(sheet.getSheetName(), first, column, true, true).formatAsString()
            + ":"
            + new CellReference(last, column, true, true).formatAsString());
  }

  private static XSSFCell put(XSSFSheet sheet, int row, int column, String text) {
    XSSFRow target = sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row);
    var cell = target.createCell(column);
    cell.setCellValue(text);
    return cell;
  }

  private String freeName(Vocabulary vocabulary) {
    String base =
        "list_" + vocabulary.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    Set<String> taken = new HashSet<>(names.values());
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}

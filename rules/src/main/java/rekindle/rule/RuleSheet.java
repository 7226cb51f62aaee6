package rekindle.rule;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * Writes rules of one table as a Drools decision table. The older binary format on purpose: it
 * stores text as it is, while readers of the newer one undo character escapes such as {@code
 * _x0022_} in it.
 */
final class RuleSheet {
  /** Rules for each sheet; the format ends at 65,536 rows. */
  static final int MAX_RULES = 50_000;

  static final String PACKAGE = "rekindle.compiled";

  /**
   * A constraint that always holds, for rules without any: Drools needs one cell that is filled.
   */
  private static final String ALWAYS = "this != null";

  private static final String NAME = "Rule";

  private RuleSheet() {}

  /** Name of a rule, from which {@link #number} reads its number. */
  static String name(Rule rule) {
    return NAME + rule.number();
  }

  /** The number of the rule of that name. */
  static int number(String name) {
    return Integer.parseInt(name, NAME.length(), name.length(), 10);
  }

  /** The bytes of a workbook with one sheet for rules that compare the same input class. */
  static byte[] bytes(List<Rule> rules, Class<?> input) {
    int conditions = 1;
    for (Rule rule : rules) {
      conditions = Math.max(conditions, rule.constraints().size());
    }
    try (var workbook = new HSSFWorkbook();
        var out = new ByteArrayOutputStream()) {
      Sheet sheet = workbook.createSheet("Rules");
      head(sheet, input, conditions);
      for (Rule rule : rules) {
        Row row = sheet.createRow(sheet.getLastRowNum() + 1);
        set(row, 0, name(rule), rule);
        List<String> constraints =
            rule.constraints().isEmpty() ? List.of(ALWAYS) : rule.constraints();
        for (int i = 0; i < constraints.size(); i++) {
          set(row, 1 + i, constraints.get(i), rule);
        }
        set(row, 1 + conditions, Integer.toString(rule.number()), rule);
      }
      workbook.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void head(Sheet sheet, Class<?> input, int conditions) {
    line(sheet, 0, "RuleSet", PACKAGE);
    line(sheet, 1, "EscapeQuotes", "false");
    line(sheet, 2, "RuleTable Rules");
    Row kinds = line(sheet, 3, "NAME");
    Row patterns = line(sheet, 4);
    Row templates = line(sheet, 5);
    Row labels = line(sheet, 6, "Rule");
    for (int i = 1; i <= conditions; i++) {
      kinds.createCell(i).setCellValue("CONDITION");
      patterns.createCell(i).setCellValue("$i : " + input.getCanonicalName());
      templates.createCell(i).setCellValue("$param");
      labels.createCell(i).setCellValue("Condition " + i);
    }
    if (conditions > 1) {
      sheet.addMergedRegion(new CellRangeAddress(4, 4, 1, conditions));
    }
    kinds.createCell(conditions + 1).setCellValue("ACTION");
    // The same text for all rules: Drools makes one class of it, where a number makes one a rule.
    templates.createCell(conditions + 1).setCellValue("$i.hit(drools.getRule().getName());");
    labels.createCell(conditions + 1).setCellValue("Hit");
  }

  private static Row line(Sheet sheet, int number, String... values) {
    Row row = sheet.createRow(number);
    for (int i = 0; i < values.length; i++) {
      row.createCell(i).setCellValue(values[i]);
    }
    return row;
  }

  private static void set(Row row, int column, String text, Rule rule) {
    if (text.length() > SpreadsheetVersion.EXCEL97.getMaxTextLength()
        || column > SpreadsheetVersion.EXCEL97.getLastColumnIndex()) {
      throw new IllegalArgumentException(
          rule.reference() + " (" + rule.row().id() + ") compares too many values");
    }
    row.createCell(column).setCellValue(text);
  }
}

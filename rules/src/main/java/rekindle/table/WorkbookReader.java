package rekindle.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import rekindle.table.Finding.Severity;

/**
 * Reads an uploaded workbook into typed tables. Whatever the bytes are, the answer is tables and
 * findings, never an exception, within bounded memory. Thread-safe.
 */
public final class WorkbookReader {
  /** Sheets that every workbook has and that hold no table. */
  static final String READ_ME = "Read me";

  static final String LISTS = "Lists";

  private static final String EXTENSION = ".xlsx";

  private WorkbookReader() {}

  /**
   * Reads a workbook.
   *
   * @param workbook its file name, with or without {@code .xlsx}
   * @param file its bytes
   * @param definitions the tables that it should hold; those of other workbooks are left aside
   */
  public static ReadWorkbook read(String workbook, byte[] file, List<TableDefinition> definitions) {
    String name =
        workbook.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
            ? workbook.substring(0, workbook.length() - EXTENSION.length())
            : workbook;
    var findings = new Findings(name);
    var tables = new ArrayList<TypedTable>();
    List<TableDefinition> wanted =
        definitions.stream().filter(d -> d.workbook().equals(name)).toList();
    try {
      readSheets(file, wanted, findings, tables);
    } catch (Refusal refusal) {
      findings.file(refusal.code(), refusal.text());
      tables.clear();
    }
    return new ReadWorkbook(tables, findings.sorted());
  }

  /**
   * Reads a table from texts as a person would type them into its sheet: the rows below the header,
   * which stands in row 10.
   *
   * @param lines the labels, then one list of cells a row
   */
  public static ReadWorkbook readTexts(TableDefinition definition, List<List<String>> lines) {
    var findings = new Findings(definition.workbook());
    var sheet = new RawSheet(definition.sheet());
    for (int i = 0; i < lines.size(); i++) {
      List<String> line = lines.get(i);
      for (int column = 0; column < line.size(); column++) {
        if (!line.get(column).isEmpty()) {
          sheet.put(SheetHeader.ROW + i, column, new RawCell.Text(line.get(column)));
        }
      }
    }
    CodeRows.put(definition, sheet);
    List<TypedTable> tables =
        new SheetReader(definition, sheet, findings).read().map(List::of).orElse(List.of());
    return new ReadWorkbook(tables, findings.sorted());
  }

  private static void readSheets(
      byte[] file, List<TableDefinition> definitions, Findings findings, List<TypedTable> tables)
      throws Refusal {
    Map<String, TableDefinition> bySheet =
        definitions.stream().collect(Collectors.toMap(d -> key(d.sheet()), Function.identity()));
    Map<String, RawSheet> sheets = new LinkedHashMap<>();
    for (RawSheet sheet : XlsxFile.read(file, name -> bySheet.containsKey(key(name)), findings)) {
      if (sheets.putIfAbsent(key(sheet.name()), sheet) != null) {
        findings.sheet(
            Severity.ERROR,
            sheet.name(),
            FindingCodes.SHEET_DUPLICATED,
            "two sheets have this name; delete or rename one");
      }
    }
    List<String> missing = new ArrayList<>();
    for (TableDefinition definition : definitions) {
      if (!sheets.containsKey(key(definition.sheet()))) {
        missing.add(definition.sheet());
      }
    }
    for (RawSheet sheet : sheets.values()) {
      boolean expected =
          key(sheet.name()).equals(key(READ_ME)) || key(sheet.name()).equals(key(LISTS));
      if (!bySheet.containsKey(key(sheet.name())) && !expected) {
        findings.sheet(
            Severity.WARNING,
            sheet.name(),
            FindingCodes.SHEET_UNKNOWN,
            "the sheet is no table of this workbook and is ignored"
                + Words.didYouMean(Words.nearest(sheet.name(), missing)));
      }
    }
    for (TableDefinition definition : definitions) {
      RawSheet sheet = sheets.get(key(definition.sheet()));
      if (sheet == null) {
        findings.sheet(
            Severity.ERROR,
            definition.sheet(),
            FindingCodes.SHEET_MISSING,
            "the sheet is missing; \"tables new\" gives an empty one to copy from");
      } else {
        new SheetReader(definition, sheet, findings).read().ifPresent(tables::add);
      }
    }
  }

  /** A sheet's name as spreadsheet programs compare it. */
  private static String key(String sheet) {
    return Words.collapse(sheet).toLowerCase(Locale.ROOT);
  }
}

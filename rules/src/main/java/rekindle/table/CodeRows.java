package rekindle.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import rekindle.table.Column.Kind;
import rekindle.table.Finding.Severity;

/**
 * The hidden rows that make a sheet a stock Drools decision table: generated from the definition,
 * ignored on reading.
 */
final class CodeRows {
  /** Row number of the first of them. */
  static final int FIRST = 4;

  /** Row number of the last of them. */
  static final int LAST = 9;

  private static final int KINDS = 7;

  private CodeRows() {}

  /** Whether the table has code rows: tables that are looked up have none. */
  static boolean has(TableDefinition definition) {
    return definition.hitPolicy() != HitPolicy.LOOKUP && definition.input() != null;
  }

  /** Texts of rows 4 to 6, each a keyword and its value; blank where there is none. */
  static List<List<String>> head(TableDefinition definition) {
    Class<?> input = definition.input();
    if (input == null || !has(definition)) {
      return List.of();
    }
    return List.of(
        List.of("RuleSet", "rekindle.sheets." + definition.workbook().toLowerCase(Locale.ROOT)),
        List.of("Import", CellText.class.getName() + "," + input.getCanonicalName()),
        List.of("RuleTable " + definition.sheet(), ""));
  }

  /** Texts of rows 7 to 9 of one column; blank where there is none. */
  static List<String> of(TableDefinition definition, Column column) {
    Class<?> input = definition.input();
    Condition condition = column.condition();
    if (input == null || !has(definition)) {
      return List.of("", "", "");
    }
    // Drools wants a use for every column: of notes and texts it learns only that there is one.
    if (column.type() instanceof CellType.Text) {
      return List.of("METADATA", "", "has_" + column.key());
    }
    if (column.kind() == Kind.CONDITION && condition != null) {
      String constraint =
          String.format(
              Locale.ROOT,
              "CellText.accepts(%s, \"%s\", %dL, \"$param\")",
              condition.property(),
              condition.comparison(),
              condition.factor());
      return List.of("CONDITION", input.getSimpleName(), constraint);
    }
    if (column.kind() == Kind.RESULT) {
      return List.of(
          "ACTION", "", "insert(CellText.result(\"" + column.key() + "\", \"$param\"));");
    }
    return column.kind() == Kind.ID
        ? List.of("NAME", "", "")
        : List.of("METADATA", "", "has_" + column.key());
  }

  /** Puts them into a sheet that was typed without them. */
  static void put(TableDefinition definition, RawSheet sheet) {
    List<List<String>> head = head(definition);
    for (int i = 0; i < head.size(); i++) {
      put(sheet, FIRST + i, 0, head.get(i).get(0));
      put(sheet, FIRST + i, 1, head.get(i).get(1));
    }
    var labels = new HashMap<String, Integer>();
    sheet
        .row(SheetHeader.ROW)
        .forEach((i, c) -> labels.putIfAbsent(SheetHeader.label(c.shown()), i));
    for (Column column : definition.columns()) {
      Integer index = labels.get(SheetHeader.label(column.label()));
      List<String> texts = of(definition, column);
      for (int i = 0; index != null && i < texts.size(); i++) {
        put(sheet, KINDS + i, index, texts.get(i));
      }
    }
  }

  private static void put(RawSheet sheet, int row, int column, String text) {
    if (!text.isEmpty()) {
      sheet.put(row, column, new RawCell.Text(text));
    }
  }

  /** Warns if somebody changed them; columns may have moved with theirs. */
  static void check(
      TableDefinition definition, SheetHeader header, RawSheet sheet, Findings findings) {
    if (header.row() <= LAST) {
      warn(has(definition) || header.row() < FIRST, sheet, findings);
      return;
    }
    Set<String> expected = new HashSet<>();
    head(definition).forEach(expected::addAll);
    Set<String> found = new HashSet<>();
    for (int row = FIRST; row < KINDS; row++) {
      sheet.row(row).values().forEach(cell -> found.add(cell.shown()));
    }
    expected.remove("");
    boolean changed = !found.equals(expected);
    for (Column column : definition.columns()) {
      Integer index = header.columns().get(column.key());
      for (int i = 0; index != null && i <= LAST - KINDS; i++) {
        RawCell cell = sheet.row(KINDS + i).get(index);
        changed |= !(cell == null ? "" : cell.shown()).equals(of(definition, column).get(i));
      }
    }
    warn(changed, sheet, findings);
  }

  private static void warn(boolean changed, RawSheet sheet, Findings findings) {
    if (changed) {
      findings.sheet(
          Severity.WARNING,
          sheet.name(),
          FindingCodes.CODE_ROWS_CHANGED,
          "the hidden rows "
              + FIRST
              + " to "
              + LAST
              + " were changed; they decide nothing and are written afresh with every download");
    }
  }
}

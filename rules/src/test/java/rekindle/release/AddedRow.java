package rekindle.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import rekindle.engine.DecisionEngine;
import rekindle.policy.Release;
import rekindle.rule.PlainRules;
import rekindle.rule.RulePlan;
import rekindle.table.Column;
import rekindle.table.Finding;
import rekindle.table.HitPolicy;
import rekindle.table.ReadWorkbook;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;

/** The shipped policy with one more row on top of a table, typed as a person would. */
final class AddedRow {
  private static final Release SHIPPED = Objects.requireNonNull(ShippedPolicy.read().release());

  private AddedRow() {}

  /** An engine of the shipped policy with the row. */
  static DecisionEngine engine(TableDefinition definition, Map<String, String> cells) {
    TypedTable changed = onTop(SHIPPED.table(definition), cells);
    List<TypedTable> tables =
        SHIPPED.tables().stream()
            .map(table -> table.definition() == definition ? changed : table)
            .toList();
    return new DecisionEngine(
        new Release(SHIPPED.id(), tables, SHIPPED.zones(), SHIPPED.holidays(), SHIPPED.places()),
        new PlainRules(RulePlan.of(tables), PlainTogether.BY_SHEET));
  }

  static TypedTable onTop(TypedTable table, Map<String, String> cells) {
    ReadWorkbook read = read(table.definition(), cells);
    TypedRow added = read.table(table.definition().sheet()).orElseThrow().rows().get(0);
    var rows = new ArrayList<TypedRow>();
    rows.add(new TypedRow(1, added.id(), added.cells(), added.from(), added.to()));
    rows.addAll(table.rows());
    return new TypedTable(table.definition(), rows);
  }

  /** What is found in a table of that row. */
  static List<String> messages(TableDefinition definition, Map<String, String> cells) {
    return read(definition, cells).findings().stream().map(Finding::message).toList();
  }

  /**
   * @param cells by label; conditions that are not named say any
   */
  private static ReadWorkbook read(TableDefinition definition, Map<String, String> cells) {
    List<Column> columns = definition.columns();
    List<String> row = columns.stream().map(column -> cell(column, cells)).toList();
    List<String> last =
        columns.stream()
            .map(
                column ->
                    switch (column.kind()) {
                      case ID, CONDITION -> TypedRow.OTHERWISE;
                      case RESULT -> cell(column, cells);
                      default -> "";
                    })
            .toList();
    var lines = new ArrayList<>(List.of(columns.stream().map(Column::label).toList(), row));
    if (definition.hitPolicy() == HitPolicy.FIRST) {
      lines.add(last);
    }
    return WorkbookReader.readTexts(definition, lines);
  }

  private static String cell(Column column, Map<String, String> cells) {
    String otherwise =
        switch (column.kind()) {
          case ID -> "ADDED";
          case CONDITION -> "any";
          default -> "";
        };
    return cells.getOrDefault(column.label(), otherwise);
  }
}

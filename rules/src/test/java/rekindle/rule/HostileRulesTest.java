package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.DrlLiteral;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.testing.Evil;
import rekindle.testing.HostileTexts;

/** Hostile texts as typed values, past the reader that would stop most of them. */
class HostileRulesTest {
  private static final long SEED = 20_260_310;
  private static final int MANY = 10_240;
  private static final int IN_A_CELL = 16;
  private static final CellType TYPE = new CellType.Name();

  private static List<String> texts() {
    return HostileTexts.stream(SEED).filter(t -> t.length() <= 300).distinct().limit(MANY).toList();
  }

  private static List<List<String>> cells(List<String> texts) {
    var cells = new ArrayList<List<String>>();
    for (int i = 0; i < texts.size(); i += IN_A_CELL) {
      cells.add(texts.subList(i, Math.min(texts.size(), i + IN_A_CELL)));
    }
    return cells;
  }

  @Test
  void literals_ofHostileTexts_arriveAsTheyAre() {
    List<String> texts = texts();
    var table =
        TableDefinition.rules(
                "hostile",
                "Literals",
                "Literals",
                "Decides nothing.",
                HitPolicy.ALL,
                ListeningInput.class,
                Column.condition("text", "Text", TYPE, Condition.together("text")))
            .with(
                (row, channel) ->
                    List.of(
                        String.join(
                            " && ",
                            row.codes("text").stream()
                                .map(t -> "hears(" + DrlLiteral.string(t) + ")")
                                .toList())));
    var rows = new ArrayList<TypedRow>();
    for (List<String> cell : cells(texts)) {
      rows.add(row(rows.size(), Map.of("text", new Cell.Codes(cell, false, false))));
    }
    RulePlan plan = RulePlan.of(List.of(new TypedTable(table, rows)));
    var input = new ListeningInput();
    try (CompiledRules rules = DroolsCompiler.compile(plan, "literals", 1);
        RuleMatcher matcher = rules.matcher()) {
      matcher.match(input);
    }
    assertThat(Evil.runs()).isZero();
    assertThat(input.hits()).as("each row once").hasSize(plan.rules().size());
    assertThat(input.heard()).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void cells_ofHostileTexts_meanWhatTheyMeanInPlainJava() {
    List<String> texts = texts();
    RulePlan plan = RulePlan.of(List.of(table("Keyed", true, texts), table("Plain", false, texts)));
    CompiledRules plain = new PlainRules(plan, Map.of());
    try (CompiledRules rules = DroolsCompiler.compile(plan, "hostile", 1);
        RuleMatcher matcher = rules.matcher()) {
      for (String text : texts) {
        SampleInput input = input(text);
        SampleInput expected = input.copy();
        matcher.match(input);
        plain.matcher().match(expected);
        assertThat(input.hits()).as("seed %d, text %s", SEED, text).isEqualTo(expected.hits());
        assertThat(input.hits()).as("seed %d, text %s", SEED, text).isNotEmpty();
      }
    }
    assertThat(Evil.runs()).isZero();
  }

  private static SampleInput input(String text) {
    return new SampleInput(
        text,
        text,
        text,
        Set.of(text),
        0,
        0,
        Channel.ALL.stream().map(c -> new SampleInput.View(text, 0)).toList());
  }

  /** Every text once in a list, sometimes excluded; some also alone, as key where there is one. */
  private static TypedTable table(String sheet, boolean keyed, List<String> texts) {
    var columns = new ArrayList<Column>();
    if (keyed) {
      columns.add(Column.condition("where", "Where", TYPE, Condition.key("key")));
    }
    columns.add(Column.condition("channel", "Channel", TYPE, Condition.channelKey()));
    columns.add(Column.condition("code", "Code", TYPE, Condition.in("code")));
    columns.add(Column.condition("tags", "Tags", TYPE, Condition.of("tags", Comparison.HOLDS)));
    columns.add(Column.condition("state", "State", TYPE, Condition.in("state").ofChannel()));
    var definition =
        TableDefinition.rules(
            "hostile",
            sheet,
            sheet,
            "Decides nothing.",
            HitPolicy.ALL,
            SampleInput.class,
            columns.toArray(Column[]::new));
    var rows = new ArrayList<TypedRow>();
    List<List<String>> cells = cells(texts);
    for (int i = 0; i < cells.size(); i++) {
      Map<String, Cell> row = new HashMap<>();
      columns.forEach(c -> row.put(c.key(), new Cell.Any()));
      row.put("channel", new Cell.Codes(List.of("paid_media"), false, false));
      List<String> cell = keyed ? cells.get(i).subList(0, 1) : cells.get(i);
      String column = keyed ? "where" : List.of("code", "tags", "state").get(i % 3);
      row.put(column, new Cell.Codes(cell, i % 7 == 0, i % 5 == 0));
      rows.add(row(i, row));
    }
    return new TypedTable(definition, rows);
  }

  private static TypedRow row(int i, Map<String, Cell> cells) {
    return new TypedRow(11 + i, "\"; rekindle.testing.Evil.run(); //" + i, cells, null, null);
  }
}

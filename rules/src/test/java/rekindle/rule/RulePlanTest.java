package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.facts.Channel;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

class RulePlanTest {
  private static final CellType TYPE = new CellType.Name();
  private static final Cell ANY = new Cell.Any();
  private static final Cell UNKNOWN = new Cell.Unknown();
  private static final Column WHERE =
      Column.condition("where", "Where", TYPE, Condition.key("key"));
  private static final Column CHANNEL =
      Column.condition("channel", "Channel", TYPE, Condition.channelKey());
  private static final Column CODE = Column.condition("code", "Code", TYPE, Condition.in("code"));
  private static final Column STATE =
      Column.condition("state", "State", TYPE, Condition.in("state").ofChannel());

  private static Cell codes(String... values) {
    return new Cell.Codes(List.of(values), false, false);
  }

  private static Cell not(String... values) {
    return new Cell.Codes(List.of(values), true, false);
  }

  private static RulePlan plan(Map<Column, Cell> row) {
    var columns = new ArrayList<>(row.keySet());
    columns.sort(java.util.Comparator.comparing(c -> List.of(CODE, STATE, WHERE).indexOf(c)));
    Map<String, Cell> cells = new HashMap<>();
    row.forEach((column, cell) -> cells.put(column.key(), cell));
    return RulePlan.of(
        List.of(
            new TypedTable(
                definition(HitPolicy.ALL, columns.toArray(Column[]::new)),
                List.of(new TypedRow(14, "R-1", cells, null, null)))));
  }

  private static TableDefinition definition(HitPolicy policy, Column... columns) {
    return TableDefinition.rules(
        "book", "Sheet", "Title", "Decides nothing.", policy, SampleInput.class, columns);
  }

  private static List<String> constraints(Column column, Cell cell) {
    RulePlan plan = plan(Map.of(column, cell));
    assertThat(plan.rules()).hasSize(1);
    return plan.rule(0).constraints();
  }

  @Test
  void key_severalValues_oneRuleEachComparedFirst() {
    RulePlan plan = plan(Map.of(CODE, codes("lead"), WHERE, codes("US", "US-TX")));

    assertThat(plan.rules()).extracting(Rule::key).containsExactly("US", "US-TX");
    assertThat(plan.rules()).extracting(Rule::number).containsExactly(0, 1);
    assertThat(plan.rule(1).constraints()).containsExactly("key == \"US-TX\"", "code == \"lead\"");
    assertThat(plan.rule(1).reference()).isEqualTo("book/Sheet!14");
  }

  @Test
  void key_anyAndUnknown_areKeysOfTheirOwn() {
    assertThat(constraints(WHERE, ANY)).containsExactly("key == \"any\"");
    assertThat(constraints(WHERE, UNKNOWN)).containsExactly("key == \"unknown\"");
    assertThat(plan(Map.of(WHERE, new Cell.Codes(List.of("US"), false, true))).rules())
        .extracting(Rule::key)
        .containsExactly("US", "unknown");
  }

  @Test
  void key_excluded_isNotExpanded() {
    assertThat(constraints(WHERE, not("US", "CA")))
        .containsExactly("key != \"any\" && key != \"unknown\" && key != \"US\" && key != \"CA\"");
    assertThat(plan(Map.of(WHERE, not("US"))).rule(0).key()).isNull();
  }

  @Test
  void channel_anyOrExcluded_oneRuleForEachThatIsMeant() {
    assertThat(plan(Map.of(CHANNEL, ANY)).rules())
        .extracting(Rule::channel)
        .containsExactlyElementsOf(Channel.ALL);
    assertThat(plan(Map.of(CHANNEL, not("phone", "sms"))).rules())
        .extracting(Rule::channel)
        .containsExactly(Channel.EMAIL, Channel.LINKEDIN, Channel.PAID_MEDIA, Channel.WHATSAPP);
  }

  @Test
  void channel_viewProperty_isReadOnTheChannelsView() {
    RulePlan plan = plan(Map.of(CHANNEL, codes("paid_media", "sms"), STATE, codes("valid")));

    assertThat(plan.rule(0).constraints()).containsExactly("paidMedia.state == \"valid\"");
    assertThat(plan.rule(1).constraints()).containsExactly("sms.state == \"valid\"");
  }

  @Test
  void channel_thatIsNone_isRefusedWithItsRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Map.of(CHANNEL, codes("fax"))))
        .withMessageContaining("book/Sheet!14 (R-1)");
  }

  @Test
  void codes_everyForm_comparesAsTheCellDoes() {
    assertThat(constraints(CODE, ANY)).isEmpty();
    assertThat(constraints(CODE, UNKNOWN)).containsExactly("code == null");
    assertThat(constraints(CODE, codes("a", "b")))
        .containsExactly("code == \"a\" || code == \"b\"");
    assertThat(constraints(CODE, not("a"))).containsExactly("code != null && code != \"a\"");
    assertThat(constraints(CODE, new Cell.Codes(List.of("a"), false, true)))
        .containsExactly("code == null || code == \"a\"");
    assertThat(constraints(CODE, new Cell.Codes(List.of("a"), true, true)))
        .containsExactly("code != \"a\"");
  }

  @Test
  void codes_none_isNoCondition() {
    assertThatIllegalArgumentException().isThrownBy(() -> constraints(CODE, codes()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> constraints(CODE, new Cell.Number(BigDecimal.ONE)));
  }

  @Test
  void property_thatIsNoName_isRefused() {
    Column column = Column.condition("x", "X", TYPE, Condition.in("code) eval(true"));

    assertThatIllegalArgumentException().isThrownBy(() -> constraints(column, codes("a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MORE_THAN; 1.5; n > 15000L",
        "MORE_THAN; 1.00005; n > 10000L",
        "AT_LEAST; 1.5; n > 14999L",
        "AT_LEAST; 1.00005; n > 10000L",
        "UP_TO; 1.00005; n > -9223372036854775808L && n < 10001L",
        "WITHIN; 1; n > -9223372036854775808L && n < 10000L",
        "WITHIN; 1.00005; n > -9223372036854775808L && n < 10001L",
        "OLDER_THAN; 1; n < -9223372036854775807L || n > 10000L",
        "NOT_WITHIN; 1; n < -9223372036854775807L || n > 9999L",
        "EQUALS; 1; n == 10000L",
        "EQUALS; 1.00005; n > 9223372036854775807L",
        "EQUALS; 900719925474.0992; n > 9007199254740991L && n < 9007199254740993L",
        "MORE_THAN; 99999999999999999999; n > 9223372036854775807L",
        "MORE_THAN; -99999999999999999999; n > -9223372036854775808L",
        "AT_LEAST; 99999999999999999999; n > 9223372036854775807L",
        "UP_TO; 99999999999999999999; n > -9223372036854775808L && n > -9223372036854775808L"
      })
  void number_timesFactor_comparesExactly(Comparison comparison, BigDecimal cell, String expected) {
    Column column =
        Column.condition(
            "n", "N", TYPE, new Condition("n", comparison, 10_000, Condition.Scope.INPUT));

    assertThat(constraints(column, new Cell.Number(cell))).containsExactly(expected);
  }

  @Test
  void otherwiseRowsAndLookupTables_makeNoRule() {
    Map<String, Cell> cells = Map.of("code", codes("a"));
    var otherwise =
        new TypedRow(12, TypedRow.OTHERWISE, Map.of("code", new Cell.Otherwise()), null, null);
    var row = new TypedRow(11, "R-1", cells, null, null);
    var first = new TypedTable(definition(HitPolicy.FIRST, CODE), List.of(row, otherwise));
    var lookup =
        new TypedTable(
            TableDefinition.lookup("book", "Names", "Title", "Names.", CODE), List.of(row));

    assertThat(RulePlan.of(List.of(lookup, first)).rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.row()).isSameAs(row));
  }

  @Test
  void together_constraintsOfTheRow_followTheOthers() {
    var definition =
        definition(
                HitPolicy.ALL,
                CHANNEL,
                CODE,
                Column.condition("age", "Age", TYPE, Condition.together("age")))
            .with((row, channel) -> List.of("counted(\"" + channel + "\")"));
    var row =
        new TypedRow(
            11, "R", Map.of("channel", codes("sms"), "code", codes("a"), "age", ANY), null, null);

    assertThat(RulePlan.of(List.of(new TypedTable(definition, List.of(row)))).rules())
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.constraints())
                    .containsExactly("code == \"a\"", "counted(\"sms\")"));
  }
}

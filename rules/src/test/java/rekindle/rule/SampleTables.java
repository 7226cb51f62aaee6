package rekindle.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

/** Random tables with a column of every kind, and random inputs that often meet them. */
final class SampleTables {
  static final List<String> KEYS = List.of("US", "US-TX", "US-FL", "CA", "DE", "EU");
  static final List<String> CODES = List.of("lead", "customer", "former_customer", "none_xy");
  static final List<String> TAGS = List.of("price", "timing", "complexity", "feature_gap");
  private static final CellType TYPE = new CellType.Name();
  private static final List<Comparison> NUMBERS =
      List.of(
          Comparison.MORE_THAN,
          Comparison.UP_TO,
          Comparison.AT_LEAST,
          Comparison.WITHIN,
          Comparison.NOT_WITHIN,
          Comparison.OLDER_THAN,
          Comparison.EQUALS);

  private final Random random;

  SampleTables(long seed) {
    random = new Random(seed);
  }

  /** A definition with key, channel, code, tags and numbers, compared in every way. */
  static TableDefinition definition(String sheet, boolean keyed) {
    var columns = new ArrayList<Column>();
    if (keyed) {
      columns.add(Column.condition("where", "Where", TYPE, Condition.key("key")));
    }
    columns.add(Column.condition("channel", "Channel", TYPE, Condition.channelKey()));
    columns.add(Column.condition("code", "Code", TYPE, Condition.in("code")));
    columns.add(Column.condition("tags", "Tags", TYPE, Condition.of("tags", Comparison.HOLDS)));
    columns.add(Column.condition("state", "State", TYPE, Condition.in("state").ofChannel()));
    for (Comparison comparison : NUMBERS) {
      columns.add(
          Column.condition("age" + comparison, "Age", TYPE, Condition.days("ageMs", comparison)));
      columns.add(
          Column.condition(
              "money" + comparison,
              "Money",
              TYPE,
              new Condition("money", comparison, 10_000, Condition.Scope.INPUT)));
      columns.add(
          Column.condition(
              "count" + comparison, "Count", TYPE, Condition.of("count", comparison).ofChannel()));
    }
    return TableDefinition.rules(
        "sample",
        sheet,
        "Sample",
        "Decides nothing.",
        HitPolicy.ALL,
        SampleInput.class,
        columns.toArray(Column[]::new));
  }

  TypedTable table(String sheet, boolean keyed, int rows) {
    TableDefinition definition = definition(sheet, keyed);
    var typed = new ArrayList<TypedRow>();
    for (int i = 0; i < rows; i++) {
      Map<String, Cell> cells = new HashMap<>();
      for (Column column : definition.conditions()) {
        cells.put(column.key(), cell(column));
      }
      typed.add(new TypedRow(11 + i, "S-" + i, cells, null, null));
    }
    return new TypedTable(definition, typed);
  }

  private Cell cell(Column column) {
    String name = column.key();
    return switch (name) {
      case "where" -> codes(KEYS, true, 6);
      case "channel" -> codes(Channel.ALL.stream().map(Channel::code).toList(), false, 5);
      case "code", "state" -> random.nextInt(3) == 0 ? new Cell.Any() : codes(CODES, true, 6);
      case "tags" -> random.nextInt(3) == 0 ? new Cell.Any() : codes(TAGS, true, 6);
      default -> number(name);
    };
  }

  private Cell number(String name) {
    if (random.nextInt(12) != 0) {
      return new Cell.Any();
    }
    if (random.nextInt(8) == 0) {
      return new Cell.Unknown();
    }
    return new Cell.Number(
        switch (random.nextInt(6)) {
          case 0 -> new BigDecimal("0.5");
          case 1 -> new BigDecimal("1.00005");
          case 2 -> new BigDecimal("99999999999999999999");
          case 3 -> new BigDecimal("-99999999999999999999");
          default -> BigDecimal.valueOf(random.nextInt(5) - 1);
        });
  }

  private Cell codes(List<String> from, boolean unknown, int kinds) {
    var values = new ArrayList<String>();
    for (String code : from) {
      if (random.nextInt(from.size()) == 0) {
        values.add(code);
      }
    }
    if (values.isEmpty()) {
      values.add(from.get(random.nextInt(from.size())));
    }
    return switch (random.nextInt(kinds)) {
      case 0 -> new Cell.Any();
      case 1 -> new Cell.Codes(values, true, false);
      case 2 ->
          unknown ? new Cell.Codes(values, false, true) : new Cell.Codes(values, false, false);
      case 3 -> unknown ? new Cell.Codes(values, true, true) : new Cell.Any();
      case 5 -> new Cell.Unknown();
      default -> new Cell.Codes(values, false, false);
    };
  }

  SampleInput input() {
    var keys = new ArrayList<>(KEYS);
    keys.add(RulePlan.ANY_KEY);
    keys.add(RulePlan.UNKNOWN_KEY);
    keys.add("FR");
    Set<String> tags = new HashSet<>();
    for (String tag : TAGS) {
      if (random.nextInt(4) == 0) {
        tags.add(tag);
      }
    }
    return new SampleInput(
        keys.get(random.nextInt(keys.size())),
        code(),
        code(),
        tags,
        number(Condition.DAY_MS),
        number(10_000),
        Channel.ALL.stream().map(c -> new SampleInput.View(code(), number(1))).toList());
  }

  private @Nullable String code() {
    int i = random.nextInt(CODES.size() + 1);
    return i == CODES.size() ? null : CODES.get(i);
  }

  private long number(long factor) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MIN_VALUE + 1;
      case 2 -> Long.MAX_VALUE;
      case 3 -> factor / 2;
      case 4 -> (random.nextInt(5) - 1) * factor + 1;
      default -> (random.nextInt(5) - 1) * factor;
    };
  }
}

package rekindle.check;

import static rekindle.table.Column.condition;
import static rekindle.table.Column.result;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import rekindle.code.Jurisdictions;
import rekindle.code.Vocabulary;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** First-hit tables of twelve conditions and as many rows as asked for, drawn from a seed. */
final class LargeTables {
  private static final Vocabulary CHANNEL =
      Vocabulary.of("channel", "email", "1", "sms", "2", "phone", "3", "whatsapp", "4");
  private static final Vocabulary KIND =
      Vocabulary.of("kind", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6");
  private static final Vocabulary TAG = Vocabulary.open("tag", "t0", "1");
  private static final Vocabulary ANSWER = Vocabulary.of("answer", "allow", "1", "deny", "2");
  private static final CellType DAYS = new CellType.WholeNumber(0, 1_000);

  static final TableDefinition DEFINITION =
      TableDefinition.rules(
          "large",
          "Large",
          "Large",
          "Decides nothing.",
          HitPolicy.FIRST,
          SmallTables.Input.class,
          condition("where", "Where", new CellType.Jurisdictions(true), Condition.in("where")),
          condition("channel", "Channel", codes(CHANNEL), Condition.channelKey()),
          condition("kind", "Kind", codes(KIND), Condition.in("kind")),
          condition("source", "Source", codes(KIND), Condition.in("source")),
          condition("tags", "Tags", codes(TAG), Condition.of("tags", Comparison.HOLDS)),
          condition("asked", "Asked", new CellType.YesNo(), Condition.in("asked")),
          condition("aMore", "A: more than", DAYS, Condition.days("a", Comparison.MORE_THAN)),
          condition("aUpTo", "A: up to", DAYS, Condition.days("a", Comparison.UP_TO)),
          condition("bMore", "B: more than", DAYS, Condition.days("b", Comparison.MORE_THAN)),
          condition("bUpTo", "B: up to", DAYS, Condition.days("b", Comparison.UP_TO)),
          condition("cMore", "C: more than", DAYS, Condition.days("c", Comparison.MORE_THAN)),
          condition("cUpTo", "C: up to", DAYS, Condition.days("c", Comparison.UP_TO)),
          result("answer", "Answer", codes(ANSWER)));

  private static final List<String> PLACES = Jurisdictions.all().stream().limit(60).toList();
  private static final List<String> TAGS = IntStream.range(0, 20).mapToObj(i -> "t" + i).toList();

  private final SplittableRandom random;

  private LargeTables(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * A table.
   *
   * @param shape {@code policy}: nearly every row names place and channel and leaves most else
   *     open; {@code open}: rows leave most of everything open; {@code dense}: rows leave little
   *     open
   */
  static TypedTable of(String shape, int rows, long seed) {
    return new LargeTables(seed).table(shape, rows);
  }

  private TypedTable table(String shape, int count) {
    var rows = new ArrayList<TypedRow>();
    for (int i = 0; i < count; i++) {
      Map<String, Cell> cells = new HashMap<>();
      for (Column column : DEFINITION.conditions()) {
        boolean key = column.key().equals("where") || column.key().equals("channel");
        int anyOf10 =
            switch (shape) {
              case "policy" -> key ? 1 : 8;
              case "open" -> 7;
              case "dense" -> 2;
              default -> throw new IllegalArgumentException("there is no shape " + shape);
            };
        boolean any = random.nextInt(10) < anyOf10;
        cells.put(column.key(), any ? new Cell.Any() : cell(column));
      }
      order(cells, "a");
      order(cells, "b");
      order(cells, "c");
      cells.put("answer", code(random.nextBoolean() ? "allow" : "deny"));
      rows.add(new TypedRow(11 + i, "R-" + i, cells, null, null));
    }
    Map<String, Cell> otherwise = new HashMap<>();
    DEFINITION.conditions().forEach(c -> otherwise.put(c.key(), new Cell.Otherwise()));
    otherwise.put("answer", code("deny"));
    rows.add(new TypedRow(11 + count, TypedRow.OTHERWISE, otherwise, null, null));
    return new TypedTable(DEFINITION, rows);
  }

  private Cell cell(Column column) {
    return switch (column.key()) {
      case "where" -> some(PLACES, 2);
      case "channel" -> some(List.copyOf(CHANNEL.codes()), 2);
      case "kind", "source" -> some(List.copyOf(KIND.codes()), 3);
      case "tags" -> some(TAGS, 3);
      case "asked" -> some(List.of("yes", "no"), 1);
      default -> new Cell.Number(BigDecimal.valueOf(random.nextInt(1_001)));
    };
  }

  private Cell some(List<String> codes, int max) {
    var some = new ArrayList<String>();
    int count = 1 + random.nextInt(max);
    while (some.size() < count) {
      String code = codes.get(random.nextInt(codes.size()));
      if (!some.contains(code)) {
        some.add(code);
      }
    }
    return new Cell.Codes(some, false, false);
  }

  /** A range from a smaller to a larger number. */
  private static void order(Map<String, Cell> cells, String range) {
    Cell more = cells.get(range + "More");
    Cell upTo = cells.get(range + "UpTo");
    if (more instanceof Cell.Number one
        && upTo instanceof Cell.Number other
        && one.value().compareTo(other.value()) > 0) {
      cells.put(range + "More", other);
      cells.put(range + "UpTo", one);
    }
  }

  private static Cell code(String code) {
    return new Cell.Codes(List.of(code), false, false);
  }

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }
}

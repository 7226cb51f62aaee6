package rekindle.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * Made-up tables of the size of the shipped policy: one stage keyed by place with most of the rows,
 * one keyed by sequence, six without a key.
 */
public final class StageTables {
  private static final CellType TYPE = new CellType.Name();
  private static final List<String> PLACES =
      List.of("any", "US", "US-TX", "US-FL", "US-CA", "CA", "GB", "DE", "EU", "AU");
  private static final List<String> STATES = List.of("valid", "risky", "bounced", "role");
  private static final List<String> CODES = List.of("lead", "customer", "former_customer");
  private static final List<String> TAGS = List.of("price", "timing", "complexity");

  private final Random random = new Random(7);

  private StageTables() {}

  public static final class Noes extends SampleInput {
    Noes(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Segment extends SampleInput {
    Segment(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Dormancy extends SampleInput {
    Dormancy(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Place extends SampleInput {
    Place(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Person extends SampleInput {
    Person(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Step extends SampleInput {
    Step(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Fallback extends SampleInput {
    Fallback(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  public static final class Guard extends SampleInput {
    Guard(Values v) {
      super(v.key(), v.code(), v.program(), v.tags(), v.ageMs(), v.money(), v.views());
    }
  }

  /** Values of one made-up person. */
  public record Values(
      String key,
      @Nullable String code,
      @Nullable String program,
      Set<String> tags,
      long ageMs,
      long money,
      List<SampleInput.View> views) {
    Values at(String place) {
      return new Values(place, code, program, tags, ageMs, money, views);
    }
  }

  static List<TypedTable> tables() {
    var made = new StageTables();
    return List.of(
        made.table("Noes", Noes.class, 5, false, true),
        made.table("Dormancy", Dormancy.class, 10, false, false),
        made.table("Segment", Segment.class, 25, false, false),
        made.table("Consent", Place.class, 60, true, true),
        made.table("Hours", Place.class, 20, true, true),
        made.table("Caps", Place.class, 20, true, true),
        made.table("Person", Person.class, 8, false, true),
        made.table("Step", Step.class, 25, true, false),
        made.table("Fallback", Fallback.class, 8, false, false),
        made.table("Guard", Guard.class, 8, false, false));
  }

  static Values values(Random random) {
    var views = new ArrayList<SampleInput.View>();
    for (int i = 0; i < Channel.ALL.size(); i++) {
      views.add(new SampleInput.View(one(STATES, random), random.nextInt(5)));
    }
    return new Values(
        "any",
        one(CODES, random),
        one(CODES, random),
        Set.of(one(TAGS, random)),
        random.nextInt(400) * Condition.DAY_MS,
        random.nextInt(5) * 10_000L,
        views);
  }

  private static String one(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private TypedTable table(
      String sheet, Class<?> input, int rows, boolean keyed, boolean byChannel) {
    var columns = new ArrayList<Column>();
    if (keyed) {
      columns.add(Column.condition("where", "Where", TYPE, Condition.key("key")));
    }
    if (byChannel) {
      columns.add(Column.condition("channel", "Channel", TYPE, Condition.channelKey()));
      columns.add(Column.condition("state", "State", TYPE, Condition.in("state").ofChannel()));
    }
    columns.add(Column.condition("code", "Code", TYPE, Condition.in("code")));
    columns.add(Column.condition("tags", "Tags", TYPE, Condition.of("tags", Comparison.HOLDS)));
    columns.add(
        Column.condition("age", "Age", TYPE, Condition.days("ageMs", Comparison.MORE_THAN)));
    columns.add(
        Column.condition("upTo", "Age up to", TYPE, Condition.days("ageMs", Comparison.UP_TO)));
    var definition =
        TableDefinition.rules(
            "made-up",
            sheet,
            sheet,
            "Decides nothing.",
            HitPolicy.ALL,
            input,
            columns.toArray(Column[]::new));
    var typed = new ArrayList<TypedRow>();
    for (int i = 0; i < rows; i++) {
      Map<String, Cell> cells = new HashMap<>();
      for (Column column : columns) {
        cells.put(column.key(), cell(column.key()));
      }
      typed.add(new TypedRow(11 + i, sheet + "-" + i, cells, null, null));
    }
    return new TypedTable(definition, typed);
  }

  private Cell cell(String column) {
    return switch (column) {
      case "where" -> new Cell.Codes(List.of(one(PLACES, random)), false, false);
      case "channel" ->
          random.nextInt(4) == 0
              ? new Cell.Any()
              : new Cell.Codes(List.of(one(Channel.ALL.stream().map(Channel::code).toList(), random)), false, false);
      case "state" -> maybe(3, new Cell.Codes(List.of(one(STATES, random)), random.nextInt(4) == 0, false));
      case "code" -> maybe(2, new Cell.Codes(List.of(one(CODES, random)), false, false));
      case "tags" -> maybe(4, new Cell.Codes(List.of(one(TAGS, random)), false, false));
      default -> maybe(3, new Cell.Number(BigDecimal.valueOf(random.nextInt(400))));
    };
  }

  private Cell maybe(int oneIn, Cell cell) {
    return random.nextInt(oneIn) == 0 ? cell : new Cell.Any();
  }
}
